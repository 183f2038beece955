//! Introspection: for everybody, without a database, bounded, and answered from memory.
//!
//! It does not count against what a query may cost, so that explorers and code generators work. But
//! the schema goes round in circles (`types { fields { type { fields { … } } } }`), so its own cost
//! is bounded: each list counts as often as it may be long. The standard query of graphql-js fits
//! three times over.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::parser::types::{OperationDefinition, Selection, SelectionSet};

use super::refusal::{Excess, Refusal, Words};

/// The most that introspection may cost.
const MOST: u64 = 6_000_000;
/// Different questions whose answers are remembered.
const REMEMBERED: usize = 32;

/// How long a list of the schema is taken to be.
fn length(field: &str) -> u64 {
    match field {
        "types" => 600,
        "fields" | "inputFields" | "enumValues" => 12,
        "directives" | "possibleTypes" | "interfaces" | "args" => 4,
        _ => 1,
    }
}

/// Whether an operation with these root fields asks nothing but the schema.
pub(super) fn is_all(roots: &[&str]) -> bool {
    let is_meta = |root: &&str| root.starts_with("__");
    roots.iter().all(is_meta) && roots.iter().any(|root| *root != "__typename")
}

/// Refuses introspection that costs too much, wherever it stands.
pub(super) fn must_end(operation: &OperationDefinition) -> Result<(), Refusal> {
    let cost = cost(&operation.selection_set.node, None);
    if cost <= MOST {
        return Ok(());
    }
    Err(Refusal::too_complex(&Excess {
        unit: Words {
            nl: "velden van het schema",
            en: "fields of the schema",
        },
        found: cost,
        limit: MOST,
        hint: Words {
            nl: "Vraag het schema op met de gewone introspectie, of haal /schema.graphql op.",
            en: "Ask the schema with the standard introspection query, or fetch /schema.graphql.",
        },
    }))
}

/// What a selection costs; outside introspection nothing. The gate has bounded depth and width.
fn cost(set: &SelectionSet, times: Option<u64>) -> u64 {
    let mut sum = 0_u64;
    for selection in &set.items {
        let inner = match &selection.node {
            Selection::Field(field) => {
                let name = field.node.name.node.as_str();
                let within = match (times, name) {
                    (None, "__schema" | "__type") => Some(1),
                    (None, _) => None,
                    (Some(times), name) => Some(times.saturating_mul(length(name))),
                };
                let own = within.unwrap_or(0);
                own.saturating_add(cost(&field.node.selection_set.node, within))
            }
            Selection::InlineFragment(fragment) => cost(&fragment.node.selection_set.node, times),
            // A document that is ready has none.
            Selection::FragmentSpread(_) => 0,
        };
        sum = sum.saturating_add(inner);
        if sum > MOST {
            break;
        }
    }
    sum
}

/// Answers that were given, by the hash of what was asked. The schema does not change while the
/// program runs.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<HashMap<String, Arc<str>>>);

impl Memory {
    /// The answer to the same question.
    pub(super) fn find(&self, question: &str) -> Option<Arc<str>> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(question).cloned()
    }

    /// Remembers an answer, while there is room.
    pub(super) fn keep(&self, question: String, answer: &str) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() < REMEMBERED {
            answers.insert(question, answer.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use documents::Document;

    use super::*;
    use crate::schema;

    fn refusal(query: &str) -> Option<serde_json::Value> {
        let document = Document::prepare(&schema::contract(), query).unwrap();
        let operation = document.operation(None, &serde_json::Map::new()).unwrap();
        let refused = must_end(operation.definition());
        refused.err().map(|refusal| refusal.errors("r").remove(0))
    }

    #[test]
    fn circles_are_refused_and_the_standard_query_is_not() {
        let standard = "{ __schema { types { kind name fields { name args { name type { name \
        ofType { name } } } type { name } }
            inputFields { name } enumValues { name } interfaces { name } possibleTypes { name } } \
            directives { name args { name } } } }";
        assert_eq!(refusal(standard), None);
        let circle = "{ __schema { types { fields { type { fields { type { fields { type { fields \
        { name } } } } } } } } } }";
        let error = refusal(circle).unwrap();
        assert_eq!(error["extensions"]["code"], "TOO_COMPLEX");
        assert_eq!(error["extensions"]["limit"], MOST);
        let in_fragments = "{ __schema { types { ...T } } } fragment T on __Type { fields { type \
        { fields { type { ...U } } } } }
            fragment U on __Type { fields { type { fields { type { name } } } } }";
        assert!(refusal(in_fragments).is_some());
        let many: String = (0..200)
            .map(|n| format!("a{n}: types {{ fields {{ args {{ name description }} }} }} "))
            .collect();
        assert!(refusal(&format!("{{ __schema {{ {many} }} }}")).is_some());
        // Outside introspection nothing is counted here.
        assert_eq!(refusal("{ actions { nodes { key } } }"), None);
    }

    #[test]
    fn an_operation_that_reads_anything_is_no_introspection() {
        assert!(is_all(&["__schema", "__typename"]));
        assert!(!is_all(&["__typename"]));
        assert!(!is_all(&["__schema", "viewer"]));
    }
}

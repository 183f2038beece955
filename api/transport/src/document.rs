//! What must be known of a parsed document before it runs: its operation, its root fields, its
//! directives.

use async_graphql::{
    Positioned,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection,
        SelectionSet,
    },
};
use async_graphql_value::Value;

/// The operation that is asked for; none when the name fits none, or several stand there and none
/// is named.
pub(super) fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Multiple(_), None) => None,
    };
    found.map(|operation| &operation.node)
}

/// The names of an operation's root fields, fragments laid open; the gate has refused cycles.
pub(super) fn root_fields<'a>(
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
) -> Vec<&'a str> {
    let mut roots = Vec::new();
    let mut sets = vec![&operation.selection_set.node];
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => roots.push(field.node.name.node.as_str()),
                Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let fragment = document.fragments.get(&spread.node.fragment_name.node);
                    sets.extend(fragment.map(|fragment| &fragment.node.selection_set.node));
                }
            }
        }
    }
    roots
}

/// A directive that does not exist, or whose condition is no Boolean. The library overlooks them on
/// `__typename`, and answers nothing at all where a condition is a list.
pub(super) fn wrong_directive(document: &ExecutableDocument) -> Option<String> {
    let operations = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document
        .fragments
        .values()
        .map(|fragment| &fragment.node.selection_set.node);
    let mut sets: Vec<&SelectionSet> = operations.chain(fragments).collect();
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            let directives = match &selection.node {
                Selection::Field(field) => {
                    sets.push(&field.node.selection_set.node);
                    &field.node.directives
                }
                Selection::InlineFragment(fragment) => {
                    sets.push(&fragment.node.selection_set.node);
                    &fragment.node.directives
                }
                Selection::FragmentSpread(spread) => &spread.node.directives,
            };
            if let Some(wrong) = directives.iter().find(|directive| !is_right(directive)) {
                return Some(wrong.node.name.node.to_string());
            }
        }
    }
    None
}

fn is_right(directive: &Positioned<Directive>) -> bool {
    let condition = directive.node.get_argument("if").map(|value| &value.node);
    matches!(directive.node.name.node.as_str(), "skip" | "include")
        && directive.node.arguments.len() == 1
        && matches!(condition, Some(Value::Boolean(_) | Value::Variable(_)))
}

//! An operation made ready: what follows from a document, the name of an operation in it and the
//! values of its variables, whoever asks and whenever.
//!
//! The values become part of the operation, so it is made anew for other ones. What a query came to
//! with short variables is kept, because dashboards ask the same again and again: whoever asks it
//! next pays neither for reading the variables, nor for its price, nor for the plan of its answer.
//! Whether a caller may ask it is found out before, each time. Nothing of an answer is kept here.

use std::sync::Arc;

use async_graphql::{ServerError, parser::types::OperationType};
use documents::{Document, DocumentHash};
use serde_json::{Map, Value};
use tokio::sync::OnceCell;

use super::{
    introspection,
    refusal::Refusal,
    shape::{Plan, Types},
};
use crate::schema;
use domain::recent::{Capacity, Recent};
use graphql::{
    cost::Cost,
    moment::{self, DocumentMoment, Takes},
};

/// The longest variables of an operation that is kept, in bytes of JSON.
const LONGEST_VARIABLES: usize = 2 * 1024;
/// What a field of an operation and of its plan takes, in bytes, generously.
const BYTES_OF_A_FIELD: usize = 1024;
/// What a byte of a document comes to where it has become values of an operation, in bytes,
/// generously: a value of a list takes two bytes of a text, and some hundred in memory.
const BYTES_OF_A_LETTER: usize = 64;
/// Operations that are kept, and what they may take together, in bytes.
const CAPACITY: Capacity = Capacity {
    values: 1_000,
    weight: 16 * 1024 * 1024,
};

/// An operation that may be executed.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) kind: OperationType,
    pub(super) ready: Arc<documents::Operation>,
    pub(super) moment: DocumentMoment,
    /// Whether it asks nothing but the schema.
    pub(super) is_introspection: bool,
    /// What is expected of its answer.
    pub(super) plan: Plan,
    price: OnceCell<Result<Cost, Vec<ServerError>>>,
}

impl Prepared {
    /// Looks at an operation as far as that goes without the database.
    fn of(ready: documents::Operation, types: &Types) -> Result<Self, Refusal> {
        let operation = ready.definition();
        let kind = operation.ty;
        let roots = ready.root_fields();
        if kind == OperationType::Mutation && roots.len() != 1 {
            return Err(Refusal::of_document(
                "Een document heeft één wijziging: zij slaagt of mislukt als geheel.",
                "A document has one mutation field: it succeeds or fails as a whole.",
            ));
        }
        let is_introspection = introspection::is_all(&roots);
        introspection::must_end(operation)?;
        // What changes something, or follows what happens, is of now.
        let takes = |field: &str| match kind {
            OperationType::Query => types.takes(field),
            OperationType::Mutation | OperationType::Subscription => Takes::Nothing,
        };
        let moment = moment::of(operation, takes).map_err(async_graphql::Error::from)?;
        Ok(Self {
            kind,
            moment,
            is_introspection,
            plan: Plan::of(operation, types),
            ready: Arc::new(ready),
            price: OnceCell::new(),
        })
    }

    /// What it costs, or why it may not be executed.
    pub(super) async fn price(&self) -> Result<Cost, Vec<ServerError>> {
        let price = || schema::price(self.ready.to_document());
        self.price.get_or_init(price).await.clone()
    }
}

/// What an operation was made from.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Origin {
    document: DocumentHash,
    name: Option<String>,
    variables: String,
}

/// Operations that were asked lately.
#[derive(Debug)]
pub(super) struct PreparedOperations(Recent<Origin, Arc<Prepared>>);

impl Default for PreparedOperations {
    fn default() -> Self {
        Self(Recent::new(CAPACITY))
    }
}

impl PreparedOperations {
    /// An operation of a document with the values of its variables; as it was made ready before
    /// where it was.
    pub(super) fn prepare(
        &self,
        document: &Document,
        name: Option<&str>,
        variables: &Map<String, Value>,
        types: &Types,
    ) -> Result<Arc<Prepared>, Refusal> {
        let origin = origin(document, name, variables);
        if let Some(known) = origin.as_ref().and_then(|origin| self.0.find(origin)) {
            return Ok(known);
        }
        let prepared = Prepared::of(document.operation(name, variables)?, types)?;
        let prepared = Arc::new(prepared);
        if let (Some(origin), OperationType::Query) = (origin, prepared.kind) {
            let letters = document.bytes() + origin.variables.len();
            let bytes = letters * BYTES_OF_A_LETTER + prepared.plan.size() * BYTES_OF_A_FIELD;
            self.0.keep(origin, prepared.clone(), bytes);
        }
        Ok(prepared)
    }
}

/// What an operation is made from; none where its variables are too long for it to be kept.
fn origin(
    document: &Document,
    name: Option<&str>,
    variables: &Map<String, Value>,
) -> Option<Origin> {
    let variables = serde_json::to_string(variables).ok()?;
    (variables.len() <= LONGEST_VARIABLES).then(|| Origin {
        document: document.hash(),
        name: name.map(str::to_owned),
        variables,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SDL: &str = "type Query { day(of: Int): Int all: [Int!]! } type Mutation { end: Int }";
    const TEXT: &str = "query a($of: Int) { day(of: $of) } query b { all } mutation m { end }";

    /// Whether the operation is the same one when it is asked twice.
    fn is_kept(name: Option<&str>, variables: [Value; 2]) -> bool {
        let schema = documents::Schema::parse(SDL).unwrap().into();
        let (document, types) = (Document::prepare(&schema, TEXT).unwrap(), Types::of(SDL));
        let kept = PreparedOperations::default();
        let [first, second] = variables.map(|variables| {
            let variables = variables.as_object().unwrap().clone();
            let prepared = kept.prepare(&document, name, &variables, &types);
            prepared.unwrap()
        });
        assert_eq!(first.ready.name.as_deref(), name);
        Arc::ptr_eq(&first, &second)
    }

    #[test]
    fn an_operation_is_made_once_for_its_values() {
        assert!(is_kept(Some("a"), [json!({ "of": 1 }), json!({ "of": 1 })]));
        assert!(!is_kept(
            Some("a"),
            [json!({ "of": 1 }), json!({ "of": 2 })]
        ));
        assert!(!is_kept(Some("a"), [json!({}), json!({ "of": null })]));
        assert!(is_kept(Some("b"), [json!({}), json!({})]));
    }

    #[test]
    fn what_changes_something_and_what_is_long_is_not_kept() {
        assert!(!is_kept(Some("m"), [json!({}), json!({})]));
        let long = json!({ "of": 1, "more": "x".repeat(LONGEST_VARIABLES) });
        assert!(!is_kept(Some("a"), [long.clone(), long]));
    }

    #[test]
    fn operations_of_one_document_are_kept_apart() {
        let schema = documents::Schema::parse(SDL).unwrap().into();
        let (document, types) = (Document::prepare(&schema, TEXT).unwrap(), Types::of(SDL));
        let kept = PreparedOperations::default();
        let find = |name| kept.prepare(&document, Some(name), &Map::new(), &types);
        for name in ["a", "b", "m", "b", "a"] {
            assert_eq!(find(name).unwrap().ready.name.as_deref(), Some(name));
        }
        assert!(find("c").is_err());
    }
}

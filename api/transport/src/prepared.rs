//! An operation made ready: what follows from a document, the name of an operation in it and the
//! values of its variables, whoever asks and whenever.
//!
//! The values become part of the operation, so it is made anew for other ones. What a query came to
//! with short variables is kept, because dashboards ask the same again and again: whoever asks it
//! next pays neither for reading the variables, nor for its price, nor for the plan of its answer.
//! It is kept once its price is known and is not too high, so nobody fills the memory with what is
//! never executed; and by what it means alone: variables that it does not declare, and whether its
//! name was given where it is the only one, make no other operation. Whether a caller may ask it is
//! found out before, each time. Nothing of an answer is kept here.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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
    /// What it is kept by; none where it is not kept.
    origin: Option<Origin>,
    /// What it takes, in bytes.
    bytes: usize,
    /// Whether it was kept; whoever holds it while it goes keeps it no second time.
    was_kept: AtomicBool,
}

impl Prepared {
    /// Looks at an operation as far as that goes without the database.
    fn of(
        ready: documents::Operation,
        origin: Option<Origin>,
        document: &Document,
        types: &Types,
    ) -> Result<Self, Refusal> {
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
        let plan = Plan::of(operation, types);
        let origin = origin.filter(|_| kind == OperationType::Query);
        let variables = origin.as_ref().map_or(0, |origin| origin.variables.len());
        let letters = document.bytes() + variables;
        Ok(Self {
            kind,
            moment,
            is_introspection,
            bytes: letters * BYTES_OF_A_LETTER + plan.size() * BYTES_OF_A_FIELD,
            plan,
            ready: Arc::new(ready),
            price: OnceCell::new(),
            origin,
            was_kept: AtomicBool::new(false),
        })
    }

    /// What it costs, or why it may not be executed.
    async fn price(&self) -> Result<Cost, Vec<ServerError>> {
        let price = || schema::price(self.ready.to_document());
        self.price.get_or_init(price).await.clone()
    }
}

/// What an operation was made from: the name is the one that it has, and of the variables it
/// declares each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// An operation of a document with the values of the variables that it declares; as it was made
    /// ready before where it was kept.
    pub(super) fn prepare(
        &self,
        document: &Document,
        name: Option<&str>,
        variables: &Map<String, Value>,
        types: &Types,
    ) -> Result<Arc<Prepared>, Refusal> {
        let origin = origin(document, document.name_of(name)?, variables);
        if let Some(known) = origin.as_ref().and_then(|origin| self.0.find(origin)) {
            return Ok(known);
        }
        let ready = document.operation(name, variables)?;
        let prepared = Prepared::of(ready, origin, document, types)?;
        Ok(Arc::new(prepared))
    }

    /// What an operation costs, or why it may not be executed; keeps one that may.
    pub(super) async fn price(&self, operation: &Arc<Prepared>) -> Result<Cost, Vec<ServerError>> {
        let price = operation.price().await?;
        self.keep(operation);
        Ok(price)
    }

    /// Keeps an operation whose price is known to be no obstacle: it was looked at, or the operation
    /// was executed before.
    pub(super) fn keep(&self, operation: &Arc<Prepared>) {
        if let Some(origin) = &operation.origin
            && !operation.was_kept.swap(true, Ordering::Relaxed)
        {
            self.0
                .keep(origin.clone(), operation.clone(), operation.bytes);
        }
    }
}

/// What an operation of this name is made from; none where its variables are too long for it to be
/// kept.
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

    const SDL: &str = "type Query { day(of: Int): Int days(of: [Int!]!): Int all: [Int!]! }
        type Mutation { end: Int }";
    const TEXT: &str = "query a($of: Int) { day(of: $of) } query b { all } mutation m { end }";

    fn prepare(
        kept: &PreparedOperations,
        text: &str,
        name: Option<&str>,
        variables: Value,
    ) -> Result<Arc<Prepared>, Refusal> {
        let schema = documents::Schema::parse(SDL).unwrap().into();
        let document = Document::prepare(&schema, text).unwrap();
        let Value::Object(variables) = variables else {
            panic!("no object");
        };
        let variables = document.declared(name, variables)?;
        kept.prepare(&document, name, &variables, &Types::of(SDL))
    }

    /// Whether the operation is the same one when it is asked again after it was executed.
    fn is_kept(names: [Option<&str>; 2], variables: [Value; 2], text: &str) -> bool {
        let kept = PreparedOperations::default();
        let [name, again] = names;
        let [first, second] = variables;
        let first = prepare(&kept, text, name, first).unwrap();
        kept.keep(&first);
        Arc::ptr_eq(&first, &prepare(&kept, text, again, second).unwrap())
    }

    #[test]
    fn an_operation_is_made_once_for_its_values() {
        let is_kept = |name, variables| is_kept([Some(name); 2], variables, TEXT);
        assert!(is_kept("a", [json!({ "of": 1 }), json!({ "of": 1 })]));
        assert!(!is_kept("a", [json!({ "of": 1 }), json!({ "of": 2 })]));
        assert!(!is_kept("a", [json!({}), json!({ "of": null })]));
        assert!(is_kept("b", [json!({}), json!({})]));
    }

    #[test]
    fn what_changes_something_and_what_is_long_is_not_kept() {
        let is_kept = |name, variables| is_kept([Some(name); 2], variables, TEXT);
        assert!(!is_kept("m", [json!({}), json!({})]));
        let list = "query l($of: [Int!]!) { days(of: $of) }";
        let of = |n: usize| json!({ "of": vec![1; n] });
        let is_kept = |n| super::tests::is_kept([None; 2], [of(n), of(n)], list);
        assert!(is_kept(LONGEST_VARIABLES / 4));
        assert!(!is_kept(LONGEST_VARIABLES / 2));
    }

    #[test]
    fn what_an_operation_does_not_declare_makes_no_other_one() {
        let junk = |n: usize| json!({ "of": 1, "junk": n, "more": "x".repeat(LONGEST_VARIABLES) });
        assert!(is_kept([Some("a"); 2], [junk(1), junk(2)], TEXT));
        assert!(is_kept([Some("b"); 2], [junk(1), json!({})], TEXT));
        // Nor does the name of the only one.
        let text = "query a($of: Int) { day(of: $of) }";
        assert!(is_kept(
            [Some("a"), None],
            [junk(1), json!({ "of": 1 })],
            text
        ));
        assert!(!is_kept(
            [Some("a"), None],
            [junk(1), json!({ "of": 2 })],
            text
        ));
    }

    #[test]
    fn operations_of_one_document_are_kept_apart() {
        let kept = PreparedOperations::default();
        let find = |name| prepare(&kept, TEXT, Some(name), json!({}));
        for name in ["a", "b", "m", "b", "a"] {
            let found = find(name).unwrap();
            assert_eq!(found.ready.name.as_deref(), Some(name));
            kept.keep(&found);
        }
        assert!(find("c").is_err());
    }

    #[tokio::test]
    async fn what_costs_too_much_is_not_kept() {
        let many: String = (0..400)
            .map(|n| format!("a{n}: actions(first: 100) {{ nodes {{ key }} }} "))
            .collect();
        let (types, kept) = (Types::of_contract(), PreparedOperations::default());
        for (text, is_kept) in [
            ("{ actions(first: 100) { nodes { key } } }".to_owned(), true),
            (format!("{{ {many} }}"), false),
        ] {
            let document = Document::prepare(&schema::contract(), &text).unwrap();
            let find = || kept.prepare(&document, None, &Map::new(), &types).unwrap();
            let first = find();
            // Before its price is known it is not kept, whatever it costs.
            assert!(!Arc::ptr_eq(&first, &find()));
            assert_eq!(kept.price(&first).await.is_ok(), is_kept);
            assert_eq!(Arc::ptr_eq(&first, &find()), is_kept);
            assert_eq!(kept.0.count(), 1);
        }
    }
}

//! What an operation costs: counted by the library while it validates, bounded here, told in
//! `extensions`.
//!
//! Each field counts one, a list as often as it is long, a connection as often as `first` asks. A
//! root field of a query counts [`ROOT`] beside. A field that sends statements of its own each time
//! that it is asked counts [`STATEMENT`] for each: a root field by the list [`DEAR`], any other in
//! its own `complexity`. A table that a request reads once, however often it is asked for
//! (`database::Memo`), counts nothing. A test holds these prices against the statements sent and
//! the rows read. The library has limits of its own; they say neither what was counted nor what may
//! be, so they are off. It counts for an extension alone, and calls an extension around each field
//! that it resolves; so what counts is a schema of its own, by which nothing is ever executed.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use async_graphql::{
    ServerError, ServerResult, ValidationResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextValidation},
    parser::types::{ExecutableDocument, OperationType, Selection},
};

use super::{
    error::{Code, coded},
    text::LocalizedText,
};

/// The most that an operation may cost.
pub const MOST: usize = 25_000;
/// Levels that an operation may nest, fragments laid open.
pub const DEEPEST: usize = 32;

/// What a statement counts that is sent each time its field is asked, a thousand rows that it goes
/// through included.
pub const STATEMENT: usize = 50;
/// What a root field of a query counts beside its fields, whatever it tells.
pub const ROOT: usize = 25;
/// Root fields that send statements each time they are asked, or go through thousands of rows: as
/// how many statements each counts.
pub const DEAR: [(&str, usize); 21] = [
    ("acceptanceQueue", 1),
    ("assessment", 6),
    ("changes", 5),
    ("compliancePicture", 20),
    ("criterionRemarkCounts", 1),
    ("criterionRemarks", 1),
    ("dataQuality", 24),
    ("feedKeys", 2),
    ("ledger", 4),
    ("node", 6),
    ("openRounds", 1),
    ("openTasks", 10),
    ("previewRegionalAnswer", 18),
    ("publications", 5),
    ("regionalAnswers", 3),
    ("regionalDuties", 5),
    ("reviewQueue", 1),
    ("search", 3),
    ("submissionMandates", 1),
    ("verdict", 2),
    ("verdictHistory", 10),
];

/// What an operation costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Fields, those in lists as often as the lists are long, and what reads the database as many
    /// as it counts.
    pub fields: usize,
    /// Levels of nesting.
    pub depth: usize,
}

impl Cost {
    /// The cost as `extensions.cost` tells it.
    pub fn to_value(self) -> async_graphql::Value {
        async_graphql::value!({
            "fields": self.fields,
            "limit": MOST,
            "depth": self.depth,
            "deepest": DEEPEST,
        })
    }

    fn refusal(self) -> Option<ServerError> {
        let (found, limit, unit, hint) = if self.fields > MOST {
            let hint = (
                "Vraag kleinere pagina's (`first`), of nest minder lijsten in elkaar.",
                "Ask for smaller pages (`first`), or nest fewer lists in one another.",
            );
            (self.fields, MOST, ("velden", "fields"), hint)
        } else if self.depth > DEEPEST {
            let hint = ("Nest minder diep.", "Nest less deeply.");
            let unit = ("niveaus diep", "levels of depth");
            (self.depth, DEEPEST, unit, hint)
        } else {
            return None;
        };
        let message = LocalizedText::new(
            format!("De vraag kost {found} {}; {limit} mag.", unit.0),
            format!("The query costs {found} {}; {limit} are allowed.", unit.1),
        );
        let error = coded(Code::TooComplex, &message);
        let mut error = error.into_server_error(async_graphql::Pos::default());
        error.locations.clear();
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("cost", found);
        extensions.set("limit", limit);
        extensions.set(
            "hint",
            async_graphql::value!({ "nl": hint.0, "en": hint.1 }),
        );
        Some(error)
    }
}

/// In the data of a request that is to be counted: what it was found to cost, unless it may not.
#[derive(Debug, Clone, Default)]
pub struct Estimate(Arc<OnceLock<Cost>>);

impl Estimate {
    /// What the operation costs; none while it is not known to be valid and within its bounds.
    pub fn cost(&self) -> Option<Cost> {
        self.0.get().copied()
    }
}

/// Counts every operation of a schema, and lets none be executed.
#[derive(Debug)]
pub struct Bounded;

impl ExtensionFactory for Bounded {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Bounds::default())
    }
}

/// What the root fields of a document count beside its fields.
fn of_roots(document: &ExecutableDocument) -> usize {
    let operations = document.operations.iter();
    let queries = operations.filter(|(_, one)| one.node.ty == OperationType::Query);
    let selected = queries.flat_map(|(_, one)| &one.node.selection_set.node.items);
    let prices = selected.map(|selection| match &selection.node {
        Selection::Field(field) => of_root(&field.node.name.node),
        // Documents come with their fragments laid open.
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => MOST,
    });
    prices.sum()
}

fn of_root(field: &str) -> usize {
    if field.starts_with("__") {
        return 0;
    }
    let dear = DEAR.iter().find(|(name, _)| *name == field);
    ROOT + STATEMENT * dear.map_or(0, |(_, statements)| *statements)
}

/// The bounds of one operation: its document is read before it is validated.
#[derive(Default)]
struct Bounds {
    roots: AtomicUsize,
}

#[async_graphql::async_trait::async_trait]
impl Extension for Bounds {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await?;
        self.roots.store(of_roots(&document), Ordering::Relaxed);
        Ok(document)
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next.run(ctx).await?;
        let cost = Cost {
            fields: result.complexity + self.roots.load(Ordering::Relaxed),
            depth: result.depth,
        };
        if let Some(refusal) = cost.refusal() {
            return Err(vec![refusal]);
        }
        if let Some(estimate) = ctx.data_opt::<Estimate>() {
            // A request is validated once.
            estimate.0.set(cost).ok();
        }
        Err(vec![ServerError::new("counted, not executed", None)])
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    #[test]
    fn a_root_field_counts_what_it_sends_under_each_alias() {
        let count = |text: &str| of_roots(&parse_query(text).unwrap());
        assert_eq!(count("{ __typename }"), 0);
        assert_eq!(count("mutation { action { key } }"), 0);
        assert_eq!(count("{ action { key } }"), ROOT);
        let aliases = "{ a: verdict { status } b: verdict { status } action { key } }";
        assert_eq!(count(aliases), 3 * ROOT + 4 * STATEMENT);
    }

    #[test]
    fn what_is_as_much_as_may_be_passes() {
        let cost = |fields, depth| Cost { fields, depth };
        assert!(cost(MOST, DEEPEST).refusal().is_none());
        let refusal = cost(MOST + 1, DEEPEST + 1).refusal().unwrap();
        assert_eq!(
            refusal.message,
            "The query costs 25001 fields; 25000 are allowed."
        );
        let extensions = refusal.extensions.unwrap();
        assert_eq!(extensions.get("code"), Some(&"TOO_COMPLEX".into()));
        assert_eq!(extensions.get("cost"), Some(&25_001.into()));
        let refusal = cost(1, DEEPEST + 1).refusal().unwrap();
        assert_eq!(refusal.extensions.unwrap().get("limit"), Some(&32.into()));
    }
}

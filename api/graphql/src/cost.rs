//! What an operation costs: counted by the library while it validates, bounded here, told in
//! `extensions`.
//!
//! Each field counts one, a list as often as it is long, a connection as often as `first` asks. The
//! library has limits of its own; they say neither what was counted nor what may be, so they are
//! off.

use std::sync::Arc;

use async_graphql::{
    ServerError, ValidationResult,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
};

use super::{
    context::RequestContext,
    error::{Code, coded},
    text::LocalizedText,
};

/// The most that an operation may cost.
pub const MOST: usize = 25_000;
/// Levels that an operation may nest, fragments laid open.
pub const DEEPEST: usize = 32;

/// What an operation costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Fields, those in lists as often as the lists are long.
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

/// In the data of a request: it is to be validated and not executed.
pub struct OnlyChecked;

/// The code of the one error of a request that was only to be validated, and is valid.
pub const VALID: &str = "VALID";

/// Bounds every operation of a schema.
pub struct Bounded;

impl ExtensionFactory for Bounded {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Bounds)
    }
}

struct Bounds;

#[async_graphql::async_trait::async_trait]
impl Extension for Bounds {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next.run(ctx).await?;
        let cost = Cost {
            fields: result.complexity,
            depth: result.depth,
        };
        if let Some(refusal) = cost.refusal() {
            return Err(vec![refusal]);
        }
        if ctx.data_opt::<OnlyChecked>().is_some() {
            return Err(vec![ServerError::new(VALID, None)]);
        }
        if let Some(request) = ctx.data_opt::<Arc<RequestContext>>() {
            request.costs(cost);
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

//! Texts in two languages as clients see them.

use std::borrow::Cow;

use super::{at_once::resolve_at_once, coded::Coded};
use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value,
    parser::types::Field, registry::Registry,
};
use domain::text::Text;

/// A text in Dutch and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    /// The Dutch text; from a source it is verbatim.
    pub nl: String,
    /// The English text; of a Dutch source it is our translation.
    pub en: String,
}

/// The same as the contract describes it.
mod contract {
    use super::SimpleObject;

    /// A text in Dutch and in English. NL: tekst in twee talen.
    #[derive(SimpleObject)]
    pub(super) struct LocalizedText {
        /// The Dutch text; from a source it is verbatim. NL: Nederlandse tekst.
        nl: String,
        /// The English text; of a Dutch source it is our translation. NL: Engelse tekst.
        en: String,
    }
}

#[async_graphql::async_trait::async_trait]
impl OutputType for LocalizedText {
    fn type_name() -> Cow<'static, str> {
        contract::LocalizedText::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        contract::LocalizedText::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(resolve_at_once(ctx, "LocalizedText", |field| match field {
            "nl" => self.nl.as_str().into(),
            "en" => self.en.as_str().into(),
            _ => Value::Null,
        }))
    }
}

impl LocalizedText {
    /// A text of its two languages.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }

    /// A text of a pair: Dutch, then English.
    pub fn of(pair: (&str, &str)) -> Self {
        Self::new(pair.0, pair.1)
    }
}

impl From<Text> for LocalizedText {
    fn from(text: Text) -> Self {
        Self {
            nl: text.nl,
            en: text.en,
        }
    }
}

/// Whether a free text is there, as clients see it.
pub type TextState = Coded<domain::text::TextState>;

impl TextState {
    /// The state of a text by whether a fact refers to one and whether it is still there.
    #[must_use]
    pub fn of(was_given: bool, is_there: bool) -> Self {
        Self(domain::text::TextState::of(was_given, is_there))
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn one(&self) -> LocalizedText {
            LocalizedText::new("ja", "yes")
        }

        async fn some(&self) -> Vec<Option<LocalizedText>> {
            vec![Some(LocalizedText::new("nee", "no")), None]
        }
    }

    #[tokio::test]
    async fn a_text_is_what_was_selected_of_it_in_that_order() {
        let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
        let query = "{ one { en a: nl ... on LocalizedText { nl } __typename } some { nl } }";
        let answer = schema.execute(query).await;
        assert!(answer.is_ok());
        assert_eq!(
            answer.data.to_string(),
            "{one: {en: \"yes\", a: \"ja\", nl: \"ja\", __typename: \"LocalizedText\"}, \
             some: [{nl: \"nee\"}, null]}"
        );
        let sdl = schema.sdl();
        assert!(sdl.contains("type LocalizedText {"), "{sdl}");
    }
}

//! Texts in two languages as clients see them.

use async_graphql::{Enum, SimpleObject};
use domain::text::Text;

/// A text in Dutch and in English. NL: tekst in twee talen.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    /// The Dutch text; from a source it is verbatim. NL: Nederlandse tekst.
    pub nl: String,
    /// The English text; of a Dutch source it is our translation. NL: Engelse tekst.
    pub en: String,
}

impl LocalizedText {
    /// A text of its Dutch and its English words.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }

    /// A text of a pair, the Dutch words first.
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

/// Whether a free text is there, was never there, or is there no more. NL: stand van een tekst.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextState {
    /// There is one. NL: gegeven.
    Given,
    /// None was given. NL: niet gegeven.
    NotGiven,
    /// One was given and blanked by law since; what it said is kept nowhere. NL: geschrapt.
    Redacted,
}

impl TextState {
    /// The state of a text by whether a fact refers to one and whether it is still there.
    pub fn of(was_given: bool, is_there: bool) -> Self {
        match (was_given, is_there) {
            (true, true) => Self::Given,
            (true, false) => Self::Redacted,
            (false, _) => Self::NotGiven,
        }
    }
}

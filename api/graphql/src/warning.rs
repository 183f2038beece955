//! Warnings: what a person should look at although the change stands.

use async_graphql::SimpleObject;

use super::{coded::Coded, text::LocalizedText};
pub use domain::warning::WarningCode;

/// Something that somebody should look at; the change stands. NL: waarschuwing.
#[derive(SimpleObject, Debug, Clone)]
pub struct Warning {
    /// What was noticed, for programs. NL: waarschuwingscode.
    pub code: Coded<WarningCode>,
    /// What was noticed, for people. NL: melding.
    pub message: LocalizedText,
    /// The path of the input field that it is about, from `input` down. NL: veld.
    pub field: Vec<String>,
}

impl Warning {
    /// A warning about a place of the input.
    pub fn at(
        code: WarningCode,
        field: &[&str],
        nl: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code: Coded(code),
            message: LocalizedText::new(nl, en),
            field: field.iter().map(|&part| part.to_owned()).collect(),
        }
    }
}

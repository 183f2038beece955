//! Mistakes for which part of a list was left out, as they are kept under the key of the call, so
//! that a repeat tells the same.

use async_graphql::resolver_utils::EnumType as _;
use serde::{Deserialize, Serialize};

use super::errors::{AssessmentError, AssessmentErrorCode as Code};
use domain::mistake::Mistake;
use graphql::payload::name_of;

/// A mistake for which an item was left out, as it is kept under the key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LeftOut {
    code: String,
    field: Vec<String>,
    nl: String,
    en: String,
}

impl LeftOut {
    pub(super) fn of(mistake: Mistake<Code>) -> Self {
        Self {
            code: name_of(mistake.code).to_owned(),
            field: mistake.field,
            nl: mistake.message.nl,
            en: mistake.message.en,
        }
    }

    /// The mistake; none when its code is of no form that was ever kept.
    fn mistake(&self) -> Option<Mistake<Code>> {
        let mut codes = Code::items().iter();
        let code = codes.find(|item| item.name == self.code)?.value;
        let field: Vec<&str> = self.field.iter().map(String::as_str).collect();
        Some(Mistake::at(code, &field, &self.nl, &self.en))
    }

    /// Whether all of these can be read back.
    pub(super) fn are_known(kept: &[Self]) -> bool {
        kept.iter().all(|one| one.mistake().is_some())
    }

    /// As a payload tells them.
    pub(super) fn errors(kept: &[Self]) -> Vec<AssessmentError> {
        let mistakes = kept.iter().filter_map(Self::mistake);
        mistakes.map(AssessmentError::from).collect()
    }
}

//! A proposal and a criterion of one, for tests of what becomes of an edition.

use super::rules::{Proposed, ProposedCriterion};
use crate::verdict::rules::{AnsweredBy, CriterionScope};

/// A required criterion that the municipality answers.
pub(super) fn criterion<'a>(code: &'a str, replaces: &'a [String]) -> ProposedCriterion<'a> {
    ProposedCriterion {
        code,
        replaces,
        theme: "BB",
        required: true,
        answered_by: AnsweredBy::Municipality,
        scope: CriterionScope::LocalOnly,
        review_months: 24,
        titles: [("titleNl", "Titel"), ("titleEn", "Title")],
        texts: [("textNl", "Tekst"), ("textEn", "Text")],
    }
}

/// A proposal of one theme.
pub(super) fn proposed<'a>(
    carried: &'a [String],
    criteria: Vec<ProposedCriterion<'a>>,
) -> Proposed<'a> {
    Proposed {
        code: "VOORSTEL-2",
        titles: [("titleNl", "Tweede"), ("titleEn", "Second")],
        norm_months: 48,
        inheritance_grace_months: 24,
        carried,
        dropped: &[],
        criteria,
        themes: vec!["BB"],
    }
}

//! By which mutations a criterion is answered.

use crate::{
    policy::Operation,
    verdict::facts::{ADOPTED_POLICY, AnsweredBy, CriterionScope},
};

/// The mutations by which a criterion is answered, that of the municipality before that of its
/// region. What is computed follows from what is recorded of its policy: a decision, or for the
/// adopted policy itself also the word that there is none.
#[must_use]
pub fn mutations(code: &str, by: AnsweredBy, scope: CriterionScope) -> &'static [Operation] {
    match (by, scope) {
        (AnsweredBy::Computed, _) if code == ADOPTED_POLICY => {
            &[Operation::RecordAdoption, Operation::DeclarePolicyState]
        }
        (AnsweredBy::Computed, _) => &[Operation::RecordAdoption],
        (AnsweredBy::Region, _) => &[Operation::SubmitRegionalAnswer],
        (AnsweredBy::Municipality, CriterionScope::RegionalAllowed) => {
            &[Operation::SaveDraft, Operation::SubmitRegionalAnswer]
        }
        (
            AnsweredBy::Municipality,
            CriterionScope::LocalOnly
            | CriterionScope::RegionalOnly
            | CriterionScope::RegionalDocumentLocalAdoption,
        ) => &[Operation::SaveDraft],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AnsweredBy::{Computed, Municipality, Region};
    use CriterionScope::{LocalOnly, RegionalAllowed, RegionalDocumentLocalAdoption, RegionalOnly};
    use Operation::{DeclarePolicyState, RecordAdoption, SaveDraft, SubmitRegionalAnswer};

    #[test]
    fn whoever_answers_a_criterion_has_a_mutation_for_it() {
        for (code, by, scope, expected) in [
            (
                "BB-01",
                Computed,
                RegionalDocumentLocalAdoption,
                &[RecordAdoption, DeclarePolicyState][..],
            ),
            (
                "BB-02",
                Computed,
                RegionalDocumentLocalAdoption,
                &[RecordAdoption][..],
            ),
            ("SV-01", Municipality, LocalOnly, &[SaveDraft][..]),
            (
                "SV-03",
                Municipality,
                RegionalAllowed,
                &[SaveDraft, SubmitRegionalAnswer][..],
            ),
            ("SK-01", Region, RegionalOnly, &[SubmitRegionalAnswer][..]),
        ] {
            assert_eq!(mutations(code, by, scope), expected, "{code}");
        }
    }
}

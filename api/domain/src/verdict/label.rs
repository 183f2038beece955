//! Verdicts in words, with what must be said beside them: one function for GraphQL and feeds.

use super::rules::{Basis, VerdictStatus};

/// Adds what must be said with every verdict: that its criteria are a proposal, that nobody checked
/// it. Where nothing is judged there is nothing that could have been checked.
pub fn full_label(status: VerdictStatus, basis: Basis, provisional: bool) -> (String, String) {
    let (nl, en) = status.label();
    let (mut nl, mut en) = (nl.to_owned(), en.to_owned());
    if provisional {
        nl.push_str(", volgens voorlopige criteria");
        en.push_str(", by provisional criteria");
    }
    match basis {
        Basis::Submitted if status != VerdictStatus::NotAssessed => {
            nl.push_str(" (niet gecontroleerd)");
            en.push_str(" (not checked)");
        }
        Basis::Submitted | Basis::Confirmed => {}
    }
    (nl, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_judged_is_not_called_unchecked() {
        let label = |status, basis| full_label(status, basis, false).0;
        assert_eq!(
            label(VerdictStatus::NotAssessed, Basis::Submitted),
            "Niet beoordeeld"
        );
        assert_eq!(
            label(VerdictStatus::NotCompliant, Basis::Submitted),
            "Voldoet niet (niet gecontroleerd)"
        );
        assert_eq!(
            label(VerdictStatus::NotCompliant, Basis::Confirmed),
            "Voldoet niet"
        );
    }
}

//! Verdicts in words, with what must be said beside them: one function for GraphQL and feeds.

use super::rules::{Basis, VerdictStatus};

/// Adds what must be said with every verdict: that its criteria are a proposal, that nobody checked
/// it.
pub fn full_label(status: VerdictStatus, basis: Basis, provisional: bool) -> (String, String) {
    let (nl, en) = status.label();
    let (mut nl, mut en) = (nl.to_owned(), en.to_owned());
    if provisional {
        nl.push_str(", volgens voorlopige criteria");
        en.push_str(", by provisional criteria");
    }
    match basis {
        Basis::Submitted => {
            nl.push_str(" (niet gecontroleerd)");
            en.push_str(" (not checked)");
        }
        Basis::Confirmed => {}
    }
    (nl, en)
}

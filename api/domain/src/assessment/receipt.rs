//! What a receipt turns out to be when somebody has it checked. NL: ontvangstbewijs.

use crate::text::Text;

/// What a file is that came in as a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptOutcome {
    /// It is what was given out, and no later version was submitted. NL: ongewijzigd.
    Unchanged,
    /// It is what was given out, and a later version was submitted. NL: opgevolgd.
    Superseded,
    /// It is what was given out, and the version was withdrawn. NL: ingetrokken.
    Withdrawn,
    /// It names a version by its nonce, and is not what was given out of it. NL: gewijzigd.
    Changed,
    /// Words of the version were blanked by law, so it can be compared no more. NL: geschrapt.
    Redacted,
    /// No version goes with it. NL: onbekend.
    Unknown,
}

impl ReceiptOutcome {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Unchanged,
        Self::Superseded,
        Self::Withdrawn,
        Self::Changed,
        Self::Redacted,
        Self::Unknown,
    ];

    /// The code, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unchanged => "UNCHANGED",
            Self::Superseded => "SUPERSEDED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Changed => "CHANGED",
            Self::Redacted => "REDACTED",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// The same as a sentence.
    #[must_use]
    pub fn message(self) -> Text {
        let (nl, en) = match self {
            Self::Unchanged => (
                "Dit bestand is ongewijzigd, en er is daarna geen andere versie ingediend.",
                "This file is unchanged, and no other version was submitted since.",
            ),
            Self::Superseded => (
                "Dit bestand is ongewijzigd; daarna is een andere versie ingediend.",
                "This file is unchanged; another version was submitted since.",
            ),
            Self::Withdrawn => (
                "Dit bestand is ongewijzigd; de versie is daarna ingetrokken.",
                "This file is unchanged; the version was withdrawn since.",
            ),
            Self::Changed => (
                "Dit bestand is niet gelijk aan het ontvangstbewijs dat van deze versie is \
                 afgegeven: er is iets aan veranderd, of het is anders opgeslagen.",
                "This file is not the receipt that was given out of this version: something in it \
                 was changed, or it was saved in another form.",
            ),
            Self::Redacted => (
                "In deze versie is om wettelijke redenen tekst geschrapt. Daarom is niet meer na te \
                 gaan of dit bestand ongewijzigd is.",
                "Words of this version were blanked by law, so it can no longer be found out whether \
                 this file is unchanged.",
            ),
            Self::Unknown => (
                "Bij dit bestand hoort geen versie die hier is ingediend.",
                "No version that was submitted here goes with this file.",
            ),
        };
        Text::new(nl, en)
    }
}

/// What a file is that is byte by byte what was given out.
#[must_use]
pub fn standing(is_superseded: bool, is_withdrawn: bool) -> ReceiptOutcome {
    match (is_superseded, is_withdrawn) {
        (true, _) => ReceiptOutcome::Superseded,
        (false, true) => ReceiptOutcome::Withdrawn,
        (false, false) => ReceiptOutcome::Unchanged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_version_says_more_than_a_withdrawal() {
        assert_eq!(standing(false, false), ReceiptOutcome::Unchanged);
        assert_eq!(standing(false, true), ReceiptOutcome::Withdrawn);
        assert_eq!(standing(true, false), ReceiptOutcome::Superseded);
        assert_eq!(standing(true, true), ReceiptOutcome::Superseded);
    }

    #[test]
    fn each_outcome_has_a_code_and_a_sentence_of_its_own() {
        let shown = ReceiptOutcome::ALL.map(|one| (one.code(), one.message().nl));
        for (at, one) in shown.iter().enumerate() {
            for other in &shown[..at] {
                assert_ne!(one.0, other.0);
                assert_ne!(one.1, other.1);
            }
        }
    }
}

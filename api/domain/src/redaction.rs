//! What stands in the place of words that were blanked by law, and that nobody writes otherwise.
//! NL: schrapping.
//!
//! A reader takes these words as the sign of a redaction, and `stm verify` and `LedgerEntry.facts`
//! do too. So no input may hold them: who could write them would feign that something was blanked.

use crate::personal_data::as_read;

/// What stands in the place of words.
pub const BLANK: &str = "[geschrapt]";
/// What stands in the place of English words.
pub const BLANK_EN: &str = "[redacted]";
/// What stands in the place of an address on the web, where no other text may stand (RFC 2606).
pub const BLANK_ADDRESS: &str = "https://redacted.invalid/";
/// The host of that address, which no other address has.
const BLANK_HOST: &str = "redacted.invalid";

/// Whether a text stands in the place of words that were blanked.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    [BLANK, BLANK_EN, BLANK_ADDRESS].contains(&text)
}

/// Whether a person who reads a text sees a blank in it, in whatever letters and with whatever
/// spaces within its brackets.
#[must_use]
pub fn shows_blank(text: &str) -> bool {
    // Every blank has one of these signs, or one that is read as it.
    if text.is_ascii() && !text.contains(['[', '.']) {
        return false;
    }
    let text = as_read(text).to_lowercase();
    let joined: String = text.split_whitespace().collect();
    [BLANK, BLANK_EN].iter().any(|blank| joined.contains(blank)) || text.contains(BLANK_HOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_seen_however_it_is_written() {
        for text in [
            BLANK,
            BLANK_EN,
            BLANK_ADDRESS,
            " [Geschrapt] ",
            "De naam is [ REDACTED ].",
            "［geschrapt］",
            "[ge\u{ad}schrapt\u{200b}]",
            "[geschràpt]",
            "HTTPS://Redacted.Invalid/besluit",
        ] {
            assert!(shows_blank(text), "{text}");
        }
        for text in [
            "",
            "De passage is geschrapt.",
            "(redacted)",
            "[geschrapte regel]",
            "It was redacted. Invalid otherwise.",
            "https://example.invalid/",
        ] {
            assert!(!shows_blank(text), "{text}");
        }
    }

    #[test]
    fn only_the_whole_text_stands_in_the_place_of_words() {
        assert!(is_blank(BLANK) && is_blank(BLANK_EN) && is_blank(BLANK_ADDRESS));
        assert!(!is_blank("[geschrapt] "));
    }
}

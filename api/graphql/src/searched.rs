//! The text of a search or of a filter: one rule for whatever finds things by their words.

use super::{error::Failure, text::LocalizedText};
use domain::search::words::{LONGEST, Refused, Words, words_of};

/// The words to look for in a text; `field` is its name in the contract.
///
/// # Errors
/// When the text is too long, or has no word to look for.
pub fn searched(field: &str, text: &str) -> Result<Words, Failure> {
    words_of(text).map_err(|refused| match refused {
        Refused::NoWord => no_word(field),
        Refused::TooLong => Failure::BadRequest(LocalizedText::new(
            format!("`{field}` mag ten hoogste {LONGEST} tekens hebben."),
            format!("`{field}` may have at most {LONGEST} characters."),
        )),
    })
}

/// That a text has no word to look for; `field` is its name in the contract.
pub fn no_word(field: &str) -> Failure {
    Failure::BadRequest(LocalizedText::new(
        format!(
            "`{field}` bevat geen woord om op te zoeken: leestekens, losse letters en woorden als \
             ‘de’ en ‘van’ tellen niet."
        ),
        format!(
            "`{field}` has no word to look for: punctuation, single letters and words like ‘de’ \
             and ‘the’ do not count."
        ),
    ))
}

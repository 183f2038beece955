//! Texts in two languages, and free text that must not hold personal data.

use async_graphql::{Enum, SimpleObject};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A language of the service. NL: taal.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// Dutch, the language of the sources. NL: Nederlands.
    Nl,
    /// English, translated by this project. NL: Engels.
    En,
}

/// A text in Dutch and in English. NL: tekst in twee talen.
#[derive(SimpleObject, Debug, Clone, PartialEq, Eq)]
pub(crate) struct LocalizedText {
    /// The Dutch text; from a source it is verbatim. NL: Nederlandse tekst.
    pub(crate) nl: String,
    /// The English text; of a Dutch source it is our translation. NL: Engelse tekst.
    pub(crate) en: String,
}

impl LocalizedText {
    pub(crate) fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }

    pub(crate) fn of(pair: (&str, &str)) -> Self {
        Self::new(pair.0, pair.1)
    }
}

/// Whether a free text is there, was never there, or is there no more. NL: stand van een tekst.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextState {
    /// There is one. NL: gegeven.
    Given,
    /// None was given. NL: niet gegeven.
    NotGiven,
    /// One was given and blanked by law since; what it said is kept nowhere. NL: geschrapt.
    Redacted,
}

impl TextState {
    /// The state of a text by whether a fact refers to one and whether it is still there.
    pub(crate) fn of(was_given: bool, is_there: bool) -> Self {
        match (was_given, is_there) {
            (true, true) => Self::Given,
            (true, false) => Self::Redacted,
            (false, _) => Self::NotGiven,
        }
    }
}

/// Picks one of two texts.
pub(crate) fn pick(language: Language, (nl, en): (&str, &str)) -> String {
    match language {
        Language::Nl => nl.to_owned(),
        Language::En => en.to_owned(),
    }
}

/// A text as people compare it: lower case, without accents, hyphens as spaces.
pub(crate) fn plain(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| {
            if matches!(c, '-' | '–' | '_') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// A whole number as people write it: `1.334` in Dutch, `1,334` in English.
pub(crate) fn number(language: Language, value: i64) -> String {
    let mark = match language {
        Language::Nl => '.',
        Language::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut text = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// What in a free text would identify a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonalData {
    /// Nine digits that pass the eleven-test of a citizen service number (BSN).
    CitizenNumber,
    /// An e-mail address.
    EmailAddress,
}

impl PersonalData {
    /// Why a text that holds it is refused, in Dutch and English.
    pub(crate) fn refusal(self) -> (&'static str, &'static str) {
        match self {
            Self::CitizenNumber => (
                "Deze tekst lijkt een burgerservicenummer te bevatten; deze dienst bewaart geen persoonsgegevens.",
                "This text seems to hold a citizen service number; this service keeps no personal data.",
            ),
            Self::EmailAddress => (
                "Deze tekst bevat een e-mailadres; noem de functie of de organisatie.",
                "This text holds an e-mail address; name the function or the organisation.",
            ),
        }
    }
}

/// Looks for personal data that a free text must not hold: this service keeps functions and organisations, no persons.
pub(crate) fn personal_data(text: &str) -> Option<PersonalData> {
    let words = || text.split(|c: char| c.is_whitespace() || ",;()<>\"".contains(c));
    let is_address = |word: &str| {
        word.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.trim_end_matches('.').contains('.') && !host.starts_with('.')
        })
    };
    if words().any(is_address) {
        return Some(PersonalData::EmailAddress);
    }
    has_citizen_number(text).then_some(PersonalData::CitizenNumber)
}

/// The ways in which people divide the nine digits of a BSN.
const NOTATIONS: [&[usize]; 5] = [&[9], &[3, 3, 3], &[4, 2, 3], &[4, 5], &[5, 4]];

/// Looks for groups of digits, one sign apart, that together are a BSN in one of its notations; other numbers may stand
/// before and after.
fn has_citizen_number(text: &str) -> bool {
    let mut runs: Vec<Vec<Vec<u32>>> = vec![vec![Vec::new()]];
    let mut apart = 0;
    for c in text.chars() {
        let Some(digit) = c.to_digit(10) else {
            apart += if matches!(c, ' ' | '.' | '-') { 1 } else { 2 };
            continue;
        };
        match apart {
            0 => {}
            1 => runs
                .last_mut()
                .into_iter()
                .for_each(|run| run.push(Vec::new())),
            _ => runs.push(vec![Vec::new()]),
        }
        apart = 0;
        if let Some(group) = runs.last_mut().and_then(|run| run.last_mut()) {
            group.push(digit);
        }
    }
    runs.iter().any(|run| {
        NOTATIONS.iter().any(|lengths| {
            run.windows(lengths.len()).any(|groups| {
                groups.iter().map(Vec::len).eq(lengths.iter().copied())
                    && passes_eleven_test(&groups.concat())
            })
        })
    })
}

/// The eleven-test of a BSN: weights 9 to 2 and minus 1, a sum divisible by 11, and not all zeros.
fn passes_eleven_test(digits: &[u32]) -> bool {
    let weighted: i64 = digits
        .iter()
        .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
        .map(|(digit, weight)| i64::from(*digit) * weight)
        .sum();
    weighted % 11 == 0 && digits.iter().any(|digit| *digit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        for (value, nl, en) in [
            (0, "0", "0"),
            (984, "984", "984"),
            (1334, "1.334", "1,334"),
            (2_505_000, "2.505.000", "2,505,000"),
            (-110_000, "-110.000", "-110,000"),
        ] {
            assert_eq!(number(Language::Nl, value), nl);
            assert_eq!(number(Language::En, value), en);
        }
    }

    #[test]
    fn citizen_numbers_are_found_in_their_notations() {
        for text in [
            "2026 111222333",
            "zaak 12 111222333",
            "1 111222333 2",
            "111222333",
            "BSN 111222333.",
            "nr. 1112.22.333 van",
            "x 111 222 333 y",
        ] {
            assert_eq!(
                personal_data(text),
                Some(PersonalData::CitizenNumber),
                "{text}"
            );
        }
        for text in [
            "111222334",
            "1112223334",
            "1.655 personen",
            "28 638, nr. 249",
            "000000000",
        ] {
            assert_eq!(personal_data(text), None, "{text}");
        }
    }

    #[test]
    fn e_mail_addresses_are_found() {
        assert_eq!(
            personal_data("mail anna@gemeente.nl!"),
            Some(PersonalData::EmailAddress)
        );
        assert_eq!(personal_data("1 @ 2 euro, a@b"), None);
    }
}

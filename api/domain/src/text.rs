//! Texts in two languages, and how numbers and names are written and compared.

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{
    code_list::code_list,
    dates::{en_date, nl_date},
};

code_list! {
    /// A language of the service. NL: taal.
    pub enum Language {
        /// Dutch, the language of the sources. NL: Nederlands.
        Nl = "NL", "Nederlands", "Dutch",
            "Nederlands, de taal van de bronnen.";
        /// English, translated by this project. NL: Engels.
        En = "EN", "Engels", "English",
            "Engels, vertaald door dit project.";
    }
}

code_list! {
    /// Whether a free text is there, was never there, or is there no more. NL: stand van een tekst.
    pub enum TextState {
        /// There is one. NL: gegeven.
        Given = "GIVEN", "Gegeven", "Given",
            "Er is een tekst.";
        /// None was given. NL: niet gegeven.
        NotGiven = "NOT_GIVEN", "Niet gegeven", "Not given",
            "Er is geen tekst gegeven.";
        /// One was given and blanked by law since; what it said is kept nowhere. NL: geschrapt.
        Redacted = "REDACTED", "Geschrapt", "Redacted",
            "Er was een tekst, die om wettelijke redenen is geschrapt; wat er stond, is nergens \
             bewaard.";
    }
}

impl TextState {
    /// The state of a text by whether a fact refers to one and whether it is still there.
    #[must_use]
    pub fn of(was_given: bool, is_there: bool) -> Self {
        match (was_given, is_there) {
            (true, true) => Self::Given,
            (true, false) => Self::Redacted,
            (false, _) => Self::NotGiven,
        }
    }
}

/// A text in Dutch and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The Dutch text.
    pub nl: String,
    /// The English text.
    pub en: String,
}

impl Text {
    /// A text of its two languages.
    pub fn new(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            nl: nl.into(),
            en: en.into(),
        }
    }
}

impl From<(&str, &str)> for Text {
    fn from((nl, en): (&str, &str)) -> Self {
        Self::new(nl, en)
    }
}

/// Picks one of two texts.
pub fn pick(language: Language, (nl, en): (&str, &str)) -> String {
    match language {
        Language::Nl => nl.to_owned(),
        Language::En => en.to_owned(),
    }
}

/// A text as people compare it: lower case, without accents, hyphens as spaces.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.replace(['-', '_'], " ").to_ascii_lowercase();
    }
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
pub fn number(language: Language, value: i64) -> String {
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

/// A day as people write it: `22 november 2026` in Dutch, `22 November 2026` in English.
pub fn day(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Nl => nl_date(day),
        Language::En => en_date(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_each_language_does() {
        for (value, nl, en) in [
            ("2026-11-22", "22 november 2026", "22 November 2026"),
            ("2027-01-01", "1 januari 2027", "1 January 2027"),
            ("2024-02-29", "29 februari 2024", "29 February 2024"),
        ] {
            let value = value.parse().unwrap();
            assert_eq!(day(Language::Nl, value), nl);
            assert_eq!(day(Language::En, value), en);
        }
    }

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
}

//! What one cell says, and what a program made of it.
//!
//! Spreadsheets and statistical programs change cells that nobody touched: a text becomes a date, a
//! whole number gets decimals, an empty cell becomes `NA`. What has one meaning is read so; what
//! could have been anything is refused where it stands, and never kept in its place.

use std::str::FromStr;

use domain::code_list::CodeList;

/// What programs write for a cell without a value.
const NOTHING: [&str; 4] = ["NA", "NaN", "nan", "<NA>"];
/// Words for yes, with what programs make of a truth value.
const YES: [&str; 7] = ["ja", "yes", "x", "true", "waar", "1", "1.0"];
/// Words for no, likewise.
const NO: [&str; 7] = ["nee", "no", "false", "onwaar", "0", "0.0", "-"];
/// Names of months as spreadsheets shorten them.
const MONTHS: [&str; 16] = [
    "jan", "feb", "mrt", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "sept", "okt",
    "oct", "nov", "dec",
];

/// The text of a cell; none for one that is empty, or that a program filled in as such.
pub(crate) fn text_of(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    (!cell.is_empty() && !NOTHING.contains(&cell)).then_some(cell)
}

/// The value of a closed list that a cell says, by its code or in words, whatever its case.
pub(crate) fn value_of<E: CodeList>(cell: &str) -> Option<E> {
    let stated = cell.trim().to_lowercase();
    let mut entries = E::VALUES.iter();
    let found = entries.find(|entry| {
        let (nl, en) = entry.label;
        [entry.code, nl, en]
            .iter()
            .any(|word| word.to_lowercase() == stated)
    });
    found.map(|entry| entry.value)
}

/// The whole number above 0 that a cell says, as a revision, also where a program gave it decimals.
pub(crate) fn whole_of<N: FromStr + PartialOrd + Default>(cell: &str) -> Option<N> {
    let whole = match cell.split_once(['.', ',']) {
        Some((whole, decimals)) if decimals.chars().all(|sign| sign == '0') => whole,
        Some(_) => return None,
        None => cell,
    };
    whole.parse().ok().filter(|number| *number > N::default())
}

/// Whether a cell says yes or no.
pub(crate) fn yes_or_no(cell: &str) -> Option<bool> {
    let stated = cell.trim().to_lowercase();
    let is_of = |words: &[&str]| words.contains(&stated.as_str());
    match (is_of(&YES), is_of(&NO)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        (false, false) => None,
    }
}

/// Whether two texts are one but for the ends of lines and the blanks around them, which programs
/// write as they like.
pub(crate) fn is_same_text(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    plain(one).trim() == plain(other).trim()
}

/// What a program made of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoilt {
    /// Signs of a file that was read in another encoding than it was written in.
    Encoding,
    /// The error of a formula.
    Formula,
    /// A truth value.
    TruthValue,
    /// A date.
    Date,
    /// A number in powers of ten, which has lost digits.
    Number,
}

impl Spoilt {
    /// What is wrong, in Dutch and in English.
    pub(crate) fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Encoding => (
                "Hier staan tekens van een verkeerde codering. Sla het bestand op als CSV UTF-8 of \
                 als .xlsx.",
                "Here stand signs of a wrong encoding. Save the file as CSV UTF-8 or as .xlsx.",
            ),
            Self::Formula => (
                "Hier staat de fout van een formule. Schrijf de tekst zelf.",
                "Here stands the error of a formula. Write the text itself.",
            ),
            Self::TruthValue => (
                "Uw programma maakte hier een waarheidswaarde van. Schrijf de tekst voluit.",
                "Your program made a truth value of this. Write the text in full.",
            ),
            Self::Date => (
                "Uw programma maakte hier een datum van, of er staat alleen een datum. Schrijf er \
                 tekst bij.",
                "Your program made a date of this, or a date stands alone. Write a text with it.",
            ),
            Self::Number => (
                "Uw programma kortte hier een getal af. Schrijf het voluit, met tekst erbij.",
                "Your program shortened a number here. Write it in full, with a text.",
            ),
        }
    }
}

/// What a program made of a text, if it shows.
pub(crate) fn spoilt(cell: &str) -> Option<Spoilt> {
    let cell = cell.trim();
    if is_of_wrong_encoding(cell) {
        Some(Spoilt::Encoding)
    } else if is_formula_error(cell) {
        Some(Spoilt::Formula)
    } else if ["WAAR", "ONWAAR", "TRUE", "FALSE"].contains(&cell.to_uppercase().as_str()) {
        Some(Spoilt::TruthValue)
    } else if is_date(cell) {
        Some(Spoilt::Date)
    } else if is_shortened_number(cell) {
        Some(Spoilt::Number)
    } else {
        None
    }
}

/// UTF-8 that was read as Windows-1252, or bytes that were no text at all.
pub(crate) fn is_of_wrong_encoding(text: &str) -> bool {
    /// What Windows-1252 has where Latin-1 has controls, as far as it follows on `Ã` or `Â`.
    const PUNCTUATION: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    let is_second =
        |sign: char| ('\u{80}'..='\u{bf}').contains(&sign) || PUNCTUATION.contains(sign);
    let mut pairs = text.chars().zip(text.chars().skip(1));
    text.contains('\u{fffd}')
        || text.contains("â€")
        || pairs.any(|(first, second)| matches!(first, 'Ã' | 'Â') && is_second(second))
}

fn is_formula_error(cell: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(number) = ["Err:", "Fout:"]
        .iter()
        .find_map(|word| cell.strip_prefix(word))
    {
        return is_number(number);
    }
    let Some(name) = cell.strip_prefix('#') else {
        return false;
    };
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|sign| sign.is_ascii_uppercase() || matches!(sign, '/' | '0'))
    };
    matches!(name, "N/A" | "N/B") || name.strip_suffix(['!', '?']).is_some_and(is_name)
}

/// Whether a cell is a date and nothing else, by numbers or with the name of a month.
fn is_date(cell: &str) -> bool {
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    let has_time = cell
        .strip_prefix(day)
        .is_some_and(|rest| rest.is_empty() || rest.contains(':'));
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let is_short =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let is_month = |part: &&str| MONTHS.contains(&part.to_lowercase().as_str());
    let numbers = parts.iter().filter(|part| is_short(part)).count();
    let months = parts.iter().filter(|part| is_month(part)).count();
    has_time
        && matches!(
            (parts.len(), numbers, months),
            (3, 3, 0) | (3, 2, 1) | (2, 1, 1)
        )
}

fn is_shortened_number(cell: &str) -> bool {
    let Some((digits, power)) = cell.split_once(['E', 'e']) else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let digits = digits.trim_start_matches('-');
    let is_decimal = match digits.split_once(['.', ',']) {
        Some((whole, decimals)) => is_digits(whole) && is_digits(decimals),
        None => is_digits(digits),
    };
    is_decimal && power.strip_prefix(['+', '-']).is_some_and(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::verdict::rules::AnswerValue;

    fn answer_of(cell: &str) -> Option<AnswerValue> {
        value_of(cell)
    }

    fn revision_of(cell: &str) -> Option<i32> {
        whole_of(cell)
    }

    #[test]
    fn what_programs_write_for_nothing_is_nothing() {
        for nothing in ["", " ", "NA", "NaN", "<NA>"] {
            assert_eq!(text_of(nothing), None, "{nothing:?}");
        }
        for text in ["0", "n.v.t.", "Na overleg", "-"] {
            assert_eq!(text_of(text), Some(text));
        }
    }

    #[test]
    fn an_answer_is_read_by_code_and_in_words() {
        for text in ["MET", "met", "Voldaan", " voldaan ", "Met"] {
            assert_eq!(answer_of(text), Some(AnswerValue::Met), "{text:?}");
        }
        for text in ["Niet van toepassing", "NOT_APPLICABLE", "not applicable"] {
            assert_eq!(
                answer_of(text),
                Some(AnswerValue::NotApplicable),
                "{text:?}"
            );
        }
        for text in ["ja", "", "WAAR", "Vol daan"] {
            assert_eq!(answer_of(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_revision_may_have_got_decimals() {
        for (text, revision) in [("3", Some(3)), ("1.0", Some(1)), ("2,00", Some(2))] {
            assert_eq!(revision_of(text), revision, "{text:?}");
        }
        for text in ["1.5", "een", "0", "-1", "1.0.0", "1e3"] {
            assert_eq!(revision_of(text), None, "{text:?}");
        }
    }

    #[test]
    fn yes_and_no_have_many_forms() {
        for text in ["ja", "Ja ", "YES", "x", "WAAR", "TRUE", "1", "1.0"] {
            assert_eq!(yes_or_no(text), Some(true), "{text:?}");
        }
        for text in ["nee", "No", "ONWAAR", "0"] {
            assert_eq!(yes_or_no(text), Some(false), "{text:?}");
        }
        assert_eq!(yes_or_no("misschien"), None);
    }

    #[test]
    fn what_a_program_made_of_a_text_is_seen() {
        for (text, found) in [
            ("coÃ¶rdinatie", Spoilt::Encoding),
            ("coördinatie in caf\u{fffd}", Spoilt::Encoding),
            ("â€œjaâ€", Spoilt::Encoding),
            ("#NAME?", Spoilt::Formula),
            ("#NAAM?", Spoilt::Formula),
            ("#DIV/0!", Spoilt::Formula),
            ("#DEEL/0!", Spoilt::Formula),
            ("#N/B", Spoilt::Formula),
            ("Err:502", Spoilt::Formula),
            ("WAAR", Spoilt::TruthValue),
            ("false", Spoilt::TruthValue),
            ("2026-03-01", Spoilt::Date),
            ("1-2-2026", Spoilt::Date),
            ("1-feb", Spoilt::Date),
            ("01-mrt-26", Spoilt::Date),
            ("2026-03-01 00:00:00", Spoilt::Date),
            ("1,23457E+12", Spoilt::Number),
        ] {
            assert_eq!(spoilt(text), Some(found), "{text:?}");
        }
        for text in [
            "Sinds 1-2-2026.",
            "coördinatie",
            "2026",
            "#1 van de regio",
            "-5% minder",
            "Waar nodig",
            "Fout: geen",
            "Zaak 12-34",
            "1.2",
            "SÃO",
        ] {
            assert_eq!(spoilt(text), None, "{text:?}");
        }
    }

    #[test]
    fn ends_of_lines_are_no_difference() {
        assert!(is_same_text("een\r\ntwee", " een\ntwee"));
        assert!(!is_same_text("een", "twee"));
    }
}

//! The words of an expression: brackets, commas, names and values, as clients write them.
//!
//! Beside the literals of OData 4.0 those of its second version are taken, which many programs still
//! write (`50000m`, `2030L`, `datetime'2026-12-01T00:00:00'`). A plus that was not escaped in an
//! address arrives as a blank, so a blank before the offset of an instant is a plus.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::clock::{read_day, read_instant, with_plus};

use super::Wrong;
use crate::filter::Literal;

/// Letters of an expression at most: more than any client sends in one address.
const LONGEST: usize = 8000;
/// Letters of a number at most.
const LONGEST_NUMBER: usize = 400;
/// The highest exponent of a number, and the lowest below zero.
const HIGHEST_EXPONENT: i32 = 400;

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Open,
    Close,
    Comma,
    Equals,
    Name(String),
    Literal(Literal),
    /// What begins as a value and is none.
    Unread(String),
}

impl Word {
    /// The word as somebody may have written it.
    pub(super) fn to_view(&self) -> String {
        match self {
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Comma => ",".to_owned(),
            Self::Equals => "=".to_owned(),
            Self::Name(text) | Self::Unread(text) => text.clone(),
            Self::Literal(literal) => literal.to_string(),
        }
    }
}

/// The values of `@p`, each with its name; one that is not given is null, as the standard says.
#[derive(Debug, Clone, Default)]
pub(super) struct Aliases(Vec<(String, Literal)>);

impl Aliases {
    /// Takes in the value of an alias.
    ///
    /// # Errors
    /// When it is no single value.
    pub(super) fn give(&mut self, name: &str, text: &str) -> Result<(), Wrong> {
        match words(text, &Self::default())?.as_slice() {
            [Word::Literal(literal)] if is_alias(name) => {
                self.0.push((name.to_owned(), literal.clone()));
                Ok(())
            }
            _ => Err(super::options::unreadable(name)),
        }
    }

    fn value(&self, name: &str) -> Literal {
        let found = self.0.iter().find(|(given, _)| given == name);
        found.map_or(Literal::Null, |(_, literal)| literal.clone())
    }
}

/// Whether a text is `@` and a name.
fn is_alias(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(is_name)
}

pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A text of a client as a mistake repeats it.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

pub(super) fn unreadable(at: &str) -> Wrong {
    let at = shown(at);
    Wrong::bad(
        format!("`$filter` is niet te lezen bij {at:?}."),
        format!("`$filter` cannot be read at {at:?}."),
    )
}

/// That something of the language is more than this service does, by its name.
pub(super) fn not_known(name: &str) -> Wrong {
    let name = shown(name);
    Wrong::not_here(
        format!("Deze dienst kent `{name}` niet."),
        format!("This service does not know `{name}`."),
    )
}

/// The words of a text.
pub(super) fn words(text: &str, aliases: &Aliases) -> Result<Vec<Word>, Wrong> {
    if text.len() > LONGEST {
        return Err(Wrong::bad(
            format!("`$filter` mag ten hoogste {LONGEST} tekens lang zijn."),
            format!("`$filter` may be {LONGEST} characters long."),
        ));
    }
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, taken) = match first {
            '(' => (Word::Open, 1),
            ')' => (Word::Close, 1),
            ',' => (Word::Comma, 1),
            '=' => (Word::Equals, 1),
            '\'' => {
                let (value, taken) = quoted(rest).ok_or_else(|| unreadable(rest))?;
                (Word::Literal(Literal::Text(value)), taken)
            }
            _ => plain(rest, aliases)?,
        };
        words.push(word);
        rest = rest[taken..].trim_start();
    }
    Ok(words)
}

/// The word that a text begins with, which is no sign and no text in quotes, and its length.
fn plain(rest: &str, aliases: &Aliases) -> Result<(Word, usize), Wrong> {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '\'' | '='))
        .unwrap_or(rest.len());
    let (text, after) = rest.split_at(end);
    if after.starts_with('\'') && is_name(text) {
        let (value, taken) = quoted(after).ok_or_else(|| unreadable(rest))?;
        return Ok((of_type(text, value)?, end + taken));
    }
    // ` 01:00` behind an instant is what an address makes of `+01:00`.
    if text.contains(['T', 't'])
        && let Some(offset) = rest.get(end..end + 6)
        && let Some(whole) = with_plus(&rest[..end + 6])
        && offset.starts_with(' ')
    {
        return Ok((word(&whole, aliases)?, end + 6));
    }
    Ok((word(text, aliases)?, end))
}

/// A text in single quotes, in which two of them stand for one.
pub(super) fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '\'' {
            value.push(letter);
        } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
            value.push('\'');
        } else {
            return Some((value, at + 1));
        }
    }
    None
}

/// A value with its type in front, as the second version of OData writes them.
fn of_type(name: &str, value: String) -> Result<Word, Wrong> {
    let literal = match name.to_ascii_lowercase().as_str() {
        "datetime" | "datetimeoffset" => {
            moment(&with_plus(&value).unwrap_or_else(|| value.clone()))
                .or_else(|| without_offset(&value))
                .map(Literal::Instant)
                .or_else(|| read_day(&value).map(Literal::Date))
        }
        _ => return Err(not_known(&format!("{name}'…'"))),
    };
    Ok(literal.map_or_else(|| Word::Unread(value), Word::Literal))
}

/// A number, a day, an instant, a word of the language or the name of a column.
fn word(text: &str, aliases: &Aliases) -> Result<Word, Wrong> {
    let literal = match text.to_ascii_lowercase().as_str() {
        "null" => Literal::Null,
        "true" => Literal::Boolean(true),
        "false" => Literal::Boolean(false),
        "inf" if text == "INF" => Literal::Decimal("Infinity".to_owned()),
        "-inf" if text == "-INF" => Literal::Decimal("-Infinity".to_owned()),
        "nan" if text == "NaN" => return Err(not_known(text)),
        _ if is_alias(text) => aliases.value(text),
        _ => {
            if is_name(text) {
                return Ok(Word::Name(text.to_owned()));
            }
            let read = number(text)
                .or_else(|| read_day(text).map(Literal::Date))
                .or_else(|| moment(text).map(Literal::Instant));
            match read {
                Some(literal) => literal,
                None if text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-') => {
                    return Ok(Word::Unread(text.to_owned()));
                }
                // A way from one table to another, a lambda, a member of a type.
                None if text.contains('/') && text.split('/').all(is_name) => {
                    return Err(not_known(text));
                }
                None => return Err(unreadable(text)),
            }
        }
    };
    Ok(Word::Literal(literal))
}

/// An instant with its distance from UTC: the seconds may be left out, and the letters be small.
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.to_ascii_uppercase();
    let (day, time) = text.split_once('T')?;
    let is_short = time.get(2..3) == Some(":") && time.get(5..6).is_none_or(|sign| sign != ":");
    if is_short {
        let (minutes, offset) = time.split_at_checked(5)?;
        return read_instant(&format!("{day}T{minutes}:00{offset}"));
    }
    read_instant(&text)
}

/// An instant of a `datetime'…'`, which tells no distance from UTC: it is UTC.
fn without_offset(text: &str) -> Option<DateTime<Utc>> {
    let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
    let mut read = formats.iter();
    read.find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|instant| instant.and_utc())
}

/// A number, with a letter of the second version behind it or without.
fn number(text: &str) -> Option<Literal> {
    if text.len() > LONGEST_NUMBER {
        return None;
    }
    let (digits, suffix) = match text.strip_suffix(['m', 'M', 'l', 'L', 'd', 'D', 'f', 'F']) {
        Some(digits) => (digits, text[digits.len()..].to_ascii_lowercase()),
        None => (text, String::new()),
    };
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if are_digits(unsigned) {
        let whole = digits.parse::<i64>().map(Literal::Integer);
        return Some(whole.unwrap_or_else(|_| Literal::Decimal(digits.to_owned())));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let is_mantissa = match mantissa.split_once('.') {
        Some((whole, part)) => are_digits(whole) && are_digits(part),
        None => are_digits(mantissa),
    };
    let is_number =
        is_mantissa && suffix != "l" && (-HIGHEST_EXPONENT..=HIGHEST_EXPONENT).contains(&exponent);
    is_number.then(|| Literal::Decimal(digits.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Word {
        let words = words(text, &Aliases::default()).unwrap();
        assert_eq!(words.len(), 1, "{text}: {words:?}");
        words[0].clone()
    }

    #[test]
    fn numbers_are_read_as_every_version_writes_them() {
        let decimal = |text: &str| Word::Literal(Literal::Decimal(text.to_owned()));
        let integer = |number| Word::Literal(Literal::Integer(number));
        for (text, word) in [
            ("12", integer(12)),
            ("-12", integer(-12)),
            ("2030L", integer(2030)),
            ("2030l", integer(2030)),
            ("50000m", integer(50_000)),
            ("2f", integer(2)),
            ("1.5d", decimal("1.5")),
            ("-1.5M", decimal("-1.5")),
            ("3e0", decimal("3e0")),
            ("2.5E-3", decimal("2.5E-3")),
            ("99999999999999999999", decimal("99999999999999999999")),
            ("INF", decimal("Infinity")),
            ("-INF", decimal("-Infinity")),
        ] {
            assert_eq!(one(text), word, "{text}");
        }
        for wrong in [
            "1-2",
            "1.5L",
            "1e401",
            "1e",
            "0x1f",
            "1.",
            "12x",
            "1e99999999999",
        ] {
            assert_eq!(one(wrong), Word::Unread(wrong.to_owned()), "{wrong}");
        }
        assert!(words("NaN", &Aliases::default()).is_err());
    }

    #[test]
    fn instants_are_read_without_seconds_and_with_a_plus_that_became_a_blank() {
        let at = |text: &str| Word::Literal(Literal::Instant(text.parse().unwrap()));
        for (text, instant) in [
            ("2026-11-01T00:00:00+01:00", "2026-10-31T23:00:00Z"),
            ("2026-11-01T00:00:00 01:00", "2026-10-31T23:00:00Z"),
            ("2026-11-01T00:00 01:00", "2026-10-31T23:00:00Z"),
            ("2026-11-01T00:00:00.5 01:00", "2026-10-31T23:00:00.5Z"),
            ("2026-11-01T00:00Z", "2026-11-01T00:00:00Z"),
            ("2026-11-01t00:00:00z", "2026-11-01T00:00:00Z"),
            ("2026-11-01T00:00-05:00", "2026-11-01T05:00:00Z"),
            ("datetime'2026-11-01T00:00:00'", "2026-11-01T00:00:00Z"),
            ("datetime'2026-11-01T00:00'", "2026-11-01T00:00:00Z"),
            (
                "datetimeoffset'2026-11-01T00:00:00 01:00'",
                "2026-10-31T23:00:00Z",
            ),
        ] {
            assert_eq!(one(text), at(instant), "{text}");
        }
        for wrong in [
            "2026-11-01T00:00:00",
            "2026-11-01T0:00Z",
            "2026-11-01T25:00Z",
        ] {
            assert_eq!(one(wrong), Word::Unread(wrong.to_owned()), "{wrong}");
        }
        let wrong = words("guid'x'", &Aliases::default()).unwrap_err();
        assert_eq!(wrong.en, "This service does not know `guid'…'`.");
    }

    #[test]
    fn an_alias_stands_for_its_value_and_for_nothing_when_it_has_none() {
        let mut aliases = Aliases::default();
        aliases.give("@p", "'x y'").unwrap();
        aliases.give("@n", "-3").unwrap();
        for wrong in ["", "name", "1,2", "(1)", "'"] {
            assert!(aliases.give("@q", wrong).is_err(), "{wrong}");
        }
        assert!(aliases.give("@", "1").is_err());
        assert_eq!(
            words("@p,@n,@q", &aliases).unwrap(),
            [
                Word::Literal(Literal::Text("x y".to_owned())),
                Word::Comma,
                Word::Literal(Literal::Integer(-3)),
                Word::Comma,
                Word::Literal(Literal::Null),
            ]
        );
    }

    proptest! {
        /// A text literal comes back as it was meant.
        #[test]
        fn texts_are_unquoted(value in "\\PC{0,40}") {
            let quoted_value = format!("'{}'", value.replace('\'', "''"));
            prop_assert_eq!(quoted(&quoted_value), Some((value, quoted_value.len())));
        }
    }
}

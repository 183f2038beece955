//! A position in the ledger, from which somebody goes on: the number of an entry, and the beginning
//! of the hash of the state that it belongs to.
//!
//! A database that was restored may reach the same number with other content, and never the same
//! hash. So a position of a future that is lost is known as such, and nobody goes on from it.

use std::fmt;

/// A position in the ledger, as `123.0123456789abcdef`. Those of 1.0.0-rc.1 are a bare number. NL:
/// positie in het grootboek.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Position {
    /// The number of the entry.
    pub number: i64,
    /// The beginning of the hash at the end of its transaction; none in one of 1.0.0-rc.1.
    pub hash: Option<u64>,
}

impl Position {
    /// Reads a position as it was handed out; none of what is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, hash) = match text.split_once('.') {
            Some((number, hash)) => (number, Some(parse_hash(hash)?)),
            None => (text, None),
        };
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self {
            number: number.parse().ok().filter(|_| is_number)?,
            hash,
        })
    }

    /// The position of a number whose hash begins so, as the database tells it.
    #[must_use]
    pub fn of_stored(number: i64, hash: Option<i64>) -> Self {
        Self {
            number,
            hash: Some(hash.unwrap_or_default().cast_unsigned()),
        }
    }
}

/// Sixteen digits to the base of sixteen.
fn parse_hash(text: &str) -> Option<u64> {
    let is_hash = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(text, 16).ok().filter(|_| is_hash)
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.hash {
            Some(hash) => write!(f, "{}.{hash:016x}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_was_written() {
        for position in [
            Position::default(),
            Position::of_stored(4711, Some(-1)),
            Position::of_stored(0, None),
        ] {
            assert_eq!(Position::parse(&position.to_string()), Some(position));
        }
        assert_eq!(
            Position::of_stored(7, Some(0xff)).to_string(),
            "7.00000000000000ff"
        );
        for wrong in [
            "",
            ".",
            "-1",
            "+1",
            "1.",
            "1.ff",
            "x",
            "1.+000000000000ff",
            "1.5",
        ] {
            assert_eq!(Position::parse(wrong), None, "{wrong}");
        }
    }
}

//! What is handed out to be handed back: a position in the ledger, and the place in a list that is
//! read on.
//!
//! A place is sealed with a key of the database, which every instance reads along with the head and
//! which survives a backup: one that was rewritten is refused. What was handed out by 1.0.0-rc.1
//! bears neither seal nor hash. It is taken as long as it names no number above the one at which
//! the key was made, which is a past that every later backup shares; and it gives no more than
//! anybody may ask for by naming its moment, because the scope is that of whoever asks now.

use std::fmt;

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use domain::ledger::position::Position;
use sea_orm::{FromQueryResult, Value};

use super::{DbError, Session};

/// Bytes of a seal.
const LENGTH: usize = 16;

/// The seal of the database.
#[derive(Clone, Default)]
pub(super) struct Seal {
    /// The key.
    pub(super) key: Vec<u8>,
    /// The last number of what bears no seal.
    pub(super) after: i64,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    fn tag(&self, text: &str) -> [u8; LENGTH] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key);
        let whole = hmac::sign(&key, text.as_bytes());
        let mut tag = [0; LENGTH];
        tag.iter_mut()
            .zip(whole.as_ref())
            .for_each(|(to, from)| *to = *from);
        tag
    }

    fn fits(&self, sealed: &Sealed) -> bool {
        verify_slices_are_equal(&self.tag(&sealed.text), &sealed.tag).is_ok()
    }

    /// Whether a position is ahead of the head, or of a future that is lost; `found` is the hash
    /// that its number has here.
    pub(super) fn is_lost(&self, position: Position, head: i64, found: Option<i64>) -> bool {
        match position.hash {
            // The beginning is the same in every ledger.
            _ if position.number == 0 => false,
            _ if position.number > head => true,
            Some(hash) => found.map(i64::cast_unsigned) != Some(hash),
            None => position.number > self.after,
        }
    }
}

/// A text with the seal that it was handed out with, or that it is handed out with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    text: String,
    tag: [u8; LENGTH],
}

impl Sealed {
    /// Reads a text and its seal, which is not looked at yet.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (text, tag) = bytes.split_last_chunk::<LENGTH>()?;
        Some(Self {
            text: std::str::from_utf8(text).ok()?.to_owned(),
            tag: *tag,
        })
    }

    /// The text, and behind it its seal.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.text.as_bytes(), &self.tag].concat()
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[derive(FromQueryResult)]
struct Found {
    hash: i64,
}

impl Session {
    /// Seals a text that is handed out.
    #[must_use]
    pub fn sealed(&self, text: String) -> Sealed {
        let tag = self.seal.tag(&text);
        Sealed { text, tag }
    }

    /// Refuses what this database did not seal.
    ///
    /// # Errors
    /// When a text is not sealed as it says.
    pub fn check_seals<'a>(
        &self,
        sealed: impl IntoIterator<Item = &'a Sealed>,
    ) -> Result<(), DbError> {
        match sealed.into_iter().all(|sealed| self.seal.fits(sealed)) {
            true => Ok(()),
            false => Err(DbError::unsealed()),
        }
    }

    /// Refuses a position that is ahead of the head, or of a future that is lost.
    ///
    /// # Errors
    /// When it is, or the database fails.
    pub async fn check_position(&self, position: Position) -> Result<(), DbError> {
        let found: Option<Found> = match position.hash {
            None => None,
            Some(_) => {
                self.row(
                    "finding a position",
                    "select hash_start(hash) as hash from ledger_instant
                     where number >= $1 order by number limit 1",
                    [Value::from(position.number)],
                )
                .await?
            }
        };
        let (head, found) = (self.moment().head, found.map(|found| found.hash));
        match self.seal.is_lost(position, head, found) {
            true => Err(DbError::position_lost()),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_rewritten_is_not_sealed() {
        let seal = Seal {
            key: vec![7; 32],
            after: 0,
        };
        let other = Seal {
            key: vec![8; 32],
            after: 0,
        };
        let text = "a place".to_owned();
        let sealed = Sealed {
            tag: seal.tag(&text),
            text,
        };
        let read = Sealed::of_bytes(&sealed.to_bytes()).unwrap();
        assert_eq!(read, sealed);
        assert!(seal.fits(&read) && !other.fits(&read));
        for at in 0..sealed.to_bytes().len() {
            let mut bytes = sealed.to_bytes();
            bytes[at] ^= 1;
            let rewritten = Sealed::of_bytes(&bytes).unwrap();
            assert!(!seal.fits(&rewritten), "{at}");
        }
        assert_eq!(Sealed::of_bytes(&[0; LENGTH - 1]), None);
        assert_eq!(format!("{seal:?}"), "Seal", "no key is printed");
    }

    #[test]
    fn a_position_of_another_future_is_lost() {
        let seal = Seal {
            key: Vec::new(),
            after: 5,
        };
        let bare = |number| Position { number, hash: None };
        for (position, found, expected) in [
            (Position::of_stored(9, Some(3)), Some(3), false),
            (Position::of_stored(9, Some(3)), Some(4), true),
            (Position::of_stored(9, Some(3)), None, true),
            (Position::of_stored(11, Some(3)), Some(3), true),
            (Position::of_stored(0, Some(3)), Some(4), false),
            (bare(0), None, false),
            (bare(5), None, false),
            (bare(6), None, true),
            (bare(11), None, true),
        ] {
            assert_eq!(seal.is_lost(position, 10, found), expected, "{position}");
        }
    }
}

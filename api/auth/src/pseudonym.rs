//! Pseudonyms: the ledger tells that two changes came from one person without telling who.
//!
//! A pseudonym is an HMAC of issuer and subject under a key of the year, and that key is an HMAC of
//! the year under the master key of the installation: whoever learns one year's key cannot
//! recognise a person in another year.

use std::{fs, io, path::Path};

use aws_lc_rs::hmac;
use chrono::{DateTime, Datelike as _, Utc};
use domain::actor::{Actor, Role};

/// The master key of the installation; never shown.
#[derive(Clone)]
pub struct PseudonymKey(hmac::Key);

impl std::fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PseudonymKey(secret)")
    }
}

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PseudonymKeyError {
    /// Reading or making the file failed.
    #[error("cannot use the pseudonym key file {path}")]
    File {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is too short to be a key.
    #[error(
        "the pseudonym key file {path} holds less than 32 bytes; make one with `openssl rand -out \
         {path} 32`"
    )]
    TooShort {
        /// The file.
        path: String,
    },
}

impl PseudonymKey {
    /// A key from bytes; the tests use it.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// Reads the key from a file of at least 32 bytes.
    ///
    /// # Errors
    /// When the file cannot be read or is too short.
    pub fn read(path: &Path) -> Result<Self, PseudonymKeyError> {
        let name = path.display().to_string();
        let bytes = fs::read(path).map_err(|source| PseudonymKeyError::File {
            path: name.clone(),
            source,
        })?;
        if bytes.len() < 32 {
            return Err(PseudonymKeyError::TooShort { path: name });
        }
        Ok(Self::from_bytes(&bytes))
    }

    /// Reads the key, making a random one first when there is none: for the embedded default only.
    ///
    /// # Errors
    /// When the file can be neither read nor made.
    ///
    /// # Panics
    /// When the operating system gives no random bytes: then nothing safe can go on.
    pub fn read_or_make(path: &Path) -> Result<Self, PseudonymKeyError> {
        if !path.exists() {
            let mut bytes = [0; 32];
            aws_lc_rs::rand::fill(&mut bytes).expect("the operating system gives random bytes");
            super::dev_issuer::write_private(path, &bytes).map_err(|source| {
                PseudonymKeyError::File {
                    path: path.display().to_string(),
                    source,
                }
            })?;
        }
        Self::read(path)
    }

    /// Who a subject is at an instant: known by the pseudonym of the UTC year, and recognised by
    /// that of the year before.
    #[must_use]
    pub fn actor(&self, role: Role, (issuer, subject): (&str, &str), at: DateTime<Utc>) -> Actor {
        Actor {
            role,
            pseudonym: Some(self.pseudonym(issuer, subject, at.year())),
            former_pseudonym: Some(self.pseudonym(issuer, subject, at.year() - 1)),
        }
    }

    /// A name of something that nobody can make who lacks the key, the same each time: 32
    /// hexadecimal digits.
    #[must_use]
    pub fn name(&self, of: &str) -> String {
        let tag = hmac::sign(&self.0, format!("name|{of}").as_bytes());
        hex::encode(&tag.as_ref()[..16])
    }

    /// The pseudonym of a subject in a year: 32 hexadecimal digits.
    fn pseudonym(&self, issuer: &str, subject: &str, year: i32) -> String {
        let year = hmac::sign(&self.0, year.to_string().as_bytes());
        let key = hmac::Key::new(hmac::HMAC_SHA256, year.as_ref());
        let tag = hmac::sign(&key, format!("{issuer}|{subject}").as_bytes());
        hex::encode(&tag.as_ref()[..16])
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn one_person_has_one_pseudonym_a_year() {
        let key = PseudonymKey::from_bytes(&[7; 32]);
        let first = key.pseudonym("https://issuer", "anna", 2026);
        assert_eq!(first.len(), 32);
        assert_eq!(first, key.pseudonym("https://issuer", "anna", 2026));
        assert_ne!(first, key.pseudonym("https://issuer", "anna", 2027));
        assert_ne!(first, key.pseudonym("https://issuer", "bert", 2026));
    }

    #[test]
    fn a_name_is_that_of_the_thing_and_of_the_key() {
        let key = PseudonymKey::from_bytes(&[7; 32]);
        let first = key.name("besluit|gm0402|2026-2");
        assert_eq!(first.len(), 32);
        assert_eq!(first, key.name("besluit|gm0402|2026-2"));
        assert_ne!(first, key.name("besluit|gm0402|2027-1"));
        let other = PseudonymKey::from_bytes(&[8; 32]);
        assert_ne!(first, other.name("besluit|gm0402|2026-2"));
    }

    #[test]
    fn a_person_is_recognised_for_one_year_after_new_year() {
        let key = PseudonymKey::from_bytes(&[7; 32]);
        let anna = |year, month, day, hour| {
            let at = Utc.with_ymd_and_hms(year, month, day, hour, 30, 0).unwrap();
            key.actor(Role::Vng, ("https://issuer", "anna"), at)
        };
        // The year is that of UTC: in Amsterdam it is 2027 already at half past eleven.
        let before = anna(2026, 12, 31, 23);
        let own = before.pseudonym.as_deref().unwrap();
        assert_eq!(anna(2026, 1, 1, 0).pseudonym.as_deref(), Some(own));
        for (year, month, day, hour, is_recognised) in [
            (2026, 12, 31, 22, true),
            (2027, 1, 1, 0, true),
            (2027, 12, 31, 23, true),
            (2028, 1, 1, 0, false),
            (2025, 12, 31, 23, false),
        ] {
            let then = anna(year, month, day, hour);
            assert_eq!(then.is_called(own), is_recognised, "{year}-{month}-{day}");
        }
        let at = Utc.with_ymd_and_hms(2027, 1, 1, 0, 30, 0).unwrap();
        assert!(
            !key.actor(Role::Vng, ("https://issuer", "bert"), at)
                .is_called(own)
        );
        assert!(!Actor::public().is_called(own));
        assert!(!Actor::public().is_called(""));
    }
}

//! Pseudonyms: the ledger tells that two changes came from one person without telling who.
//!
//! A pseudonym is an HMAC of issuer and subject under a key of the year, and that key is an HMAC of
//! the year under the master key of the installation: whoever learns one year's key cannot
//! recognise a person in another year.

use std::{fs, io, path::Path};

use aws_lc_rs::hmac;
use chrono::{DateTime, Datelike as _, Utc};

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

    /// The pseudonym of a subject in the year of an instant: 32 hexadecimal digits.
    #[must_use]
    pub fn pseudonym(&self, issuer: &str, subject: &str, at: DateTime<Utc>) -> String {
        let year = hmac::sign(&self.0, at.year().to_string().as_bytes());
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
        let at = |year| Utc.with_ymd_and_hms(year, 6, 1, 0, 0, 0).unwrap();
        let first = key.pseudonym("https://issuer", "anna", at(2026));
        assert_eq!(first.len(), 32);
        assert_eq!(first, key.pseudonym("https://issuer", "anna", at(2026)));
        assert_ne!(first, key.pseudonym("https://issuer", "anna", at(2027)));
        assert_ne!(first, key.pseudonym("https://issuer", "bert", at(2026)));
    }
}

//! Documents that were made ready, by the hash of their text: bounded in number and in bytes, and
//! what was asked longest ago goes first.
//!
//! Only valid documents are kept. Who knows a hash knows the text, so one store serves everybody.

use std::sync::Arc;

use domain::recent::{self, Recent};
use sha2::{Digest as _, Sha256};

use crate::Document;

/// The SHA-256 of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentHash([u8; 32]);

impl DocumentHash {
    /// The hash of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// Reads 64 hexadecimal digits, with or without `sha256:` before them; none of what is no hash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:").unwrap_or(text);
        let mut bytes = [0; 32];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl std::fmt::Display for DocumentHash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

/// What is kept at most.
#[derive(Debug, Clone, Copy)]
pub struct Capacity {
    /// Documents.
    pub documents: usize,
    /// Bytes of their texts; what is made of a text takes some thirty times as much.
    pub bytes: usize,
}

impl Default for Capacity {
    fn default() -> Self {
        Self {
            documents: 1_000,
            bytes: 1024 * 1024,
        }
    }
}

/// Documents that were made ready.
#[derive(Debug)]
pub struct Cache(Recent<DocumentHash, Arc<Document>>);

impl Cache {
    /// An empty one.
    #[must_use]
    pub fn new(capacity: Capacity) -> Self {
        Self(Recent::new(recent::Capacity {
            values: capacity.documents,
            weight: capacity.bytes,
        }))
    }

    /// The document of a hash.
    pub fn find(&self, hash: &DocumentHash) -> Option<Arc<Document>> {
        self.0.find(hash)
    }

    /// Keeps a document, and lets go of others where there is no room.
    pub fn keep(&self, document: Arc<Document>) {
        let bytes = document.bytes();
        self.0.keep(document.hash(), document, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::SMALL;

    fn document(text: &str) -> Arc<Document> {
        Arc::new(Document::prepare(&SMALL, text).unwrap())
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let cache = Cache::new(Capacity {
            documents: 2,
            bytes: 1_000,
        });
        let [a, b, c] = ["{a:__typename}", "{b:__typename}", "{c:__typename}"].map(document);
        cache.keep(a.clone());
        cache.keep(b.clone());
        assert!(cache.find(&a.hash()).is_some());
        cache.keep(c.clone());
        assert!(cache.find(&b.hash()).is_none());
        assert!(cache.find(&a.hash()).is_some());
        assert!(cache.find(&c.hash()).is_some());
    }

    #[test]
    fn bytes_are_bounded_and_what_is_kept_twice_counts_once() {
        let long = document(&format!("{{ __typename }} #{}", "x".repeat(80)));
        let cache = Cache::new(Capacity {
            documents: 10,
            bytes: 100,
        });
        cache.keep(long.clone());
        cache.keep(long.clone());
        assert!(cache.find(&long.hash()).is_some());
        let short = document("{ __typename }");
        cache.keep(short.clone());
        assert!(cache.find(&long.hash()).is_none());
        assert!(cache.find(&short.hash()).is_some());
        let longest = document(&format!("{{ __typename }} #{}", "x".repeat(100)));
        cache.keep(longest.clone());
        assert!(cache.find(&longest.hash()).is_none());
        assert!(cache.find(&short.hash()).is_some());
    }

    #[test]
    fn a_hash_is_sixty_four_digits() {
        let hash = DocumentHash::of("{ viewer { role } }");
        let text = hash.to_string();
        assert_eq!(text.len(), 64);
        assert_eq!(DocumentHash::parse(&text), Some(hash));
        let prefixed = format!("sha256:{}", text.to_uppercase());
        assert_eq!(DocumentHash::parse(&prefixed), Some(hash));
        for wrong in ["", "sha256:", "md5:00", &"g".repeat(64), &"0".repeat(63)] {
            assert_eq!(DocumentHash::parse(wrong), None, "{wrong}");
        }
    }
}

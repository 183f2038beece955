//! The ledger: the one way by which a fact gets in, and the proof that none was changed since.
//!
//! [`change`] is the way that every mutation walks. A change locks the head, appends fact rows under the next numbers, and is sealed on commit: [`writer`] reads the
//! rows back from Postgres, puts them in canonical form, and chains the entries. [`verify`] does the same reading
//! years later. Both see what Postgres stored and not what we meant to store.
//!
//! Numbers and instants are everybody's: an answer tells the number that it was read at, so the public can see that
//! something was recorded between two public entries, and when. What, by whom and of whom stays hidden.

pub(crate) mod canonical;
mod change;
pub(crate) mod changes;
mod export;
mod fact;
mod facts;
mod idempotency;
pub(crate) mod listen;
pub(crate) mod repo;
pub(crate) mod schema;
mod sentences;
pub(crate) mod subscription;
mod verify;
mod writer;

pub use canonical::hex;
pub(crate) use canonical::{content_hash, is_text, sha256};
#[cfg(test)]
pub(crate) use change::Input;
pub(crate) use change::{Call, Change, Outcome, Stopped, read_outcome, settled, stop_at, told};
pub use export::{ExportError, Manifest, export};
pub(crate) use fact::{Head, fact, fact_again};
pub(crate) use idempotency::{Key, Seen};
pub(crate) use sentences::kinds;
pub use verify::{Anchor, Report, VerifyError, verify};
pub use writer::{EntryDraft, Part, REGIONAL, TextKind, Writer};

/// The operation of an entry that blanks a text by law.
pub(crate) const REDACTION: &str = "text.redacted";

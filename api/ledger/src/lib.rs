//! The ledger: the one way by which a fact gets in, and the proof that none was changed since.
//!
//! A change locks the head, appends rows of facts ([`mod@fact`]) under the next numbers, and is
//! sealed on commit: the [`Writer`] reads the rows back from Postgres, puts them in [`canonical`]
//! form, and chains the entries. [`verify()`] does the same reading years later. Both see what
//! Postgres stored and not what we meant to store. A fact on which verdicts depend is followed by
//! the [`judge`] in the same transaction. How a mutation gets here stands in `graphql::change`.
//!
//! Numbers and instants are everybody's: an answer tells the number that it was read at, so the
//! public can see that something was recorded between two public entries, and when. What, by whom
//! and of whom stays hidden.

mod beside;
pub mod blank;
pub mod canonical;
mod export;
pub mod fact;
mod future;
mod idempotency;
pub mod judge;
pub mod listen;
pub mod prose;
mod redactions;
mod sealing;
mod text_kind;
mod together;
mod verify;
mod writer;

pub use canonical::{content_hash, sha256};
pub use export::{ExportError, Manifest, export};
pub use fact::Head;
pub use future::{InTheFuture, first_in_the_future};
pub use idempotency::{Key, Seen, unreadable};
pub use text_kind::TextKind;
pub use together::Together;
pub use verify::{Anchor, Report, VerifyError, snapshot_at_head, verify};
pub use writer::{EntryDraft, Part, Writer};

/// The operation of an entry that blanks a text by law.
pub const REDACTION: &str = "text.redacted";

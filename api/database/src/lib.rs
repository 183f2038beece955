//! Postgres: the pool, admission to it, sessions, and the private cluster of the embedded default.
//!
//! [`Database`] opens every transaction of a request. Its first statement tells Postgres who asks,
//! for which day and at which ledger number; after that repositories speak to `known.*` and need
//! not think of either. Statements of a [`Session`] go to Postgres one after another, each within
//! its time. [`Memo`] keeps what one request has read, and what everybody may read for all of them.
//! [`document`] reads JSON that is kept in columns, [`roles`] makes and checks the three
//! database roles, [`endpoint`] looks at what answers at an address, and [`cluster`] runs a server for whoever has none.

mod admission;
pub mod catalogue;
mod clocks;
pub mod cluster;
pub mod document;
pub mod endpoint;
mod error;
mod head;
pub mod ids;
mod kind;
mod known;
mod mandate;
mod organisations;
mod outage;
mod privileged;
mod purpose;
mod requested;
pub mod roles;
mod room;
mod seal;
mod session;
mod snapshot;
mod sql;
mod under_way;

pub use admission::{Access, Turns, WriterPermit};
pub use clocks::Clocks;
pub use error::DbError;
pub use kind::DatabaseKind;
pub use known::{Facts, Memo, natural};
pub use privileged::PrivilegedReads;
pub use purpose::ForPurpose;
pub use requested::{Known, Pin, RequestedMoment, Words, beyond_head, covers_day, renamed};
pub use seal::Sealed;
pub use session::{Database, LockedHead, Moment, ReplicaReads, Session};
pub use snapshot::{Once, PUBLIC_TEXT, Tables, UNGUARDED, Unguarded};
pub use sql::Sql;

//! Postgres: the pool, the opener of transactions, the private cluster of the embedded default.
//!
//! [`session`] is the only code that opens a transaction. Its first statement tells Postgres who asks, for which
//! day and at which ledger number; after that repositories speak to `known.*` and need not think of either.

pub(crate) mod document;
pub mod embedded;
mod error;
mod kind;
mod known;
mod mandate;
mod organisations;
mod privileged;
mod purpose;
pub mod roles;
mod seats;
mod session;
mod sql;
mod under_way;

pub use error::DbError;
pub use kind::DatabaseKind;
pub(crate) use known::{Facts, Tables, natural};
pub(crate) use purpose::ForPurpose;
pub(crate) use seats::Pen;
pub use session::{AskedMoment, Database, Moment, Pin, Session};
pub(crate) use sql::Sql;

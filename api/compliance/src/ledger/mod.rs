//! The ledger as clients see it: entries, changes since a position, and the subscription.

pub(crate) mod changes;
mod facts;
mod key_part;
mod repo;
pub(crate) mod schema;
pub mod subscription;
pub(crate) mod titles;

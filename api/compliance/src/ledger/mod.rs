//! The ledger as clients see it: entries, changes since a number, and the subscription.

pub mod changes;
mod facts;
mod repo;
pub mod schema;
pub mod subscription;

//! Publications: figures that were frozen, with their manifest, for parliament and press.
//!
//! Prepared, its content is kept as `lines`; in the response term municipalities that stand in it
//! by name may respond; published, its two files are written once and for ever; from its instant on
//! (see `release`) everybody reads them, and what they say of municipalities is copied to the
//! tables of what is published. Public and foreign scopes read those tables and files and nothing
//! live. Withdrawn, its files are gone and the fact that they were there stays.

mod append;
mod budget;
mod colophon;
mod columns;
mod compliance;
mod contract;
pub mod errors;
pub(crate) mod files;
mod incomplete;
pub mod loader;
mod manifest;
mod may;
mod mdto;
mod monitoring;
pub(crate) mod mutations;
mod picture;
mod prepare;
mod publish;
pub(crate) mod published;
pub(crate) mod redaction;
pub(crate) mod release;
mod repetition;
pub mod repo;
mod respond;
pub(crate) mod schema;
mod withdraw;

//! Regional duties: what a reporting region does for its members besides answering. NL: taken van
//! de regio.
//!
//! A region holds its meetings, meets bottlenecks, takes decisions, and twice a year reports on
//! progress, particulars and bottlenecks. The report is composed from what was recorded, so nobody
//! types it twice; the region reads it over and submits it. Functions and organisations stand here,
//! never names of people, and no cases.

mod append;
mod contract;
pub mod errors;
pub(crate) mod mutations;
mod record;
mod repo;
pub(crate) mod schema;
mod withdraw;

//! The framework: editions, themes, criteria, and the periods in which municipalities report. NL:
//! VNG-kader.

mod edition;
pub mod errors;
mod loader;
pub(crate) mod mutations;
mod open;
pub(crate) mod repo;
mod reschedule;
pub(crate) mod schema;

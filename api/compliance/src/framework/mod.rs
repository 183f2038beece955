//! The framework: editions, themes, criteria, and the periods in which municipalities report. NL:
//! VNG-kader.

pub mod edition;
pub mod loader;
pub(crate) mod mutations;
pub mod open;
pub(crate) mod repo;
pub mod reschedule;
pub(crate) mod schema;

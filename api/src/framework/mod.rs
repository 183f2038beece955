//! The framework: editions, themes, criteria, and the periods in which municipalities report. NL: VNG-kader.

pub(crate) mod edition;
mod key;
pub(crate) mod loader;
pub(crate) mod mutations;
pub(crate) mod open;
pub(crate) mod repo;
pub(crate) mod reschedule;
mod rules;
pub(crate) mod schema;

pub use key::PeriodKey;

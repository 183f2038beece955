//! The framework: editions, themes, criteria, and the periods in which municipalities report. NL: VNG-kader.

mod key;
pub(crate) mod loader;
pub(crate) mod mutations;
pub(crate) mod repo;
pub(crate) mod schema;

pub use key::PeriodKey;

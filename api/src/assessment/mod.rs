//! The assessment of a municipality in a period: filled in as a draft, submitted as versions, confirmed by VNG.
//! NL: beoordeling.

pub(crate) mod contract;
pub(crate) mod mutations;
pub(crate) mod repo;
mod rules;
pub(crate) mod schema;

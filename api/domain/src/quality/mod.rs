//! The quality of the data: comparisons and decisions. NL: gegevenskwaliteit.

pub mod codes;
pub mod contradictions;

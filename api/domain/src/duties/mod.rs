//! Duties of a region: what follows from days and cadences. NL: regionale taken.

pub mod codes;
pub mod due;
pub mod rules;

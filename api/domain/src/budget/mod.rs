//! The money of the plan: sums, signals and sentences from the cells of both tables. NL: begroting.

pub mod codes;
pub mod promised;
pub mod rules;
pub mod sentences;
pub mod signals;

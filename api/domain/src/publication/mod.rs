//! Publications: what is told of whom, and in which lines. NL: publicaties.

pub mod codes;
pub mod lines;
pub mod publisher;
pub mod repetition;
pub mod rules;
pub mod suppression;

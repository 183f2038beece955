//! Publications: what is told of whom, and in which lines. NL: publicaties.

pub mod codes;
pub mod disclosure;
pub mod lines;
pub mod publisher;
pub mod rules;

//! Answers of a region. NL: regionale antwoorden.

pub mod codes;
pub mod rules;

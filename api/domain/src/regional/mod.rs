//! Answers of a region. NL: regionale antwoorden.

pub mod rules;

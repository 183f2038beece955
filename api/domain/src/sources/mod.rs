//! Sources: how a place in a document is written. NL: bronnen.

pub mod codes;
pub mod rules;

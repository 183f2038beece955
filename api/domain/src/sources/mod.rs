//! Sources: how a place in a document is written. NL: bronnen.

pub mod rules;

//! What the ledger says of changes, in words. NL: grootboek.

pub mod codes;
mod events;
mod kinds;
pub mod position;
pub mod sentences;
pub mod things;

/// In the place of the period: the entry is of an area itself, and not of a municipality in a
/// period.
pub const REGIONAL: &str = "REGIONAL";

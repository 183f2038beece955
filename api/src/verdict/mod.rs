//! Verdicts: which municipality meets the framework, since when and why. NL: oordelen.
//!
//! [`rules`] is the only place that decides. [`judging`] is called by whoever changes an input: it gathers what the rules need
//! ([`inputs`]) and keeps what they say as spans. [`repo`] selects the span of a day and a ledger number. Nothing
//! evaluates a second time in SQL. Who counts by its region, which is no verdict, [`at_closing`] evaluates when it is asked for.

mod adoption;
pub(crate) mod at_closing;
mod by_region;
mod facts;
mod grounds;
pub(crate) mod history;
mod inputs;
pub(crate) mod judging;
pub(crate) mod label;
mod next;
pub(crate) mod preview;
pub(crate) mod repo;
pub mod rules;
pub(crate) mod schema;
pub(crate) mod sentences;

pub(crate) use adoption::{later, warned_from};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod second_opinion;

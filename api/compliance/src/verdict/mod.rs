//! Verdicts: which municipality meets the framework, since when and why. NL: oordelen.
//!
//! [`rules`] is the only place that decides. [`judging`] is called by whoever changes an input: it
//! gathers what the rules need ([`inputs`]) and keeps what they say as spans. [`repo`] selects the
//! span of a day and a ledger number. Nothing evaluates a second time in SQL. Who counts by its
//! region, which is no verdict, [`at_closing`] evaluates when it is asked for.

pub(crate) mod history;
pub(crate) mod repo;
pub(crate) mod schema;

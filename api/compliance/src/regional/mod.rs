//! Regional answers: what a reporting region says once for all its members. NL: regionale
//! antwoorden.
//!
//! An answer is of an area and a criterion, holds on a row of days, and is submitted, questioned
//! and confirmed like an assessment. It counts for a member that gave no answer of its own; how, is
//! said in [`domain::verdict::rules`] alone, and every change here has the members judged anew.
//! What a region says is never changed: a later version takes its place, and ending one is a fact
//! as well.

pub(crate) mod answer;
mod end;
pub mod errors;
pub(crate) mod mutations;
pub(crate) mod preview;
mod repo;
mod review;
pub(crate) mod schema;

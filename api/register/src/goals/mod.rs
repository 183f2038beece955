//! What the plan aims at: operational goals with their targets and how far they are, intended
//! effects, and the national figures that the sources print.
//!
//! Nothing is filled in. A goal without a baseline is not computable, a goal whose deadline passed
//! without a report is told as just that, a figure that the sources do not split is not split, and
//! a missing figure has its reason and is never 0. NL: doelen.

mod effects;
pub mod errors;
mod figures;
mod goal;
mod goal_repo;
mod lookup;
mod measurement;
pub mod mutations;
mod record;
mod record_goal;
mod repo;
pub mod schema;
mod target;

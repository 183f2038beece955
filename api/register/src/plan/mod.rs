//! The action plan: versions, lines, actions, monitoring rounds and the dashboard. NL: actieplan.
//!
//! [`rules`] and [`timeline`] are pure. The rest says what clients see, one noun per file; rows
//! come whole from what is known at the moment of the request, so any question costs the same few
//! statements.

mod action;
pub mod codes;
mod comparison;
mod dashboard;
mod end_action;
pub mod errors;
mod filter;
mod link_actions;
pub(crate) mod lookup;
mod may;
pub mod mutations;
mod outline_repo;
mod plan_action;
mod planning;
pub mod query;
mod record_line;
pub(crate) mod record_result;
mod record_version;
mod repo;
mod report;
mod results;
pub mod schema;
mod version;

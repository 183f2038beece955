//! The action plan: versions, lines, actions, monitoring rounds and the dashboard. NL: actieplan.
//!
//! [`rules`] and [`timeline`] are pure. The rest says what clients see, one noun per file; rows come whole from what is known
//! at the moment of the request, so any question costs the same few statements.

mod action;
pub(crate) mod codes;
mod comparison;
mod dashboard;
pub(crate) mod end_action;
mod filter;
pub(crate) mod link_actions;
pub(crate) mod mutations;
pub(crate) mod plan_action;
mod planning;
pub(crate) mod query;
pub(crate) mod record_result;
mod repo;
mod report;
mod results;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod timeline;
mod version;

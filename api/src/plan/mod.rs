//! The action plan: versions, lines, actions, monitoring rounds and the dashboard. NL: actieplan.

mod dashboard;
pub(crate) mod loader;
mod rules;
pub(crate) mod schema;

//! The action plan: statuses, counts and the timeline. NL: actieplan.

pub mod rules;
pub mod timeline;

//! The action plan: statuses, counts and the timeline. NL: actieplan.

pub mod codes;
pub mod rules;
pub mod sentences;
pub mod timeline;

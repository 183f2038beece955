//! The action plan: statuses, counts and the timeline. NL: actieplan.

pub mod codes;
pub mod rules;
pub mod sentences;
pub mod timeline;

/// The plan version that is meant where none is named. NL: huidig plan.
pub const CURRENT_PLAN: &str = "2024";

/// The plan version before that one, which it is compared with. NL: vorig plan.
pub const PREVIOUS_PLAN: &str = "2023";

//! Goals, targets, measurements and figures. NL: doelen.

pub mod kinds;
pub mod rules;
pub mod sentences;

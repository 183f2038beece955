//! Goals, targets, measurements and figures. NL: doelen.

pub mod codes;
pub mod rules;
pub mod sentences;

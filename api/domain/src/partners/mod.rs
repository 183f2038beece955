//! Partners: names and roles. NL: partners.

pub mod codes;
pub mod rules;

//! Partners: names and roles. NL: partners.

pub mod rules;

//! Functions and building blocks: what follows from assignments. NL: functies.

pub mod codes;
pub mod rules;

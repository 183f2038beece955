//! Policy documents and their adoption: states and terms. NL: beleid.

pub mod deadlines;
pub mod rules;

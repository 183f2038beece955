//! Policy documents and their adoption: states and terms. NL: beleid.

pub mod codes;
pub mod deadlines;
pub mod rules;

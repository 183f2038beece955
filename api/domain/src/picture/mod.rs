//! The picture of compliance: counting of groups. NL: kaderbeeld.

pub mod codes;
pub mod mondays;
pub mod rules;
pub mod sentences;

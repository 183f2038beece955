//! Municipalities and areas: codes, memberships, reorganisations. NL: gebieden.

mod code;
pub mod codes;
pub mod rules;

pub use code::{AreaCode, MunicipalityCode};

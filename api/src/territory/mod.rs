//! Municipalities, areas and how they change over time. One file per noun: [`municipality`], [`area`],
//! [`reorganisation`], [`tile`]; [`schema`] has the queries, [`rules`] what follows from days alone. NL: gemeenten,
//! gebieden, herindelingen.

mod area;
mod code;
mod municipality;
pub(crate) mod mutations;
mod reorganisation;
pub(crate) mod repo;
pub(crate) mod rules;
pub(crate) mod schema;
mod tile;

pub use code::{AreaCode, MunicipalityCode};

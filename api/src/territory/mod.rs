//! Municipalities, areas and how they change over time. One file per noun: [`municipality`], [`area`],
//! [`reorganisation`], [`tile`]; [`schema`] has the queries, [`rules`] what follows from days alone. NL: gemeenten,
//! gebieden, herindelingen.

mod area;
mod code;
pub(crate) mod input;
mod municipality;
pub(crate) mod mutations;
pub(crate) mod register_area;
mod reorganisation;
pub(crate) mod reorganise;
pub(crate) mod repo;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod set_members;
mod sole;
mod tile;

pub use code::{AreaCode, MunicipalityCode};

//! Municipalities, areas and how they change over time. One file per noun: [`municipality`],
//! [`area`], [`reorganisation`], [`tile`]; [`schema`] has the queries, [`rules`] what follows from
//! days alone. NL: gemeenten, gebieden, herindelingen.

mod area;
pub mod errors;
pub(crate) mod input;
pub(crate) mod lookup;
mod municipality;
pub mod mutations;
mod register_area;
mod register_region;
mod reorganisation;
mod reorganise;
pub(crate) mod repo;
pub mod schema;
mod set_members;
mod sole;
mod tile;
mod undo;
mod withdraw;

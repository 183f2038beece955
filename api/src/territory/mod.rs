//! Municipalities, areas and how they change. NL: gemeenten, gebieden, herindelingen.

mod code;
pub(crate) mod loader;
pub(crate) mod mutations;
pub(crate) mod repo;
pub(crate) mod schema;

pub use code::{AreaCode, MunicipalityCode};

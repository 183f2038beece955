//! Where facts come from: documents, and the place in them. NL: bronnen.

pub(crate) mod loader;
pub(crate) mod schema;

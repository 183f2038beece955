//! How good the data are: every published figure beside the computed one, every decision that was
//! taken when a source was read, every gap that we know of. The report itself is `dataset`'s; it is
//! made of what is known at the moment of the request, so what people bring in after an import is
//! compared as well. NL: gegevenskwaliteit.

pub(crate) mod adoption;
pub mod schema;

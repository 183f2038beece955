//! Feed keys as their owners see them: made, exchanged, withdrawn. NL: sleutels voor feeds.

pub mod errors;
pub(crate) mod mutations;
pub(crate) mod schema;

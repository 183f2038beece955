//! Feed keys as their owners see them: made, exchanged, withdrawn. NL: sleutels voor feeds.

pub mod mutations;
pub(crate) mod schema;

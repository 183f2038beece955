//! What the service says of itself, and of whoever asks.

mod permission;
pub(crate) mod schema;

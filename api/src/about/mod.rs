//! What the service says of itself, and of whoever asks.

pub(crate) mod schema;

//! What the service says of itself, and of whoever asks.

mod permission;
pub mod schema;

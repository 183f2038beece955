//! A GraphQL document made ready to be executed, in one place for everything that brings one.
//!
//! The executor does not follow the specification in its validation, its defaults, its conditions
//! and its merging of fields. So a document is parsed and validated here by another library
//! ([`validate`]), its values are read against the types of their places ([`coerce`]), and the
//! operation that is to run is handed to the executor with all that carried out ([`convert`]). What
//! is ready for any variables is kept by its hash ([`Cache`]).
//!
//! It knows neither HTTP nor who asks, and trusts that the gate has bounded size and depth.

mod allowance;
mod cache;
mod coerce;
mod convert;
mod document;
mod given;
mod literals;
mod mistakes;
mod place;
mod places;
mod position;
mod rules;
mod scalars;
mod schema;
mod sentences;
#[cfg(test)]
mod tests;
mod validate;
mod variables;

pub use cache::{Cache, Capacity, DocumentHash};
pub use convert::NOTHING;
pub use document::{Document, Operation};
pub use mistakes::Mistake;
pub use rules::Rule;
pub use schema::{Schema, SchemaError};

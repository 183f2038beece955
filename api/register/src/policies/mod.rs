//! Policy on human trafficking: documents, the decisions that adopt them, and what a document says.
//!
//! A document and an adoption are two things: a regional plan counts for a municipality only from
//! its own decision, and a decision of which the source does not name the municipality counts for
//! nobody. Publicly only dates are told; whether a policy meets the framework is the business of
//! [`compliance::verdict`], which asks more of an adoption than the state that is told here
//! ([`rules`]). NL: beleid.

pub mod adopt;
mod adoption;
mod declare;
mod document;
pub mod errors;
pub(crate) mod lookup;
pub mod mutations;
mod provision;
mod record;
mod repo;
pub mod schema;
mod term;

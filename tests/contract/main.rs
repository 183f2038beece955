//! What others rely on, and what we promised ourselves: the schema, its descriptions, who may do
//! what, and which part of the code may know which other.

mod bounds;
mod corpus;
mod descriptions;
mod documentation;
mod evolution;
mod layering;
mod licences;
mod names;
mod nodes;
mod permissions;
mod policy_matrix;
mod prose;
mod schema;
mod sentences;
mod shape;
mod words;

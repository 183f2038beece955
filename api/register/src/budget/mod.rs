//! The money of the plan: what both tables of the letter print, side by side, and what follows from
//! them.
//!
//! An amount is in whole euros. A printed 0, a dash, an empty cell and a year that no table has are
//! four things, and none of the last three is ever shown as 0. A row that several actions share is
//! one row and counts once. Money that was promised stands apart from money that was planned;
//! rejected and other money is told and is in no sum. NL: begroting.

mod cell;
mod comparison;
pub mod errors;
mod execution;
mod funding;
pub mod mutations;
mod repo;
pub mod schema;
mod set;

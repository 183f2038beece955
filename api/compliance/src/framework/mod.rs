//! The framework: editions, themes, criteria, and the periods in which municipalities report. NL:
//! VNG-kader.

mod append_edition;
pub mod book;
pub(crate) mod consultation;
mod edition;
mod edition_input;
pub mod errors;
mod loader;
pub(crate) mod mutations;
mod open;
mod propose;
pub(crate) mod repo;
mod reschedule;
pub(crate) mod schema;
mod tried;
mod withdraw;

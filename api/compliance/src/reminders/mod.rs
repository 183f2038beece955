//! Whom to remind: for VNG the municipalities that have something to hand in or to answer, for the
//! ministry the owners of actions that have not reported in the open round. NL: te herinneren.
//!
//! What is told of a municipality are its own tasks, found by the statements that find them for
//! itself, so that nobody is reminded of what is done. As tasks, reminders are kept nowhere.

mod find;
mod repo;
pub(crate) mod schema;
mod sheet;

pub use self::{
    find::Filter,
    sheet::{Form, Sheet, sheet},
};

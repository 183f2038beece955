//! What somebody must do: a task for each thing that waits for the viewer, with the mutation that
//! clears it.
//!
//! Tasks are kept nowhere. They are read from what is there: a period that is open and an
//! assessment that is not handed in, a version that nobody reviewed, an action without a report. So
//! a task is gone when the thing is done, and nobody can forget to tick it off.

pub(crate) mod acceptance;
mod duties;
mod evidence;
mod renewal;
pub(crate) mod repo;
pub(crate) mod review_item;
pub(crate) mod schema;

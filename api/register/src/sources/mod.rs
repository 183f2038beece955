//! Where facts come from: documents, the place in them, what they cite in turn; and what parliament
//! and the partners asked of the plan. [`schema`] has `Source` and the documents, [`motion`] and
//! [`proposal`] what was asked, [`rules`] how a place in a document is quoted, [`register`] how a
//! document gets in, [`record_motion`] how a motion does. NL: bronnen.

pub mod errors;
pub mod input;
mod lookup;
pub mod motion;
mod motion_repo;
pub mod mutations;
pub mod proposal;
mod record_motion;
mod register;
mod repo;
pub mod schema;

/// The document that says so, and the place in it: as facts and entries of the ledger keep them.
pub(crate) type Sourced = (String, String);

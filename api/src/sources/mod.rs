//! Where facts come from: documents, the place in them, what they cite in turn; and what parliament and the partners
//! asked of the plan. [`schema`] has `Source` and the documents, [`motion`] and [`proposal`] what was asked, [`rules`]
//! how a place in a document is quoted, [`register`] how a
//! document gets in. NL: bronnen.

pub(crate) mod input;
pub(crate) mod motion;
pub(crate) mod proposal;
pub(crate) mod register;
mod repo;
mod rules;
pub(crate) mod schema;

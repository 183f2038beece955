//! The data set: reads the files of `api/data/`, checks them, and imports them through the ledger.
//!
//! The files are made to be corrected by hand. The module `tables` says what each column holds,
//! [`DataSet`] reads the files and reports every mistake with file and line, [`import()`] appends
//! what is new or changed and withdraws what is gone, and a [`ValidationReport`] sets published
//! figures beside computed ones, of the files before an import and, by [`stored_report`], of what
//! the ledger knows at any moment. Importing the same files twice adds nothing. [`demo`] fills a
//! database with invented assessments in the same way.

mod cells;
mod checks;
mod contradictions;
pub mod demo;
mod files;
mod gone;
mod import;
mod report;
mod rows;
mod rule_set;
mod stored;
mod tables;
pub mod translations;

pub use contradictions::contradictions;
pub use files::{DataError, DataSet, Mistake};
pub(crate) use import::import_as;
pub use import::{ImportError, Imported, import};
pub use report::{Check, Outcome, ValidationReport};
pub use stored::stored_report;

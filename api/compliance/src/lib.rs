//! Compliance: which municipalities and regions meet the VNG framework and which do not, and what
//! hangs on it.
//!
//! One folder per noun: the framework, assessments, verdicts, the picture, publications, regional
//! answers and duties, monitoring rounds, tasks, reminders, deadlines; and what looks over everything: the ledger as
//! clients see it, search, the release of what was under embargo, redaction, feed keys, notices
//! outside the API. The contract merges all of them with the register.

// The compiler lays out the future of a query through every field that may be asked in it.
#![recursion_limit = "256"]

mod about;
pub mod assessment;
pub mod contract;
pub mod deadlines;
pub mod duties;
pub mod feed_keys;
pub mod framework;
pub mod ledger;
mod mdto;
pub mod monitoring;
mod node;
pub mod notices;
mod picture;
pub mod publication;
pub mod redaction;
pub mod regional;
pub mod release;
pub mod reminders;
pub mod schema;
mod search;
mod table;
mod tasks;
mod verdict;
pub mod workbook;

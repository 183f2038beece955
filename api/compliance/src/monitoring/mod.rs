//! Monitoring rounds as they are run: the ministry opens a round, owners report on their actions,
//! the ministry closes it. NL: monitoringsronde.
//!
//! A report in an open round is a fact of a table of its own (`round_report`), seen by its reporter
//! and the ministry alone. Closing the round appends the reports that it accepts to
//! `status_report`; from then on they exist for the dashboard, the search, the ledger and
//! everybody. So nothing that reads the plan has to know of open rounds.
//!
//! A whole round also goes out and comes back as a table: [`sheet`] is what it looks like,
//! [`status_sheet`] gives it out, [`import`] reads it back.

pub mod close;
mod correct;
pub mod errors;
mod import;
pub(crate) mod mutations;
mod open;
mod repo;
mod report;
pub(crate) mod schema;
mod sheet;
pub mod status_sheet;

//! The picture: which municipalities meet the framework and which do not, by country and by area.
//!
//! `rules` counts, from plain values; `repo` selects them under the scope of the reader, `facts`
//! reads what one picture needs; `contract` and `schema` are what clients see and ask, `view` what
//! a group tells to whom. A group is counted for whoever sees every one of its members and for
//! nobody else: from part of a group the rest could be computed. Whoever sees less is told what is
//! published, which `publication` knows; whoever sees totals of what is not confirmed and no verdict
//! behind them is given those of a Monday, which `ledger::judge::given` reads.

pub(crate) mod contract;
mod facts;
pub(crate) mod parts;
mod question;
pub(crate) mod repo;
pub(crate) mod schema;
mod trend;
mod view;

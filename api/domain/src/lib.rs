//! The domain: what the service knows by itself, without a database or a network.
//!
//! Facts go in, a value comes out. [`policy`] says who may see and do what, the file `rules.rs` of
//! each noun what follows from facts, [`code_list`] which words have one code and one label. No
//! async, no SQL, no GraphQL: a rule is tested with literals, in seconds. Only [`clock`] asks the
//! machine for something, the time; every rule is handed its day.

pub mod actor;
pub mod assessment;
pub mod budget;
pub mod clock;
pub mod code_list;
pub mod csv_cell;
pub mod dates;
pub mod day_range;
pub mod document;
pub mod duties;
pub mod error;
pub mod feed_keys;
pub mod framework;
pub mod goals;
pub mod guidance;
pub mod ledger;
pub mod lists;
pub mod mistake;
pub mod monitoring;
pub mod notices;
pub mod partners;
pub mod personal_data;
pub mod picture;
pub mod plan;
pub mod policies;
pub mod policy;
pub mod publication;
pub mod quality;
pub mod recent;
pub mod redaction;
pub mod regional;
pub mod search;
pub mod sources;
pub mod tasks;
pub mod territory;
pub mod text;
pub mod verdict;
pub mod warning;

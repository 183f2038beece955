//! The program `stm`: its subcommands, its settings and its log.
//!
//! A request walks one way. `transport` takes it in; `auth` makes an actor of its token; the schema
//! hands each field to a feature of `register` or `compliance`; the feature asks `domain::policy`
//! for a scope or a permit and its repository for rows; `database` has opened the one transaction
//! that all of them share. A change goes through `ledger`, the one way by which a fact gets in.
//! Rules are pure: `domain` knows neither Postgres nor the clock.
//!
//! Nothing is overwritten: facts are appended, and the present is a query at a ledger number and a
//! day.

// The schema's futures nest deeper than the compiler looks by itself when it optimises.
#![recursion_limit = "256"]

pub mod cli;
pub mod config;
pub mod telemetry;

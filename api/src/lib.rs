//! The monitor of the Dutch action plan *Samen tegen mensenhandel*: how far it is, who does what, and which
//! municipalities meet the VNG framework, with the source and the date of every figure.
//!
//! A request walks one way. [`http`] takes it in; [`auth`] makes an actor of its token; [`schema`] hands each field to a
//! feature (`plan`, `territory`, [`framework`], `assessment`, [`verdict`], …); the feature asks [`policy`] for a scope or
//! a permit and its repository for rows; [`db`] has opened the one transaction that all of them share. A change goes
//! through [`ledger`], the one way by which a fact gets in. Rules are pure: `…/rules.rs` knows neither Postgres nor the
//! clock.
//!
//! Nothing is overwritten: facts are appended, and the present is a query at a ledger number and a day.

// The compiler lays out the future of `schema::Query` through one level per feature that is merged into it.
#![recursion_limit = "256"]

pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod dataset;
pub mod db;
pub mod demo;
mod duties;
pub mod framework;
pub mod http;
pub mod ids;
pub mod ledger;
pub mod limits;
pub mod policy;
pub mod redaction;
pub mod schema;
pub mod telemetry;
pub mod territory;
pub mod verdict;

mod about;
mod assessment;
mod bi;
mod budget;
mod code_list;
mod csv_cell;
mod goals;
mod graphql;
mod guidance;
mod monitoring;
mod partners;
mod picture;
mod plan;
mod policies;
mod publication;
mod quality;
mod regional;
mod release;
mod search;
mod sources;
mod tasks;

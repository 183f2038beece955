//! What BI tools pull: flat tables over the star schema, as feeds and as OData, under the same
//! scope as everything else.
//!
//! [`tables`] is the one list of tables and columns; the views of schema `bi` are their rows.
//! [`reach`] asks the policy of the domain which rows somebody may read, `filter` and
//! [`selection`] make SQL of it, which [`repo`] runs; [`feed`] streams CSV and NDJSON, [`file`]
//! writes workbooks and Parquet, [`odata`] answers spreadsheets; [`form`] lists the forms. [`csvw`]
//! and [`catalog`] describe the tables to machines. A program shows a feed key ([`keys`]) where a
//! person shows a token. The routes themselves belong to the crate `transport`.

pub mod caller;
pub mod catalog;
pub mod choice;
pub mod csv;
pub mod csvw;
pub mod feed;
pub mod file;
mod filter;
pub mod form;
mod json;
pub mod keys;
pub mod odata;
pub mod reach;
mod records;
pub mod repo;
pub mod rows;
pub mod selection;
pub mod tables;
mod versions;

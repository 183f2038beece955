//! What BI tools pull: flat tables over the star schema, as feeds and as OData, under the same scope as everything else.
//!
//! [`tables`] is the one list of tables and columns; the views of schema `bi` are their rows. [`reach`] asks `policy` which
//! rows somebody may read, [`filter`] and [`repo`] make SQL of it, [`feed`] streams CSV and NDJSON, [`odata`] answers spreadsheets. A program shows a feed
//! key ([`keys`]) where a person shows a token.

pub(crate) mod caller;
pub(crate) mod csv;
pub(crate) mod feed;
pub(crate) mod filter;
pub(crate) mod json;
pub(crate) mod keys;
pub(crate) mod odata;
pub(crate) mod reach;
pub(crate) mod repo;
pub(crate) mod tables;

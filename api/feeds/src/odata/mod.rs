//! OData v4.0, minimal conformance: what Excel, Power BI and Tableau load a table with.
//!
//! The module `parse` reads a `$filter` into a typed tree, against the columns of one table: an
//! unknown column, a text compared with a number, or a function that we do not know is a mistake
//! with its place, and no part of what a client wrote becomes SQL. [`options`] reads the other
//! query options, [`metadata`] writes the schema, [`page`] a page of rows.
//!
//! No links between tables and no annotations: Power BI follows every navigation property that it
//! is told of, one request per row. A `nextLink` pins ledger number, day and scope, so that the
//! pages of one load belong together.
//!
//! Crates that we looked at: `odatav4-parser` 0.0.3 renders SQL with the values written into the
//! text; `odata-params` 0.4 gives an untyped tree, knows no bound on nesting (its recursive grammar
//! ends the process on deep brackets) and brings a second chrono-tz and bigdecimal;
//! `odata-parser-rs` reads metadata and no queries. What is left to write after any of them is most
//! of what stands here, so none is used.

mod key;
pub mod metadata;
pub mod options;
pub mod page;
mod parse;
mod place;
mod words;

use crate::{filter::Filter, tables::Table};
use domain::text::Text;

/// Reads a filter on the rows of a table, in the language of `$filter`.
pub(crate) fn filter(table: &'static Table, text: &str) -> Result<Filter, Wrong> {
    parse::filter(table, text, &words::Aliases::default())
}

/// A mistake in a request, in Dutch and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Whether it is a mistake of the client or a limit of ours.
    pub kind: WrongKind,
    /// What is wrong, in Dutch.
    pub nl: String,
    /// What is wrong, in English.
    pub en: String,
}

/// What kind of mistake it is: the status of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongKind {
    /// It cannot be understood.
    BadRequest,
    /// It is OData, and more than this service does.
    NotImplemented,
}

impl Wrong {
    fn bad(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            kind: WrongKind::BadRequest,
            nl: nl.into(),
            en: en.into(),
        }
    }

    fn of(text: Text) -> Self {
        Self::bad(text.nl, text.en)
    }

    fn not_here(nl: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            kind: WrongKind::NotImplemented,
            nl: nl.into(),
            en: en.into(),
        }
    }
}

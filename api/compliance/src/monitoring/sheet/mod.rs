//! The reports of a monitoring round as a table: a row for each action, with what was reported on
//! it last. Read whole; every mistake is told with its row, its column and its cell as a
//! spreadsheet names them.
//!
//! [`columns`] says what each column is called, [`shown`] gathers what a sheet shows, [`write`]
//! writes it as CSV and [`workbook`] as a workbook, and [`read`] reads it back beside what is known,
//! [`row`] one row of it.

pub(super) mod columns;
pub(super) mod read;
mod repo;
mod row;
pub(super) mod shown;
#[cfg(test)]
mod tests;
pub(super) mod workbook;
pub(super) mod write;

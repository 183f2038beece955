//! A sheet as it is given out: in which form, and what there is for whoever wants it.

use sea_orm::DbErr;

use super::workbook::NotWritten;
use database::DbError;
use domain::error::chain;

/// How a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// CSV by RFC 4180, in English and Dutch.
    #[default]
    Csv,
    /// CSV as Dutch spreadsheets open it.
    DutchCsv,
    /// A workbook of Excel, in Dutch.
    Workbook,
}

/// What there is for whoever wants a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// The sheet.
    File(Vec<u8>),
    /// There is no such thing to give a sheet of, or none that the caller may fill in.
    NotFound,
    /// The role fills in no such sheets at all.
    NotForThisRole,
}

/// A workbook that could not be written, as what stops a request.
pub(crate) fn unwritten(error: NotWritten) -> DbError {
    DbError::doing("writing a sheet")(DbErr::Custom(chain(&error)))
}

//! What all workbooks that are filled in share: a page that explains, cells that are open beside
//! cells that are protected, and choices on a hidden page, which may be longer than the 255
//! characters that a list within a cell takes.
//!
//! Only what is to be filled in is not protected. What is filled in is text, so that no program
//! makes a date of it.

use chrono::NaiveDate;
use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

use crate::workbook::properties;

/// The name of the hidden page.
const CHOICES: &str = "Keuzen";

/// A workbook that could not be written.
#[derive(Debug, Error)]
#[error("writing a workbook")]
pub(crate) struct NotWritten(#[source] XlsxError);

impl From<XlsxError> for NotWritten {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// A workbook with its title, made on a day of the service, not of the machine.
pub(crate) fn titled(title: &str, made_on: NaiveDate) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(title, made_on)?);
    Ok(book)
}

/// How a cell looks that holds a text, of which no program makes a date.
pub(crate) fn text() -> Format {
    Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

/// Writes the page that explains: a title and lines under it.
pub(crate) fn explain(page: &mut Worksheet, lines: &[String]) -> Result<(), XlsxError> {
    page.set_name("Uitleg")?.protect();
    page.set_column_width(0, 100)?;
    let bold = Format::new().set_bold().set_text_wrap();
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, line) in (0..).zip(lines) {
        let format = if row == 0 { &bold } else { &plain };
        page.write_string_with_format(row, 0, line.as_str(), format)?;
    }
    Ok(())
}

/// How the cells of the page that is filled in look.
pub(crate) struct Formats {
    /// Of the names of the columns.
    pub(crate) head: Format,
    /// Of what is only to be read.
    pub(crate) top: Format,
    /// Of what is to be filled in.
    pub(crate) open: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let top = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            head: top.clone().set_bold(),
            open: top
                .clone()
                .set_num_format("@")
                .set_background_color(0x00FF_F2CC)
                .set_unlocked(),
            top,
        }
    }
}

/// Names the page that is filled in and protects it, but for what makes it easier to read; the
/// first row and this many columns stay in sight.
pub(crate) fn begin(
    page: &mut Worksheet,
    name: &str,
    columns_in_sight: u16,
) -> Result<(), XlsxError> {
    page.set_name(name)?
        .protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
    page.set_freeze_panes(1, columns_in_sight)?;
    page.set_active(true);
    Ok(())
}

/// The choices of a cell: a range of the hidden page, as in `$A$1:$A$5`.
pub(crate) fn chosen_from(range: &str) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_list_formula(Formula::new(format!("={CHOICES}!{range}")))
        .set_error_title("Kies uit de lijst")
        .and_then(|list| list.set_error_message("Kies een van de woorden uit de lijst."))
}

/// Writes the hidden page: each list of choices in a column of its own.
pub(crate) fn choices(page: &mut Worksheet, lists: &[Vec<&str>]) -> Result<(), XlsxError> {
    page.set_name(CHOICES)?.set_hidden(true).protect();
    for (column, list) in (0..).zip(lists) {
        for (row, word) in (0..).zip(list) {
            page.write_string(row, column, *word)?;
        }
    }
    Ok(())
}

//! A workbook that somebody sends, made the table that it holds. The rows and columns keep their
//! places, so that a mistake names the cell that somebody sees.

use super::written;
use crate::workbook::{NotOpened, Page, pages};

/// Rows among which the names of the columns stand.
const HEADER_WITHIN: usize = 20;

/// By what the page of a workbook is known that holds the table somebody sends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recognition {
    /// Whether these are the headers of the table.
    pub(crate) is_header: fn(&[&str]) -> bool,
    /// The columns that it must have, in Dutch and in English.
    pub(crate) columns: (&'static str, &'static str),
}

/// The table that a workbook holds, as CSV, each row and column where it stood: that of the first
/// page with a row that names the columns.
///
/// # Errors
/// When it cannot be opened, or holds no such table.
pub(crate) fn table_of(bytes: &[u8], of: Recognition) -> Result<String, NotOpened> {
    for (_, page) in pages(bytes)? {
        if let Some(header) = header_of(&page, of) {
            return Ok(text_of(&page, header));
        }
    }
    let (nl, en) = of.columns;
    Err(NotOpened::NoTable(nl, en))
}

/// The row that names the columns.
fn header_of(page: &Page, of: Recognition) -> Option<u32> {
    let mut rows = page.iter().take(HEADER_WITHIN);
    let found = rows.find(|(_, cells)| {
        let headers: Vec<&str> = cells.values().map(String::as_str).collect();
        (of.is_header)(&headers)
    });
    found.map(|(row, _)| *row)
}

/// The page as CSV from its header on, with an empty line for each row that is not there.
fn text_of(page: &Page, header: u32) -> String {
    let mut text = String::new();
    let mut next = 0;
    for (row, cells) in page.range(header..) {
        while next < *row {
            text += "\r\n";
            next += 1;
        }
        let last = cells.keys().next_back().copied().unwrap_or_default();
        text += &written((0..=last).map(|at| cells.get(&at).map_or("", String::as_str)));
        next += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    use super::*;

    const COLUMNS: (&str, &str) = ("Criterium en Antwoord", "criterion and answer");

    /// A table that names criteria and answers, in either language.
    fn table_of(bytes: &[u8]) -> Result<String, NotOpened> {
        let is_header = |headers: &[&str]| {
            let has = |one: &str, other: &str| headers.contains(&one) || headers.contains(&other);
            has("Criterium", "criterion") && has("Antwoord", "answer")
        };
        let of = Recognition {
            is_header,
            columns: COLUMNS,
        };
        super::table_of(bytes, of)
    }

    #[test]
    fn rows_and_columns_keep_their_places_and_values_become_texts() {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "Uitleg").unwrap();
        let page = book.add_worksheet();
        page.write_string(0, 0, "Gemeente Hilversum").unwrap();
        page.write_string(2, 1, "Criterium").unwrap();
        page.write_string(2, 2, "Antwoord").unwrap();
        page.write_string(2, 3, "Toelichting").unwrap();
        page.write_string(4, 1, "SV-01").unwrap();
        page.write_boolean(4, 2, true).unwrap();
        let date = ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
        let format = Format::new().set_num_format("dd-mm-yyyy");
        page.write_datetime_with_format(4, 3, &date, &format)
            .unwrap();
        page.write_string(5, 1, "SV-03").unwrap();
        page.write_number(5, 2, 1.0).unwrap();
        page.write_string(5, 3, "'-5% minder; of niet").unwrap();
        let text = table_of(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(
            text,
            "\r\n\r\n,Criterium,Antwoord,Toelichting\r\n\r\n,SV-01,WAAR,2026-03-01\r\n,SV-03,1,\
             \"''-5% minder; of niet\"\r\n"
        );
    }

    #[test]
    fn what_is_no_sheet_is_refused() {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "iets").unwrap();
        let other = book.save_to_buffer().unwrap();
        assert_eq!(
            table_of(&other),
            Err(NotOpened::NoTable(COLUMNS.0, COLUMNS.1))
        );
        assert_eq!(table_of(b"criterion,answer\n"), Err(NotOpened::NoWorkbook));
    }
}

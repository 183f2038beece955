//! A workbook that somebody sends, made the table that it holds. The rows and columns keep their
//! places, so that a mistake names the cell that somebody sees.

use std::collections::BTreeMap;

use super::{columns::is_of_sheet, many::is_of_many};
use crate::{
    assessment::table::written,
    workbook::{NotOpened, Page, pages},
};

/// Rows among which the names of the columns stand.
const HEADER_WITHIN: usize = 20;

/// The table that a workbook holds, as CSV, each row and column where it stood.
///
/// # Errors
/// When it cannot be opened, or holds no answer sheet.
pub fn table_of(bytes: &[u8]) -> Result<String, NotOpened> {
    find(bytes, is_of_sheet_row, NotOpened::NoSheet)
}

/// The table of many municipalities that a workbook holds, likewise.
///
/// # Errors
/// When it cannot be opened, or holds no such table.
pub fn table_of_many(bytes: &[u8]) -> Result<String, NotOpened> {
    find(bytes, is_of_many_row, NotOpened::NoTable)
}

/// The first page with a row that names the columns.
fn find(
    bytes: &[u8],
    is_header: fn(&BTreeMap<u32, String>) -> bool,
    none: NotOpened,
) -> Result<String, NotOpened> {
    for (_, page) in pages(bytes)? {
        if let Some(header) = header_of(&page, is_header) {
            return Ok(text_of(&page, header));
        }
    }
    Err(none)
}

/// The row that names the columns.
fn header_of(page: &Page, is_header: fn(&BTreeMap<u32, String>) -> bool) -> Option<u32> {
    let mut rows = page.iter().take(HEADER_WITHIN);
    let found = rows.find(|(_, cells)| is_header(cells));
    found.map(|(row, _)| *row)
}

fn is_of_sheet_row(cells: &BTreeMap<u32, String>) -> bool {
    is_of_sheet(cells.values().map(String::as_str))
}

fn is_of_many_row(cells: &BTreeMap<u32, String>) -> bool {
    is_of_many(cells.values().map(String::as_str))
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
    fn a_table_of_many_is_found_by_its_column_of_municipalities() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write_string(0, 0, "Uitvraag november").unwrap();
        page.write_string(1, 0, "Gemeente").unwrap();
        page.write_string(1, 1, "SV-01").unwrap();
        page.write_string(2, 0, "GM0402").unwrap();
        page.write_string(2, 1, "Voldaan").unwrap();
        let file = book.save_to_buffer().unwrap();
        let text = "\r\nGemeente,SV-01\r\nGM0402,Voldaan\r\n";
        assert_eq!(table_of_many(&file).as_deref(), Ok(text));
        assert_eq!(table_of(&file), Err(NotOpened::NoSheet));
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "Gemeente").unwrap();
        let alone = book.save_to_buffer().unwrap();
        assert_eq!(table_of_many(&alone), Err(NotOpened::NoTable));
    }

    #[test]
    fn what_is_no_sheet_is_refused() {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "iets").unwrap();
        let other = book.save_to_buffer().unwrap();
        assert_eq!(table_of(&other), Err(NotOpened::NoSheet));
        assert_eq!(table_of(b"criterion,answer\n"), Err(NotOpened::NoWorkbook));
    }
}

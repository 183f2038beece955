//! Workbooks as other programs read and write them.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;

/// The cells of one page of a workbook that has these pages, as texts.
pub(crate) fn cells_of(page: &str, pages: &[&str], file: Vec<u8>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
    assert_eq!(book.sheet_names(), pages);
    let range = book.worksheet_range(page).unwrap();
    let rows = range.rows();
    rows.map(|row| row.iter().map(Data::to_string).collect())
        .collect()
}

/// A workbook as another program writes it: one page, all cells texts.
pub(crate) fn written(cells: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in (0..).zip(cells) {
        for (column, cell) in (0..).zip(cells) {
            page.write_string(row, column, cell.as_str()).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

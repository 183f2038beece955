//! A workbook that somebody sends, made the table that it holds.
//!
//! A workbook is an archive that may inflate to anything, so that it is inflated once as far as its
//! bound before it is read; and its cells are read one by one, since a far cell would make a plain
//! reader keep room for all cells before it. Macros are refused. The rows and columns keep their
//! places, so that a mistake names the cell that somebody sees.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::written;
use domain::text::Text;

/// Bytes that a workbook may have, inflated.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// Files that a workbook may consist of.
const MOST_FILES: usize = 200;
/// Cells with something in them that a page may have.
const MOST_CELLS: usize = 50_000;
/// Rows and columns in which something may stand.
const LAST: (u32, u32) = (2_000, 200);
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

/// Why a workbook was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpened {
    /// It is no workbook of the form `.xlsx`, or is protected by a password.
    NoWorkbook,
    /// It has macros.
    Macros,
    /// It inflates to more than anybody would fill in.
    TooLarge,
    /// No page of it has these columns, in Dutch and in English.
    NoSheet(&'static str, &'static str),
}

impl NotOpened {
    /// What to do, in Dutch and in English.
    #[must_use]
    pub fn message(self) -> Text {
        match self {
            Self::NoWorkbook => Text::new(
                "Dit is geen leesbaar Excelbestand. Sla het op als .xlsx, zonder wachtwoord.",
                "This is no readable Excel file. Save it as .xlsx, without a password.",
            ),
            Self::Macros => Text::new(
                "Dit Excelbestand heeft macro's. Sla het op als .xlsx.",
                "This Excel file has macros. Save it as .xlsx.",
            ),
            Self::TooLarge => Text::new(
                "Dit Excelbestand bevat veel meer dan een invulblad. Vul het blad in dat u \
                 ophaalde.",
                "This Excel file holds far more than a sheet to fill in. Fill in the sheet that you \
                 fetched.",
            ),
            Self::NoSheet(nl, en) => Text::new(
                format!("Geen blad in dit Excelbestand heeft de kolommen {nl}."),
                format!("No page of this Excel file has the columns {en}."),
            ),
        }
    }
}

/// The table that a workbook holds, as CSV, each row and column where it stood.
///
/// # Errors
/// When it cannot be opened, or holds no such table.
pub(crate) fn table_of(bytes: &[u8], of: Recognition) -> Result<String, NotOpened> {
    inspect(bytes)?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|_: XlsxError| NotOpened::NoWorkbook)?;
    for name in book.sheet_names() {
        let page = page_of(&mut book, &name)?;
        if let Some(header) = header_of(&page, of) {
            return Ok(text_of(&page, header));
        }
    }
    Err(NotOpened::NoSheet(of.columns.0, of.columns.1))
}

/// Inflates every file of the archive up to the bound, and looks for macros.
fn inspect(bytes: &[u8]) -> Result<(), NotOpened> {
    let no_workbook = |_| NotOpened::NoWorkbook;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(no_workbook)?;
    if archive.len() > MOST_FILES {
        return Err(NotOpened::TooLarge);
    }
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(no_workbook)?;
        let name = file.name().to_lowercase();
        if name.ends_with("vbaproject.bin") {
            return Err(NotOpened::Macros);
        }
        let mut sink = Vec::new();
        let mut bounded = file.take(left + 1);
        bounded
            .read_to_end(&mut sink)
            .map_err(|_| NotOpened::NoWorkbook)?;
        left = left
            .checked_sub(sink.len() as u64)
            .ok_or(NotOpened::TooLarge)?;
        let is_of_macros = |text: &[u8]| String::from_utf8_lossy(text).contains("macroEnabled");
        if name == "[content_types].xml" && is_of_macros(&sink) {
            return Err(NotOpened::Macros);
        }
    }
    Ok(())
}

/// The cells of a page that have something in them, by row and column from 0.
type Page = BTreeMap<u32, BTreeMap<u32, String>>;

fn page_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Page, NotOpened> {
    let mut page = Page::new();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A page of another kind, as a chart.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(page),
        Err(_) => return Err(NotOpened::NoWorkbook),
    };
    let mut cells = 0;
    while let Some(cell) = reader.next_cell().map_err(|_| NotOpened::NoWorkbook)? {
        let text = cell_text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        cells += 1;
        if row > LAST.0 || column > LAST.1 || cells > MOST_CELLS {
            return Err(NotOpened::TooLarge);
        }
        page.entry(row).or_default().insert(column, text);
    }
    Ok(page)
}

/// A value as a text: a truth value as Dutch spreadsheets show it, a date as ISO 8601 has it.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is) => if *is { "WAAR" } else { "ONWAAR" }.to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(date) => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            if hour == 0 && minute == 0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        DataRef::Error(error) => error.to_string(),
    }
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
    use std::io::Write as _;

    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    use zip::{ZipWriter, write::SimpleFileOptions};

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

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
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
            Err(NotOpened::NoSheet(COLUMNS.0, COLUMNS.1))
        );
        assert_eq!(table_of(b"criterion,answer\n"), Err(NotOpened::NoWorkbook));
        assert_eq!(
            table_of(&archive(&[("xl/vbaProject.bin", b"x")])),
            Err(NotOpened::Macros)
        );
        let types = b"<Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled\"/>";
        assert_eq!(
            table_of(&archive(&[("[Content_Types].xml", types)])),
            Err(NotOpened::Macros)
        );
    }

    #[test]
    fn a_bomb_is_inflated_as_far_as_its_bound() {
        let bomb = archive(&[("xl/worksheets/sheet1.xml", &vec![b' '; 20 * 1024 * 1024])]);
        assert!(bomb.len() < 64 * 1024);
        assert_eq!(table_of(&bomb), Err(NotOpened::TooLarge));
        let many: Vec<String> = (0..300).map(|at| format!("{at}.xml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(table_of(&archive(&many)), Err(NotOpened::TooLarge));
        // A cell far away makes nobody keep room for those before it.
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write_string(0, 0, "criterion").unwrap();
        page.write_string(0, 1, "answer").unwrap();
        page.write_string(1_000_000, 16_000, "x").unwrap();
        let far = book.save_to_buffer().unwrap();
        assert_eq!(table_of(&far), Err(NotOpened::TooLarge));
    }
}

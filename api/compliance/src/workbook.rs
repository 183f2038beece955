//! Workbooks of Excel: what those have that the service writes, and those that somebody sends,
//! opened as far as their bounds, their cells as texts.
//!
//! A workbook is an archive that may inflate to anything, so that it is inflated once as far as its
//! bound before it is read; and its cells are read one by one, since a far cell would make a plain
//! reader keep room for all cells before it. Macros are refused.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime};
use zip::ZipArchive;

use domain::text::Text;

/// Bytes that a workbook may have, inflated.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// Files that a workbook may consist of.
const MOST_FILES: usize = 200;
/// Pages that a workbook may have: any number of them may be made of one file.
const MOST_PAGES: usize = 50;
/// Cells with something in them that a workbook may have.
const MOST_CELLS: usize = 50_000;
/// Bytes of the texts of all its cells: many cells may share one long text, which the file holds
/// once.
const MOST_TEXT: usize = 16 * 1024 * 1024;
/// Rows and columns in which something may stand.
const LAST: (u32, u32) = (2_000, 200);

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
    NoTable(&'static str, &'static str),
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
                "Dit Excelbestand bevat veel meer dan het blad dat u ophaalde. Vul dat blad in.",
                "This Excel file holds far more than the sheet that you fetched. Fill in that one.",
            ),
            Self::NoTable(nl, en) => Text::new(
                format!("Geen blad in dit Excelbestand heeft de kolommen {nl}."),
                format!("No page of this Excel file has the columns {en}."),
            ),
        }
    }
}

/// The properties of a workbook that the service writes: its day is that of the service, not of the
/// machine, so that the same content has the same bytes.
///
/// # Errors
/// When workbooks know no such day.
pub(crate) fn properties(
    title: &str,
    day: NaiveDate,
) -> Result<DocProperties, rust_xlsxwriter::XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    let [month, day] = [day.month(), day.day()].map(|part| u8::try_from(part).unwrap_or_default());
    let made_on = ExcelDateTime::from_ymd(year, month, day)?;
    let properties = DocProperties::new();
    Ok(properties.set_title(title).set_creation_datetime(&made_on))
}

/// The pages of a workbook by their names, in their order.
///
/// # Errors
/// When it cannot be opened.
pub(crate) fn pages(bytes: &[u8]) -> Result<Vec<(String, Page)>, NotOpened> {
    inspect(bytes)?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|_: XlsxError| NotOpened::NoWorkbook)?;
    let names = book.sheet_names();
    if names.len() > MOST_PAGES {
        return Err(NotOpened::TooLarge);
    }
    let mut room = Room {
        cells: MOST_CELLS,
        text: MOST_TEXT,
    };
    names
        .into_iter()
        .map(|name| {
            let page = page_of(&mut book, &name, &mut room)?;
            Ok((name, page))
        })
        .collect()
}

/// What the cells of a workbook that are still to come may hold.
struct Room {
    cells: usize,
    text: usize,
}

impl Room {
    /// Takes room for a text; blanks are no cell, and take as long to read as any text.
    fn take(&mut self, text: &str) -> Result<(), NotOpened> {
        let cells = usize::from(!text.trim().is_empty());
        let text = self.text.checked_sub(text.len());
        self.text = text.ok_or(NotOpened::TooLarge)?;
        let cells = self.cells.checked_sub(cells);
        self.cells = cells.ok_or(NotOpened::TooLarge)?;
        Ok(())
    }
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
pub(crate) type Page = BTreeMap<u32, BTreeMap<u32, String>>;

fn page_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut Room) -> Result<Page, NotOpened> {
    let mut page = Page::new();
    let mut reader = match book.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A page of another kind, as a chart.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(page),
        Err(_) => return Err(NotOpened::NoWorkbook),
    };
    while let Some(cell) = reader.next_cell().map_err(|_| NotOpened::NoWorkbook)? {
        let text = cell_text(cell.get_value());
        room.take(&text)?;
        if text.trim().is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if row > LAST.0 || column > LAST.1 {
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rust_xlsxwriter::Workbook;
    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

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
    fn macros_are_refused() {
        fn opened(files: &[(&str, &[u8])]) -> Option<NotOpened> {
            pages(&archive(files)).err()
        }
        assert_eq!(
            opened(&[("xl/vbaProject.bin", b"x")]),
            Some(NotOpened::Macros)
        );
        let types = b"<Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled\"/>";
        assert_eq!(
            opened(&[("[Content_Types].xml", types)]),
            Some(NotOpened::Macros)
        );
        assert_eq!(
            pages(b"criterion,answer\n").err(),
            Some(NotOpened::NoWorkbook)
        );
    }

    #[test]
    fn a_bomb_is_inflated_as_far_as_its_bound() {
        let bomb = archive(&[("xl/worksheets/sheet1.xml", &vec![b' '; 20 * 1024 * 1024])]);
        assert!(bomb.len() < 64 * 1024);
        assert_eq!(pages(&bomb).err(), Some(NotOpened::TooLarge));
        let many: Vec<String> = (0..300).map(|at| format!("{at}.xml")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_eq!(pages(&archive(&many)).err(), Some(NotOpened::TooLarge));
        // A cell far away makes nobody keep room for those before it.
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write_string(0, 0, "criterion").unwrap();
        page.write_string(0, 1, "answer").unwrap();
        page.write_string(1_000_000, 16_000, "x").unwrap();
        let far = book.save_to_buffer().unwrap();
        assert_eq!(pages(&far).err(), Some(NotOpened::TooLarge));
    }

    #[test]
    fn a_text_that_many_cells_share_counts_in_each_of_them() {
        // Blanks too: they are read for each cell, and then passed over.
        for sign in ["x", " "] {
            let text = sign.repeat(32_767);
            let of_cells = |count: u32| {
                let mut book = Workbook::new();
                let page = book.add_worksheet();
                for row in 0..count {
                    page.write_string(row, 0, text.as_str()).unwrap();
                }
                book.save_to_buffer().unwrap()
            };
            let many = of_cells(600);
            assert!(many.len() < 64 * 1024, "{}", many.len());
            assert_eq!(pages(&many).err(), Some(NotOpened::TooLarge), "{sign:?}");
            assert!(pages(&of_cells(400)).is_ok(), "{sign:?}");
        }
    }

    #[test]
    fn pages_and_the_cells_of_all_of_them_are_bounded() {
        let of_pages = |count: usize, rows: u32| {
            let mut book = Workbook::new();
            for _ in 0..count {
                let page = book.add_worksheet();
                for row in 0..rows {
                    for column in 0..20 {
                        page.write_number(row, column, 1).unwrap();
                    }
                }
            }
            book.save_to_buffer().unwrap()
        };
        assert_eq!(pages(&of_pages(50, 1)).map(|all| all.len()), Ok(50));
        assert_eq!(pages(&of_pages(51, 1)).err(), Some(NotOpened::TooLarge));
        // 40,000 cells and twice 40,000.
        assert!(pages(&of_pages(1, 2_000)).is_ok());
        assert_eq!(pages(&of_pages(2, 2_000)).err(), Some(NotOpened::TooLarge));
    }
}

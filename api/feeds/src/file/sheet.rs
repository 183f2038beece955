//! A workbook of Excel: the rows on a sheet that is named after the table, its header frozen, and
//! what the columns mean on a second one.
//!
//! Text is text, so no key becomes a date or a month and no formula runs. Numbers, days, instants
//! (UTC) and booleans are those of Excel. It knows no day before March 1900 and no whole number
//! beyond 53 bits; such a cell holds the text instead.

use std::fs::File;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{About, NoFile, failed, room::Reserved, value};
use crate::{
    selection::Row,
    tables::{Column, Kind},
};

/// Characters that a cell holds, as UTF-16 counts them.
const LONGEST: usize = 32_767;
/// The largest whole number that Excel keeps every digit of.
const LARGEST: u64 = 1 << 53;
/// What a cell with a text takes on the sheet beside the text, at most: its address and its tags.
const AROUND_TEXT: u64 = 72;
/// The same of any other cell; what it holds takes no more than the text that it came as.
const AROUND_VALUE: u64 = 40;
/// What a row takes beside its cells, at most.
const AROUND_ROW: u64 = 64;
/// Wide enough for a day with its time.
const WIDTH: f64 = 20.0;
/// The name of the second sheet.
pub(super) const EXPLANATION: &str = "Toelichting";

/// A workbook under way.
pub struct SheetWriter {
    workbook: Workbook,
    about: About,
    /// The row to be written next; 0 is the header.
    row: u32,
    day: Format,
    instant: Format,
    /// Bytes of the sheet, which lies in a file of its own until the workbook is whole.
    raw: u64,
    reserved: Reserved,
}

impl std::fmt::Debug for SheetWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetWriter").finish_non_exhaustive()
    }
}

/// The number of a day in Excel; none before March 1900, where it counts a day that never was.
fn serial(day: NaiveDate) -> Option<f64> {
    let days = day.num_days_from_ce() - 693_594;
    (days > 60).then(|| f64::from(days))
}

/// The number of an instant in Excel, in UTC.
fn serial_of_instant(instant: DateTime<Utc>) -> Option<f64> {
    let midnight = instant.date_naive().and_time(chrono::NaiveTime::MIN);
    let within = instant.naive_utc() - midnight;
    let millis = i32::try_from(within.num_milliseconds()).ok()?;
    Some(serial(instant.date_naive())? + f64::from(millis) / 86_400_000.0)
}

/// Bytes of a text on the sheet.
fn written(text: &str) -> u64 {
    let escaped = text.bytes().filter(|byte| b"&<>".contains(byte)).count();
    u64::try_from(text.len() + 4 * escaped).unwrap_or(u64::MAX)
}

impl SheetWriter {
    pub(super) fn begin(about: About, reserved: Reserved) -> Result<Self, NoFile> {
        let mut writer = Self {
            workbook: Workbook::new(),
            about,
            row: 0,
            day: Format::new().set_num_format("yyyy-mm-dd"),
            instant: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            raw: 0,
            reserved,
        };
        writer
            .head()
            .map_err(|error| failed(&writer.reserved, error))?;
        Ok(writer)
    }

    /// The first sheet with its header.
    fn head(&mut self) -> Result<(), XlsxError> {
        let day = self.about.pin.day;
        let (year, month, of_month) = (day.year(), day.month(), day.day());
        let made = ExcelDateTime::from_ymd(
            u16::try_from(year).unwrap_or(1900),
            u8::try_from(month).unwrap_or(1),
            u8::try_from(of_month).unwrap_or(1),
        )?;
        // The day of the rows: two files of the same moment are the same bytes.
        let properties = DocProperties::new()
            .set_title(self.about.table.name)
            .set_creation_datetime(&made);
        self.workbook.set_properties(&properties);
        self.workbook.set_tempdir(self.reserved.folder())?;
        let header = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(self.about.table.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0..).zip(&self.about.columns) {
            sheet.set_column_width(at, WIDTH)?;
            sheet.write_string_with_format(0, at, column.name, &header)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Writes a page.
    pub(super) fn write(&mut self, rows: &[Row]) -> Result<(), NoFile> {
        for row in rows {
            if self.row >= self.about.sheet_rows {
                return Err(NoFile::TooManyRows(self.about.sheet_rows.saturating_sub(1)));
            }
            self.take(row)?;
            self.put(row)?;
            self.row += 1;
        }
        Ok(())
    }

    /// Takes the room of a row before it is written.
    fn take(&mut self, row: &Row) -> Result<(), NoFile> {
        let cells = self.about.columns.iter().zip(&row.cells);
        let cells = cells.filter_map(|(column, cell)| {
            let around = match column.kind {
                Kind::Text => AROUND_TEXT,
                Kind::Integer | Kind::Decimal | Kind::Boolean | Kind::Date | Kind::Instant => {
                    AROUND_VALUE
                }
            };
            Some(around + written(cell.as_deref()?))
        });
        let bytes = AROUND_ROW + cells.sum::<u64>();
        self.reserved.take(bytes).map_err(NoFile::Full)?;
        self.raw += bytes;
        Ok(())
    }

    fn put(&mut self, row: &Row) -> Result<(), NoFile> {
        let Self {
            workbook,
            about,
            day,
            instant,
            reserved,
            ..
        } = self;
        let sheet = workbook
            .worksheet_from_index(0)
            .map_err(|error| failed(reserved, error))?;
        let columns = about.columns.iter().zip(&row.cells);
        for (at, (&column, cell)) in (0..).zip(columns) {
            let Some(text) = cell else { continue };
            let value = Value::of(column, text)?;
            let written = match value {
                Value::Text(text) => sheet.write_string(self.row, at, text),
                Value::Number(number) => sheet.write_number(self.row, at, number),
                Value::Boolean(is) => sheet.write_boolean(self.row, at, is),
                Value::Day(serial) => sheet.write_number_with_format(self.row, at, serial, day),
                Value::Instant(serial) => {
                    sheet.write_number_with_format(self.row, at, serial, instant)
                }
            };
            written.map_err(|error| failed(reserved, error))?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(File, Reserved), NoFile> {
        let Self {
            mut workbook,
            about,
            raw,
            reserved,
            ..
        } = self;
        let broken = |error: XlsxError| failed(&reserved, error);
        explain(workbook.add_worksheet(), &about).map_err(broken)?;
        let mut file = reserved.file().map_err(|error| failed(&reserved, error))?;
        workbook.save_to_writer(&mut file).map_err(broken)?;
        // With the workbook goes the file of its sheet.
        drop(workbook);
        reserved.give_back(raw);
        Ok((file.into_file(), reserved))
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Boolean(bool),
    Day(f64),
    Instant(f64),
}

impl<'a> Value<'a> {
    /// The value of a cell of a column.
    fn of(column: &'static Column, text: &'a str) -> Result<Self, NoFile> {
        let unreadable = NoFile::Unreadable(column.name);
        let value = match column.kind {
            Kind::Text if text.encode_utf16().count() > LONGEST => {
                return Err(NoFile::LongText(column.name));
            }
            Kind::Text => Some(Self::Text(text)),
            Kind::Integer => value::integer(text).and_then(|number| {
                if number.unsigned_abs() > LARGEST {
                    return Some(Self::Text(text));
                }
                // A double holds every digit of a number of this size.
                text.parse().ok().map(Self::Number)
            }),
            Kind::Decimal => text.parse().ok().map(Self::Number),
            Kind::Boolean => value::boolean(text).map(Self::Boolean),
            Kind::Date => {
                value::day(text).map(|day| serial(day).map_or(Self::Text(text), Self::Day))
            }
            Kind::Instant => value::instant(text)
                .map(|instant| serial_of_instant(instant).map_or(Self::Text(text), Self::Instant)),
        };
        value.ok_or(unreadable)
    }
}

/// The second sheet: what the table is, whose it is, and what each column means.
fn explain(sheet: &mut Worksheet, about: &About) -> Result<(), XlsxError> {
    let table = about.table;
    let (ledger, day) = (about.pin.at.number.to_string(), about.pin.day.to_string());
    let (code, address) = (&about.licence.0, about.licence.1.as_deref());
    let publisher = about.publisher.as_deref().unwrap_or_default();
    let head: [[&str; 4]; 8] = [
        ["Tabel", "Table", table.name, ""],
        ["Eén rij", "One row", table.grain.0, table.grain.1],
        ["Nummer in het grootboek", "Ledger number", &ledger, ""],
        ["Dag", "Day", &day, ""],
        ["Database", "Database", about.database, ""],
        ["Licentie", "Licence", code, address.unwrap_or_default()],
        ["Uitgever", "Publisher", publisher, ""],
        ["Bron", "Source", &about.source, ""],
    ];
    sheet.set_name(EXPLANATION)?;
    for at in 0..COLUMNS.len() {
        sheet.set_column_width(u16::try_from(at).unwrap_or_default(), 2.0 * WIDTH)?;
    }
    let mut row = 0;
    for line in head {
        write_line(sheet, row, &line, None)?;
        row += 1;
    }
    let bold = Format::new().set_bold();
    write_line(sheet, row + 1, &COLUMNS, Some(&bold))?;
    row += 2;
    for column in &about.columns {
        let (nl, en) = column.empty.unwrap_or_default();
        let unit = column
            .unit
            .map(crate::tables::Unit::code)
            .unwrap_or_default();
        let is_key = if column.is_key { "sleutel / key" } else { "" };
        let line = [
            column.name,
            column.label.0,
            column.label.1,
            column.kind.code(),
            unit,
            is_key,
            nl,
            en,
        ];
        write_line(sheet, row, &line, None)?;
        row += 1;
    }
    Ok(())
}

/// The header of the columns on the second sheet.
const COLUMNS: [&str; 8] = [
    "kolom / column",
    "naam",
    "name",
    "type",
    "eenheid / unit",
    "sleutel / key",
    "leeg betekent",
    "empty means",
];

fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    texts: &[&str],
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    for (at, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
        match format {
            Some(format) => sheet.write_string_with_format(row, at, *text, format)?,
            None => sheet.write_string(row, at, *text)?,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;

    #[test]
    fn days_and_instants_are_those_of_excel() {
        let day = |text| serial(value::day(text).unwrap());
        assert_eq!(day("2026-11-22"), Some(46_348.0));
        assert_eq!(day("1900-03-01"), Some(61.0));
        assert_eq!(day("9999-12-31"), Some(2_958_465.0));
        // Excel counts 29 February 1900, which never was: days before it are told as text.
        assert_eq!(day("1900-02-28"), None);
        assert_eq!(day("0001-01-01"), None);
        let noon = value::instant("2026-11-22T12:00:00.000000Z").unwrap();
        assert_eq!(serial_of_instant(noon), Some(46_348.5));
    }

    #[test]
    fn every_table_fits_on_a_sheet_of_its_name() {
        for table in TABLES.iter() {
            assert!(table.name.len() <= 31, "{}", table.name);
            assert_ne!(table.name, EXPLANATION);
            assert!(table.columns.len() < 200);
        }
    }

    #[test]
    fn a_cell_has_the_kind_of_its_column() {
        let column = |name: &str| {
            let table = crate::tables::find("fact_budget_source_current").unwrap();
            table.column(name).unwrap()
        };
        let of = |name, text| Value::of(column(name), text).unwrap();
        assert_eq!(of("budget_row_key", "2024/1"), Value::Text("2024/1"));
        assert_eq!(of("amount_euros", "-90000"), Value::Number(-90_000.0));
        let large = "9007199254740993";
        assert_eq!(of("amount_euros", large), Value::Text(large));
        assert_eq!(of("is_new", "true"), Value::Boolean(true));
        let long = "x".repeat(LONGEST + 1);
        let refused = Value::of(column("printed"), &long);
        assert!(matches!(refused, Err(NoFile::LongText("printed"))));
        let refused = Value::of(column("amount_euros"), "much");
        assert!(matches!(refused, Err(NoFile::Unreadable("amount_euros"))));
    }

    #[test]
    fn what_a_text_takes_is_never_more_than_was_counted() {
        assert_eq!(written("a<b&c"), 13);
    }
}

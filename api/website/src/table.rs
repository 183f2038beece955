//! The table behind a picture, as a file: CSV, or a workbook of Excel.

use domain::csv_cell;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(u32),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The table behind a picture.
#[derive(Debug)]
pub(crate) struct Table {
    /// What it is of, as the sheet is called.
    pub(crate) name: &'static str,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// CSV by RFC 4180, in UTF-8, with a header line.
    pub(crate) fn csv(&self) -> String {
        let mut file = String::new();
        let heads = self.heads.iter().map(|head| Cell::Text(head.clone()));
        line(&mut file, &heads.collect::<Vec<_>>());
        for row in &self.rows {
            line(&mut file, row);
        }
        file
    }

    /// A workbook with one sheet. Its day is that of the figures, so the same figures are the same bytes.
    ///
    /// # Errors
    /// When it cannot be written, as where a text is longer than a cell may be.
    pub(crate) fn xlsx(&self, day: Option<&str>) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let mut properties = DocProperties::new().set_title(self.name);
        if let Some(day) = day {
            properties = properties.set_creation_datetime(&ExcelDateTime::parse_from_str(day)?);
        }
        workbook.set_properties(&properties);
        let header = Format::new().set_bold();
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, head) in (0..).zip(&self.heads) {
            sheet.write_string_with_format(0, at, head, &header)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (at, cell) in (0..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, at, text)?,
                    Cell::Number(number) => sheet.write_number(row, at, f64::from(*number))?,
                };
            }
        }
        workbook.save_to_buffer()
    }
}

fn line(file: &mut String, cells: &[Cell]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            file.push(',');
        }
        match cell {
            Cell::Text(text) => csv_cell::push(file, text),
            Cell::Number(number) => file.push_str(&number.to_string()),
        }
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "Voortgang",
            heads: vec!["Onderdeel".to_owned(), "Afgerond".to_owned()],
            rows: vec![
                vec![Cell::from("1. Zo, \"zo\""), Cell::Number(3)],
                vec![Cell::from("=1+1"), Cell::Number(0)],
            ],
        }
    }

    #[test]
    fn csv_has_a_header_and_runs_no_formula() {
        assert_eq!(
            table().csv(),
            "Onderdeel,Afgerond\r\n\"1. Zo, \"\"zo\"\"\",3\r\n'=1+1,0\r\n"
        );
    }

    #[test]
    fn the_same_figures_are_the_same_workbook() {
        let workbook = table().xlsx(Some("2026-12-01")).unwrap();
        assert_eq!(&workbook[..4], b"PK\x03\x04");
        assert_eq!(workbook, table().xlsx(Some("2026-12-01")).unwrap());
    }
}

//! CSV by RFC 4180, in UTF-8, with a header line; and the dialect that Dutch spreadsheets open by a
//! double click: semicolons, a decimal comma, a byte order mark.
//!
//! A text that a spreadsheet would run as a formula gets an apostrophe in front. Numbers are never
//! texts, so a negative amount stays one. Yes and no are `TRUE` and `FALSE`, which R, pandas, polars,
//! duckdb and spreadsheets alike read as such; R takes small letters for text.

use super::tables::{Column, Kind};
use domain::csv_cell;

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// RFC 4180.
    #[default]
    Rfc4180,
    /// For Dutch spreadsheets.
    Dutch,
}

impl Dialect {
    fn separator(self) -> char {
        match self {
            Self::Rfc4180 => ',',
            Self::Dutch => ';',
        }
    }

    /// The header line, with what comes before it.
    pub fn header(self, names: impl IntoIterator<Item = &'static str>) -> String {
        let mut out = match self {
            Self::Rfc4180 => String::new(),
            Self::Dutch => "\u{feff}".to_owned(),
        };
        for (at, name) in names.into_iter().enumerate() {
            if at > 0 {
                out.push(self.separator());
            }
            out.push_str(name);
        }
        out.push_str("\r\n");
        out
    }

    /// Appends the cells of a row, without the end of the line.
    pub fn cells<S: AsRef<str>>(self, out: &mut String, columns: &[&Column], cells: &[Option<S>]) {
        for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
            if at > 0 {
                out.push(self.separator());
            }
            if let Some(text) = cell {
                self.cell(out, column.kind, text.as_ref());
            }
        }
    }

    /// Appends a cell of ours after the others.
    pub(crate) fn also(self, out: &mut String, is: bool) {
        out.push(self.separator());
        out.push_str(yes_or_no(is));
    }

    fn cell(self, out: &mut String, kind: Kind, text: &str) {
        match (kind, self) {
            (Kind::Boolean, Self::Rfc4180 | Self::Dutch) => out.push_str(yes_or_no(text == "true")),
            (Kind::Decimal, Self::Dutch) => out.push_str(&text.replace('.', ",")),
            (
                Kind::Decimal | Kind::Integer | Kind::Date | Kind::Instant,
                Self::Rfc4180 | Self::Dutch,
            ) => out.push_str(text),
            (Kind::Text, Self::Rfc4180 | Self::Dutch) => csv_cell::push(out, text),
        }
    }
}

/// Yes or no as every reader of CSV takes it.
fn yes_or_no(is: bool) -> &'static str {
    if is { "TRUE" } else { "FALSE" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(dialect: Dialect, kind: Kind, text: &str) -> String {
        let mut out = String::new();
        dialect.cell(&mut out, kind, text);
        out
    }

    #[test]
    fn numbers_stay_numbers_and_formulas_are_harmless() {
        let rfc = Dialect::Rfc4180;
        assert_eq!(written(rfc, Kind::Integer, "-90000"), "-90000");
        assert_eq!(written(rfc, Kind::Text, "-90000"), "'-90000");
        assert_eq!(written(rfc, Kind::Text, "a;b"), "\"a;b\"");
        for dialect in [rfc, Dialect::Dutch] {
            assert_eq!(written(dialect, Kind::Text, "x;=cmd|a"), "\"x;'=cmd|a\"");
            assert_eq!(written(dialect, Kind::Text, "x,=cmd|a"), "\"x,'=cmd|a\"");
            assert_eq!(written(dialect, Kind::Boolean, "true"), "TRUE");
            assert_eq!(written(dialect, Kind::Boolean, "false"), "FALSE");
        }
    }

    #[test]
    fn a_dutch_spreadsheet_gets_its_own() {
        assert_eq!(
            written(Dialect::Dutch, Kind::Decimal, "0.500000"),
            "0,500000"
        );
        assert_eq!(written(Dialect::Dutch, Kind::Text, "a;b"), "\"a;b\"");
        assert_eq!(written(Dialect::Dutch, Kind::Text, "a,b"), "\"a,b\"");
        assert_eq!(Dialect::Dutch.header(["a", "b"]), "\u{feff}a;b\r\n");
        assert_eq!(Dialect::Rfc4180.header(["a", "b"]), "a,b\r\n");
    }
}

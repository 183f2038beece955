//! Tables as people send and open them: CSV with a header line, by comma or, as Dutch spreadsheets
//! have it, by semicolon.
//!
//! A cell that a spreadsheet would run as a formula is written with an apostrophe in front, and
//! read back without it. Pure.

use domain::csv_cell::{self, LooseQuote};

/// A table that was read: its columns by name, and its rows with the line that each began on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line of the text, the header being line 1.
    pub line: u64,
    cells: Vec<String>,
}

/// Why a text is not read as a table: part of it would be lost, or taken for something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// From this line on it is none.
    From(u64),
    /// A quote does not end with its cell.
    LooseQuote(LooseQuote),
    /// A row has more cells than there are columns, as where a comma stands outside quotes.
    CellTooMany(u64),
    /// A column stands there twice.
    ColumnTwice(String),
}

impl Table {
    /// Reads a text; lines without any cell are passed over.
    pub(super) fn read(text: &str) -> Result<Self, Vec<Unreadable>> {
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let separator = if header.contains(';') && !header.contains(',') {
            b';'
        } else {
            b','
        };
        if let Some(quote) = csv_cell::loose_quote(text, char::from(separator)) {
            return Err(vec![Unreadable::LooseQuote(quote)]);
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(1, csv::Position::line);
                vec![Unreadable::From(line)]
            })?;
            let line = record
                .position()
                .map_or(1, |position| line_at(text, position.byte()));
            let cells: Vec<String> = record.iter().map(read).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(Row { line, cells });
            }
        }
        if rows.is_empty() {
            return Err(vec![Unreadable::From(1)]);
        }
        let columns = rows.remove(0).cells;
        let twice = columns.iter().enumerate().filter(|(at, name)| {
            let before = columns.get(..*at).unwrap_or_default();
            !name.is_empty() && before.contains(name)
        });
        let mut wrong: Vec<Unreadable> = twice
            .map(|(_, name)| Unreadable::ColumnTwice(name.clone()))
            .collect();
        let is_too_long = |row: &&Row| {
            let beyond = row.cells.get(columns.len()..).unwrap_or_default();
            beyond.iter().any(|cell| !cell.is_empty())
        };
        let too_long = rows.iter().filter(is_too_long);
        wrong.extend(too_long.map(|row| Unreadable::CellTooMany(row.line)));
        if wrong.is_empty() {
            Ok(Self { columns, rows })
        } else {
            Err(wrong)
        }
    }

    /// The place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

impl Row {
    /// A cell by the place of its column; empty where the row ends before it.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }
}

/// The line of a record that begins at a byte. The reader leaves the second half of a CRLF, and
/// empty lines, to the record after them.
fn line_at(text: &str, byte: u64) -> u64 {
    let byte = usize::try_from(byte).unwrap_or(text.len());
    let rest = text.get(byte..).unwrap_or_default();
    let begin = byte + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let before = text.as_bytes().get(..begin).unwrap_or_default();
    1 + before.iter().map(|&b| u64::from(b == b'\n')).sum::<u64>()
}

/// A cell as it is read: without blanks around it, and without the apostrophes of formulas made
/// harmless.
fn read(cell: &str) -> String {
    csv_cell::plain(cell.trim())
}

/// A line of a table, which is read back whether cells are parted by comma or by semicolon.
pub(super) fn written<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        csv_cell::push(&mut line, cell.as_ref());
    }
    line + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_table_is_read_with_its_lines() {
        let table = Table::read("\u{feff}a;b\r\n1;\"x\r\ny\"\r\n;\r\n2;'=1+1\r\n").unwrap();
        assert_eq!(table.columns, ["a", "b"]);
        let shown: Vec<(u64, &str, &str)> = table
            .rows
            .iter()
            .map(|row| (row.line, row.cell(Some(0)), row.cell(table.column("b"))))
            .collect();
        assert_eq!(shown, [(2, "1", "x\r\ny"), (5, "2", "=1+1")]);
        assert_eq!(table.rows[0].cell(table.column("c")), "");
        assert_eq!(Table::read(""), Err(vec![Unreadable::From(1)]));
        // An empty cell at the end is what some programs add to every row.
        assert!(Table::read("a,b\n1,2,\n").is_ok());
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        assert_eq!(
            Table::read("a,b\n1,\"2\n3,4\n"),
            Err(vec![Unreadable::LooseQuote(LooseQuote {
                line: 2,
                column: 2
            })])
        );
        assert_eq!(
            Table::read("a,b,a\n1,2,3\n1,een, twee, drie\n"),
            Err(vec![
                Unreadable::ColumnTwice("a".to_owned()),
                Unreadable::CellTooMany(3)
            ])
        );
    }

    #[test]
    fn formulas_are_harmless() {
        assert_eq!(
            written(["=1+1", "a,b", "'s-Gravenhage", "zeg \"ja\""]),
            "'=1+1,\"a,b\",'s-Gravenhage,\"zeg \"\"ja\"\"\"\r\n"
        );
    }

    proptest! {
        /// What is written is read back, whatever it is, but for the blanks around it.
        #[test]
        fn what_is_written_is_read_back(
            cells in proptest::collection::vec("[ -~éë\n]{0,20}", 2..5),
        ) {
            let header = written((0..cells.len()).map(|i| format!("c{i}")));
            let table = Table::read(&(header + &written(&cells))).unwrap();
            let given: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
            // An apostrophe before a formula is taken for ours; nobody writes one there.
            prop_assume!(given.iter().all(|cell| !cell.starts_with('\'')));
            if given.iter().all(|cell| cell.is_empty()) {
                prop_assert!(table.rows.is_empty());
            } else {
                let row = &table.rows[0];
                let back: Vec<&str> = (0..cells.len()).map(|i| row.cell(Some(i))).collect();
                prop_assert_eq!(back, given);
            }
        }
    }
}

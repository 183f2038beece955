//! Tables as people send and open them: CSV with a header line, by comma or, as Dutch spreadsheets
//! have it, by semicolon; and workbooks of Excel.
//!
//! A cell that a spreadsheet would run as a formula is written with an apostrophe in front, and
//! read back without it. What every table has in common stands here, whatever it is of: [`cells`]
//! says what one cell says, [`columns`] what each column is called, [`placed`] where a mistake
//! stands, [`opened`] makes a table of a workbook, [`workbook`] holds what all workbooks share, and
//! [`outgoing`] says in which forms a sheet is given out. Pure.

pub(crate) mod cells;
pub(crate) mod columns;
pub(crate) mod opened;
pub(crate) mod outgoing;
pub(crate) mod placed;
pub(crate) mod workbook;

use domain::csv_cell::{self, LooseQuote};

/// A table that was read: its columns by name, and its rows as a spreadsheet numbers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    /// The number of the row that names the columns.
    pub(crate) header: u64,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The number of the row as a spreadsheet shows it: a cell of several lines is one row, an
    /// empty line is one too, and the first row is 1.
    pub line: u64,
    cells: Vec<String>,
}

/// Why a text is not read as a table: part of it would be lost, or taken for something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// From this row on it is none.
    From(u64),
    /// A quote does not end with its cell.
    LooseQuote(LooseQuote),
    /// A row has more cells than there are columns, as where a comma stands outside quotes.
    CellTooMany(u64),
    /// A column stands there twice.
    ColumnTwice(String),
}

/// Signs that part the cells of a table.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The sign that parts the cells, and where the table begins: spreadsheets know a first line
/// `sep=;` that says so, and show no row for it.
fn parted_by(text: &str) -> (char, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(sign) = first.trim_end().strip_prefix("sep=")
        && let Some(sign) = SEPARATORS.iter().find(|one| sign == one.to_string())
    {
        return (*sign, rest);
    }
    let mut is_quoted = false;
    let mut counts = [0_usize; SEPARATORS.len()];
    for sign in text.chars() {
        match sign {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                for (count, one) in counts.iter_mut().zip(SEPARATORS) {
                    *count += usize::from(sign == one);
                }
            }
        }
    }
    let most = SEPARATORS.into_iter().zip(counts).rev();
    let sign = most.max_by_key(|(_, count)| *count).map(|(sign, _)| sign);
    (sign.unwrap_or(','), text)
}

/// The rows of a text in which every quote ends with its cell.
fn rows_of(text: &str, separator: char) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut line, mut cells, mut cell) = (1, Vec::new(), String::new());
    let (mut is_quoted, mut begins) = (false, true);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted => is_quoted = false,
            _ if is_quoted => cell.push(sign),
            '"' if begins => {
                is_quoted = true;
                begins = false;
            }
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                cells.push(read(&std::mem::take(&mut cell)));
                rows.push(Row {
                    line,
                    cells: std::mem::take(&mut cells),
                });
                line += 1;
                begins = true;
            }
            _ if sign == separator => {
                cells.push(read(&std::mem::take(&mut cell)));
                begins = true;
            }
            _ => {
                cell.push(sign);
                begins = false;
            }
        }
    }
    cells.push(read(&cell));
    rows.push(Row { line, cells });
    rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    rows
}

impl Table {
    /// Reads a text; rows without any cell are passed over.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<Unreadable>> {
        let text = text.trim_start_matches('\u{feff}');
        let (separator, text) = parted_by(text);
        if let Some(quote) = csv_cell::loose_quote(text, separator) {
            return Err(vec![Unreadable::LooseQuote(quote)]);
        }
        let mut rows = rows_of(text, separator);
        if rows.is_empty() {
            return Err(vec![Unreadable::From(1)]);
        }
        let Row {
            line: header,
            cells: columns,
        } = rows.remove(0);
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
            Ok(Self {
                columns,
                header,
                rows,
            })
        } else {
            Err(wrong)
        }
    }

    /// The place of a column.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

impl Row {
    /// A cell by the place of its column; empty where the row ends before it.
    pub(crate) fn cell(&self, column: Option<usize>) -> &str {
        column
            .and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }
}

/// A cell as a spreadsheet names it, as in `C7`: by the place of its column, from 0, and its row.
pub(crate) fn cell_name(column: usize, row: u64) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// A cell as it is read: without blanks around it, and without the apostrophes of formulas made
/// harmless.
fn read(cell: &str) -> String {
    csv_cell::plain(cell.trim())
}

/// A line of a table, which is read back whether cells are parted by comma or by semicolon.
pub(crate) fn written<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    parted(',', cells)
}

/// A line of a table whose cells are parted by this sign.
pub(crate) fn parted<S: AsRef<str>>(separator: char, cells: impl IntoIterator<Item = S>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(separator);
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
    fn a_table_is_read_with_its_rows() {
        let table = Table::read("\u{feff}a;b\r\n1;\"x\r\ny\"\r\n;\r\n2;'=1+1\r\n").unwrap();
        assert_eq!(table.columns, ["a", "b"]);
        let shown: Vec<(u64, &str, &str)> = table
            .rows
            .iter()
            .map(|row| (row.line, row.cell(Some(0)), row.cell(table.column("b"))))
            .collect();
        assert_eq!(shown, [(2, "1", "x\r\ny"), (4, "2", "=1+1")]);
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
    fn the_separator_is_that_of_the_header() {
        for text in [
            "a;b\n1;2",
            "a\tb\n1\t2",
            "sep=;\na;b\n1;2",
            "a;\"b, of c\"\n1;2",
            "\u{feff}a;b\r\n1;2\r\n",
        ] {
            let table = Table::read(text).unwrap();
            assert_eq!(table.columns.len(), 2, "{text:?}");
            assert_eq!((table.header, table.rows[0].line), (1, 2), "{text:?}");
            assert_eq!(table.rows[0].cell(Some(1)), "2", "{text:?}");
        }
    }

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        let names = [(0, 1), (2, 7), (25, 2), (26, 3), (701, 4), (702, 5)];
        assert_eq!(
            names.map(|(column, row)| cell_name(column, row)),
            ["A1", "C7", "Z2", "AA3", "ZZ4", "AAA5"]
        );
    }

    #[test]
    fn an_apostrophe_of_somebody_is_not_taken_for_ours() {
        for text in [
            "-5% minder",
            "'-5% minder",
            "''=x",
            "'s-Gravenhage",
            "'",
            "''",
        ] {
            let table = Table::read(&("a\r\n".to_owned() + &written([text]))).unwrap();
            assert_eq!(table.rows[0].cell(Some(0)), text);
        }
    }

    #[test]
    fn formulas_are_harmless() {
        assert_eq!(
            written(["=1+1", "a,b", "'s-Gravenhage", "zeg \"ja\""]),
            "'=1+1,\"a,b\",'s-Gravenhage,\"zeg \"\"ja\"\"\"\r\n"
        );
    }

    proptest! {
        /// What is written is read back, whatever it is.
        #[test]
        fn what_is_written_is_read_back(
            cells in proptest::collection::vec("[ -~éë\n]{0,20}", 2..5),
        ) {
            let header = written((0..cells.len()).map(|i| format!("c{i}")));
            let table = Table::read(&(header + &written(&cells))).unwrap();
            // Blanks around a text go; texts are kept without them.
            prop_assume!(cells.iter().all(|cell| cell.trim() == cell));
            let given: Vec<&str> = cells.iter().map(String::as_str).collect();
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

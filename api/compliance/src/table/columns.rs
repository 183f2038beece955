//! The columns of a sheet: what each is called, and by which other names it is known again.

use super::{
    Table,
    placed::{Placed, TABLE},
};
use domain::warning::WarningCode;
use graphql::warning::Warning;

/// The columns of one kind of sheet.
pub(crate) trait Heading: Copy + Eq + 'static {
    /// Every column.
    const ALL: &'static [Self];
    /// What it is called in the sheet in English and Dutch.
    fn code(self) -> &'static str;
    /// What it is called in the sheet in Dutch.
    fn dutch(self) -> &'static str;

    /// Other names by which it is known.
    fn aliases(self) -> &'static [&'static str] {
        &[]
    }

    /// The column that a header means, in whatever case, with whatever blanks and signs between
    /// its words.
    fn of_header(header: &str) -> Option<Self> {
        let header = plain(header);
        let is_name = |column: &&Self| {
            let names = [column.code(), column.dutch()].into_iter();
            let mut names = names.chain(column.aliases().iter().copied());
            names.any(|name| plain(name) == header)
        };
        Self::ALL.iter().find(is_name).copied()
    }
}

/// A header in lowercase, its words parted by one sign: spreadsheets and statistical programs write
/// `answer_nl`, `Answer NL` and `answer.nl`.
fn plain(header: &str) -> String {
    let lower = header.trim_start_matches('\u{feff}').to_lowercase();
    let words = lower.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Whether a header is the one that statistical programs give to the numbers of rows.
fn is_index(header: &str) -> bool {
    matches!(plain(header).as_str(), "" | "unnamed_0" | "x" | "index")
}

/// Where the columns of a sheet stand in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns<H> {
    found: Vec<(usize, H, String)>,
    /// Headers that are no column of the sheet, with their places.
    pub(crate) unknown: Vec<(usize, String)>,
}

impl<H: Heading> Columns<H> {
    /// Finds the columns; a column that stands there under two names is a mistake of this code.
    pub(crate) fn find<C: Copy>(table: &Table, twice: C) -> Result<Self, Vec<Placed<C>>> {
        let mut columns = Self {
            found: Vec::new(),
            unknown: Vec::new(),
        };
        let mut mistakes = Vec::new();
        for (at, header) in table.columns.iter().enumerate() {
            match H::of_header(header) {
                None if is_index(header) => {}
                None => columns.unknown.push((at, header.clone())),
                Some(column) if columns.place(column).is_some() => mistakes.push(
                    Placed::at(
                        twice,
                        table.header,
                        header,
                        format!("De kolom {header} staat er onder twee namen in."),
                        format!("The column {header} stands there under two names."),
                    )
                    .in_cell(at),
                ),
                Some(column) => columns.found.push((at, column, header.clone())),
            }
        }
        if mistakes.is_empty() {
            Ok(columns)
        } else {
            Err(mistakes)
        }
    }

    /// The place of a column.
    pub(crate) fn place(&self, column: H) -> Option<usize> {
        let mut found = self.found.iter();
        found.find(|(_, one, _)| *one == column).map(|(at, ..)| *at)
    }

    /// What a column is called in the table, and otherwise in the sheet.
    pub(crate) fn name(&self, column: H) -> &str {
        let mut found = self.found.iter();
        found
            .find(|(_, one, _)| *one == column)
            .map_or(column.code(), |(_, _, name)| name.as_str())
    }

    /// A mistake in a column, with its cell where the column is there.
    pub(crate) fn placed<C>(&self, column: H, wrong: Placed<C>) -> Placed<C> {
        match self.place(column) {
            Some(at) => wrong.in_cell(at),
            None => wrong,
        }
    }

    /// Warnings of the columns of a table that are no columns of the sheet.
    pub(crate) fn not_read(&self, header: u64) -> Vec<Warning> {
        let warned = self.unknown.iter().map(|(_, name)| {
            Warning::at(
                WarningCode::ColumnNotRead,
                &[TABLE, &header.to_string(), name],
                format!("De kolom {name:?} wordt niet gelezen; wat erin staat, is niet bewaard."),
                format!("The column {name:?} is not read; what stands in it is not kept."),
            )
        });
        warned.collect()
    }
}

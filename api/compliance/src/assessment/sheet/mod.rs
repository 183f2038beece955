//! The answers of assessments as tables: a sheet of one municipality, a row per criterion; and a
//! table of many, a row per municipality. Both are read whole, and every mistake is told with its
//! row, its column and its cell as a spreadsheet names them. Pure.
//!
//! [`cells`] says what one cell says, [`columns`] what each column is called, [`one`] and [`many`]
//! read the two tables, [`write`] writes the sheet as CSV and [`workbook`] as a workbook, and
//! [`opened`] makes a table of a workbook.

mod cells;
mod columns;
mod many;
mod one;
pub(super) mod opened;
#[cfg(test)]
mod tests;
mod workbook;
mod write;

use domain::{
    assessment::rules::AnswerMistake, csv_cell::LooseQuote, mistake::Mistake, text::Text,
    verdict::rules::AnswerValue,
};
use graphql::{member::Member, warning::Warning, written::warning};

use self::columns::{Column, Columns};
pub(super) use self::{
    many::{OfMunicipality, TableOfMany, read_many},
    one::{CellChange, Kept, read_sheet},
    workbook::{NotWritten, workbook},
    write::{About, SheetRow, evidence_text, sheet, sheet_in_dutch},
};
use super::{
    errors::TABLE,
    table::{Row, Table, Unreadable, cell_name},
};

/// What a column of explanations is called after the code of its criterion.
const EXPLANATION: &str = ":explanation";
/// Columns of a table of many that help people read it, and are not read.
const FOR_PEOPLE: [&str; 4] = ["name", "municipality_name", "confirmed", "database"];
/// The column of a table of many that says to fill in again what is confirmed.
const AGAIN: &str = "again";
/// Rows that a table may have.
const MOST_ROWS: usize = 1000;

/// What can be wrong with a table, apart from its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableMistake {
    Unreadable,
    TooManyRows,
    MissingColumn,
    UnknownColumn,
    UnknownAnswer,
    AnswersContradict,
    AnswerMissing,
    UnknownRevision,
    UnknownConfirmation,
    EvidenceNotRead,
    SpoiltCell,
    MunicipalityTwice,
    AlreadyAnswered,
    Answer(AnswerMistake),
}

/// A mistake with its place in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<C> {
    pub code: C,
    /// The row as a spreadsheet numbers it.
    pub row: u64,
    /// The name of the column; none when the row is wrong as a whole.
    pub column: Option<String>,
    /// The cell as a spreadsheet names it, as in `C7`; none when its column is not there.
    pub cell: Option<String>,
    pub message: Text,
}

impl<C> Placed<C> {
    pub(super) fn at(
        code: C,
        row: u64,
        column: &str,
        nl: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            row,
            column: (!column.is_empty()).then(|| column.to_owned()),
            cell: None,
            message: Text::new(nl, en),
        }
    }

    /// The same with the place of its column.
    fn in_cell(self, column: usize) -> Self {
        Self {
            cell: Some(cell_name(column, self.row)),
            ..self
        }
    }

    /// The same, its message after the cell and the name of what it is about.
    fn about(mut self, name: &str) -> Self {
        let cell = self.cell.as_deref();
        let place: Vec<&str> = cell
            .into_iter()
            .chain((!name.is_empty()).then_some(name))
            .collect();
        if !place.is_empty() {
            let place = place.join(", ");
            let Text { nl, en } = &self.message;
            self.message = Text::new(format!("{place}: {nl}"), format!("{place}: {en}"));
        }
        self
    }
}

/// An answer that a table gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub line: u64,
    /// What it is about, for people.
    pub name: String,
    pub criterion: String,
    pub answer: AnswerValue,
    /// Left out where the table has no such column, null where the cell is empty.
    pub explanation: Member<String>,
    pub revision: Option<i32>,
    /// Whether the table has a revision that cannot be read, which is a mistake of its own.
    pub is_revision_unread: bool,
}

/// Where the answers of a table stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// A row for each criterion.
    One(Columns),
    /// A column for each criterion, by these headers.
    Many(Vec<String>),
}

impl Layout {
    /// The place of a field of an answer: the name of its column, and where that stands.
    fn column(&self, one: &Given, field: &str) -> (String, Option<usize>) {
        match self {
            Self::One(columns) => {
                let column = columns.of_field(field);
                (columns.name(column).to_owned(), columns.place(column))
            }
            Self::Many(headers) => {
                let name = match field {
                    "explanation" => format!("{}{EXPLANATION}", one.criterion),
                    _ => one.criterion.clone(),
                };
                let at = headers.iter().position(|header| *header == name);
                (name, at)
            }
        }
    }

    /// A mistake with the cell that its row and column are.
    pub(super) fn placed<C>(&self, wrong: Placed<C>) -> Placed<C> {
        let Self::Many(headers) = self else {
            return wrong;
        };
        let at = headers
            .iter()
            .position(|header| Some(header) == wrong.column.as_ref());
        match at {
            Some(at) => wrong.in_cell(at),
            None => wrong,
        }
    }

    /// The place of an answer in the table, from the path of a mistake in it, as in
    /// `answers.3.explanation`. A mistake that follows from another one is none.
    pub(super) fn place(
        &self,
        mistake: Mistake<AnswerMistake>,
        given: &[Given],
    ) -> Option<Placed<TableMistake>> {
        let index = mistake.field.get(1).and_then(|index| index.parse().ok());
        let one = index.and_then(|index: usize| given.get(index));
        let field = mistake.field.get(2).cloned().unwrap_or_default();
        let is_stale = mistake.code == AnswerMistake::StaleRevision;
        if is_stale && one.is_some_and(|one| one.is_revision_unread) {
            return None;
        }
        let code = match (self, mistake.code) {
            // A table of many knows no revisions: what is there was not seen by it.
            (Self::Many(_), AnswerMistake::StaleRevision) => TableMistake::AlreadyAnswered,
            (_, code) => TableMistake::Answer(code),
        };
        let Some(one) = one else {
            return Some(Placed {
                code,
                row: 1,
                column: Some(field),
                cell: None,
                message: mistake.message,
            });
        };
        let (column, at) = self.column(one, &field);
        let placed = Placed {
            code,
            row: one.line,
            column: Some(column),
            cell: None,
            message: mistake.message,
        };
        let placed = match at {
            Some(at) => placed.in_cell(at),
            None => placed,
        };
        Some(placed.about(&one.name))
    }

    /// Warnings of signs of a person in the explanations of a table, each with its row and column.
    pub(super) fn warnings(&self, given: &[Given]) -> Vec<Warning> {
        let warned = given.iter().filter_map(|one| {
            let (column, _) = self.column(one, "explanation");
            let place = [TABLE.to_owned(), one.line.to_string(), column];
            warning(&place, one.explanation.text()?)
        });
        warned.collect()
    }
}

type Mistakes = Vec<Placed<TableMistake>>;

fn read(text: &str) -> Result<Table, Mistakes> {
    let table =
        Table::read(text).map_err(|wrong| wrong.into_iter().map(unreadable).collect::<Vec<_>>())?;
    if table.rows.len() > MOST_ROWS {
        return Err(vec![Placed::at(
            TableMistake::TooManyRows,
            1,
            "",
            format!("Een tabel heeft ten hoogste {MOST_ROWS} regels."),
            format!("A table has at most {MOST_ROWS} rows."),
        )]);
    }
    Ok(table)
}

fn unreadable(why: Unreadable) -> Placed<TableMistake> {
    let at = |row, column: &str, nl: String, en: String| {
        Placed::at(TableMistake::Unreadable, row, column, nl, en)
    };
    match why {
        Unreadable::From(row) => at(
            row,
            "",
            "Vanaf deze regel is dit geen tabel met een kopregel.".to_owned(),
            "From this line on this is no table with a header.".to_owned(),
        ),
        Unreadable::LooseQuote(LooseQuote { line, column }) => at(
            line,
            "",
            format!(
                "In cel {column} van deze regel begint een aanhalingsteken dat niet aan het einde \
                 van de cel eindigt; de regels erna zouden daardoor verloren gaan."
            ),
            format!(
                "In cell {column} of this row a quote begins that does not end at the end of the \
                 cell; the rows after it would be lost by it."
            ),
        ),
        Unreadable::CellTooMany(row) => at(
            row,
            "",
            "Deze regel heeft meer cellen dan er kolommen zijn. Zet een tekst met een \
             scheidingsteken tussen aanhalingstekens."
                .to_owned(),
            "This row has more cells than there are columns. Put a text with a separator between \
             quotes."
                .to_owned(),
        ),
        Unreadable::ColumnTwice(name) => at(
            1,
            &name,
            format!("De kolom {name} staat er twee keer in."),
            format!("The column {name} stands there twice."),
        ),
    }
}

fn missing(columns: &[&str], table: &Table) -> Mistakes {
    let absent = columns.iter().filter(|name| table.column(name).is_none());
    absent
        .map(|name| {
            Placed::at(
                TableMistake::MissingColumn,
                1,
                name,
                format!("De kolom {name} ontbreekt."),
                format!("The column {name} is missing."),
            )
        })
        .collect()
}

fn unknown_answer(line: u64, column: &str, cell: &str) -> Placed<TableMistake> {
    if let Some(spoilt) = cells::spoilt(cell) {
        let (nl, en) = spoilt.message();
        return Placed::at(TableMistake::SpoiltCell, line, column, nl, en);
    }
    let nl = AnswerValue::ALL.map(|answer| answer.label().0).join(", ");
    let codes = AnswerValue::ALL.map(AnswerValue::code).join(", ");
    Placed::at(
        TableMistake::UnknownAnswer,
        line,
        column,
        format!("{cell:?} is geen antwoord; kies uit {nl}."),
        format!("{cell:?} is no answer; choose from {codes}."),
    )
}

/// The explanation in a row, by its column: a table without the column says nothing of it.
fn explanation(row: &Row, column: Option<usize>) -> Member<String> {
    match (column, cells::text_of(row.cell(column))) {
        (None, _) => Member::LeftOut,
        (Some(_), None) => Member::Null,
        (Some(_), Some(cell)) => Member::Value(cell.to_owned()),
    }
}

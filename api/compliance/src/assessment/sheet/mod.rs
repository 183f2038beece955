//! The answers of assessments as tables: a sheet of one municipality, a row per criterion; and a
//! table of many, a row per municipality. Both are read whole, and every mistake is told with its
//! row, its column and its cell as a spreadsheet names them. Pure.
//!
//! [`columns`] says what each column is called, [`one`] and [`many`] read the two tables, [`write`]
//! writes the sheet as CSV and [`workbook`] as a workbook.

mod columns;
mod many;
mod one;
#[cfg(test)]
mod tests;
mod workbook;
mod write;

use domain::{assessment::rules::AnswerMistake, mistake::Mistake, verdict::rules::AnswerValue};
use graphql::{member::Member, warning::Warning, written::warning};

use self::columns::{Column, Columns};
pub(super) use self::{
    columns::SHEET,
    many::{MANY, OfMunicipality, TableOfMany, read_many},
    one::{CellChange, Kept, read_sheet},
    workbook::workbook,
    write::{About, SheetRow, evidence_text, sheet, sheet_in_dutch},
};
use crate::table::{
    Row, Table, cells,
    placed::{Placed, TABLE, column_missing, too_many_rows},
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
    let table = Table::read(text).map_err(|wrong| {
        let wrong = wrong.into_iter();
        let placed = wrong.map(|why| why.placed(TableMistake::Unreadable));
        placed.collect::<Mistakes>()
    })?;
    if table.rows.len() > MOST_ROWS {
        return Err(vec![too_many_rows(TableMistake::TooManyRows, MOST_ROWS)]);
    }
    Ok(table)
}

fn missing(columns: &[&str], table: &Table) -> Mistakes {
    let absent = columns.iter().filter(|name| table.column(name).is_none());
    absent
        .map(|name| column_missing(TableMistake::MissingColumn, name))
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

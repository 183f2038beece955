//! The sheet of a round as it comes back, beside what is known of each action.
//!
//! A row that repeats what is known says nothing, unless its column for it says that it is to be
//! reported; a row that was changed is reported as it stands. What the table has no column for
//! stays as it was reported last.

use std::collections::BTreeSet;

use super::{
    columns::{Column, Columns},
    row::RowReader,
    shown::Shown,
};
use crate::{
    monitoring::errors::StatusReportErrorCode as Code,
    table::{
        Table,
        placed::{Placed, TABLE, column_missing, too_many_rows},
    },
};
use domain::{monitoring::rules::StatusReport, text::Text};
use graphql::{warning::Warning, written::warning};

/// Rows that a table may have.
const MOST_ROWS: usize = 1000;

pub(super) type Mistakes = Vec<Placed<Code>>;

/// A report that a sheet gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::monitoring) struct Given {
    pub line: u64,
    /// What it is about, for people.
    pub name: String,
    pub action: i32,
    pub report: StatusReport,
    /// The document and the place in it; none where the reporter is the source.
    pub source: Option<(String, String)>,
}

/// A cell that says something else than is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::monitoring) struct CellChange {
    pub action: i32,
    pub row: u64,
    pub column: String,
    pub cell: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A sheet as it was read: what it reports, beside what is wrong with the rest.
#[derive(Debug)]
pub(in crate::monitoring) struct SheetRead {
    pub columns: Columns,
    pub given: Vec<Given>,
    pub mistakes: Mistakes,
    pub warnings: Vec<Warning>,
    pub changes: Vec<CellChange>,
    /// Rows that repeat what is known and report nothing.
    pub unchanged: usize,
}

impl SheetRead {
    /// What the first column that holds a status is called in the table.
    pub(in crate::monitoring) fn status_column(&self) -> &str {
        self.columns.name(self.columns.of_status())
    }

    /// A mistake in a report that the sheet gives, by the last part of its path in an input.
    pub(in crate::monitoring) fn place(
        &self,
        given: &Given,
        code: Code,
        field: &str,
        message: Text,
    ) -> Placed<Code> {
        let column = self.columns.of_field(field);
        let name = self.columns.name(column);
        let wrong = Placed::at(code, given.line, name, message.nl, message.en);
        self.columns.placed(column, wrong).about(&given.name)
    }

    /// Warnings of signs of a person in the texts that are reported, each with its row and column.
    pub(in crate::monitoring) fn signs_of_persons(&self) -> Vec<Warning> {
        let warned = self.given.iter().flat_map(|one| {
            let parts = Parts::of(Some(&one.report));
            let texts = [
                (Column::Explanation, parts.explanation),
                (Column::DelayAmount, parts.amount),
                (Column::DelayCause, parts.cause),
            ];
            texts.into_iter().filter_map(move |(column, text)| {
                let name = self.columns.name(column).to_owned();
                warning(&[TABLE.to_owned(), one.line.to_string(), name], text?)
            })
        });
        warned.collect()
    }
}

/// Reads a sheet back, beside what is known of each action of the plan.
pub(in crate::monitoring) fn read_sheet(
    text: &str,
    plan: &str,
    shown: &[Shown],
) -> Result<SheetRead, Mistakes> {
    let table = Table::read(text).map_err(|wrong| {
        let wrong = wrong.into_iter();
        wrong
            .map(|why| why.placed(Code::Unreadable))
            .collect::<Mistakes>()
    })?;
    if table.rows.len() > MOST_ROWS {
        return Err(vec![too_many_rows(Code::TooManyRows, MOST_ROWS)]);
    }
    let columns = Columns::find(&table, Code::Unreadable)?;
    let mut absent = Vec::new();
    for (column, name) in [(Column::Action, "action"), (columns.of_status(), "status")] {
        if columns.place(column).is_none() {
            absent.push(column_missing(Code::MissingColumn, name));
        }
    }
    if !absent.is_empty() {
        return Err(absent);
    }
    let mut sheet = SheetRead {
        warnings: columns.not_read(table.header),
        given: Vec::new(),
        mistakes: Vec::new(),
        changes: Vec::new(),
        unchanged: 0,
        columns: columns.clone(),
    };
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        let mut reader = RowReader::new(&columns, row);
        if let Some(known) = reader.find_action(plan, shown, &mut seen) {
            reader.read(known, &mut sheet);
        }
        sheet.mistakes.append(&mut reader.mistakes);
    }
    Ok(sheet)
}

/// The parts of a report as cells tell them.
pub(super) struct Parts<'r> {
    pub(super) status: Option<&'r str>,
    pub(super) explanation: Option<&'r str>,
    pub(super) amount: Option<&'r str>,
    pub(super) cause: Option<&'r str>,
    pub(super) unknown: Option<&'r str>,
}

impl<'r> Parts<'r> {
    pub(super) fn of(report: Option<&'r StatusReport>) -> Self {
        let delay = report.and_then(|report| report.delay.as_ref());
        let unknown = delay.filter(|delay| delay.cause_is_unknown);
        Self {
            status: report.map(|report| report.status.code()),
            explanation: report.and_then(|report| report.explanation.as_deref()),
            amount: delay.and_then(|delay| delay.amount.as_deref()),
            cause: delay.and_then(|delay| delay.cause.as_deref()),
            unknown: unknown.map(|_| "yes"),
        }
    }
}

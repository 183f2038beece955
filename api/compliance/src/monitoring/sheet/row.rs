//! One row of the sheet of a round, cell by cell.

use std::collections::BTreeSet;

use super::{
    columns::{Column, Columns, DELAYS, STATUSES},
    read::{CellChange, Given, Mistakes, Parts, SheetRead},
    shown::Shown,
};
use crate::{
    monitoring::errors::StatusReportErrorCode as Code,
    table::{Row, cell_name, cells, placed::Placed},
};
use domain::{
    monitoring::rules::{self, ReportedDelay, StatusReport},
    personal_data::personal_data,
    plan::rules::ActionStatus,
};
use graphql::member::Member;

/// Reads one row.
pub(super) struct RowReader<'a> {
    columns: &'a Columns,
    row: &'a Row,
    name: String,
    pub(super) mistakes: Mistakes,
}

/// What a row says of the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stated {
    Nothing,
    Status(ActionStatus),
    /// Something that is no status, or more than one.
    Wrong,
}

impl<'a> RowReader<'a> {
    pub(super) fn new(columns: &'a Columns, row: &'a Row) -> Self {
        Self {
            columns,
            row,
            name: String::new(),
            mistakes: Vec::new(),
        }
    }

    /// A cell as it stands.
    fn raw(&self, column: Column) -> &'a str {
        self.row.cell(self.columns.place(column))
    }

    /// The text of a cell; none for an empty one.
    fn cell(&self, column: Column) -> Option<&'a str> {
        cells::text_of(self.raw(column))
    }

    fn has(&self, column: Column) -> bool {
        self.columns.place(column).is_some()
    }

    fn wrong(&mut self, code: Code, column: Column, (nl, en): (&str, &str)) {
        let wrong = Placed::at(code, self.row.line, self.columns.name(column), nl, en);
        let wrong = self.columns.placed(column, wrong);
        self.mistakes.push(wrong.about(&self.name));
    }

    /// The action that the row is about, which no row before it was.
    pub(super) fn find_action(
        &mut self,
        plan: &str,
        shown: &'a [Shown],
        seen: &mut BTreeSet<i32>,
    ) -> Option<&'a Shown> {
        let cell = self.cell(Column::Action).unwrap_or_default();
        let of_plan = format!("{plan}/");
        let number = cell.strip_prefix(of_plan.as_str()).unwrap_or(cell);
        let number = cells::whole_of::<i32>(number);
        let found = shown.iter().find(|one| Some(one.action) == number);
        let Some(found) = found else {
            let nl = format!("Plan {plan} heeft geen actie {cell:?}.");
            let en = format!("Plan {plan} has no action {cell:?}.");
            self.wrong(Code::UnknownAction, Column::Action, (&nl, &en));
            return None;
        };
        self.name = format!("{} {}", found.action, found.title.nl);
        if !seen.insert(found.action) {
            let nl = format!("Actie {} staat er twee keer in.", found.action);
            let en = format!("Action {} stands there twice.", found.action);
            self.wrong(Code::ReportedTwice, Column::Action, (&nl, &en));
            return None;
        }
        Some(found)
    }

    /// The status by all columns that hold one: they agree, or it is none.
    fn status(&mut self) -> Stated {
        let mut stated = Stated::Nothing;
        for column in STATUSES {
            let Some(cell) = self.cell(column) else {
                continue;
            };
            match (cells::value_of::<ActionStatus>(cell), stated) {
                (None, _) => {
                    self.no_status(column, cell);
                    stated = Stated::Wrong;
                }
                (Some(status), Stated::Nothing) => stated = Stated::Status(status),
                (Some(status), Stated::Status(other)) if status != other => {
                    let [(nl, en), (other_nl, other_en)] = [status.label(), other.label()];
                    let nl = format!(
                        "Hier staat ‘{nl}’, en in een andere kolom van deze regel ‘{other_nl}’. \
                         Laat één stand staan en maak de andere cellen leeg."
                    );
                    let en = format!(
                        "Here stands '{en}', and in another column of this row '{other_en}'. Leave \
                         one status and empty the other cells."
                    );
                    self.wrong(Code::StatusesContradict, column, (&nl, &en));
                    stated = Stated::Wrong;
                }
                (Some(_), Stated::Status(_) | Stated::Wrong) => {}
            }
        }
        stated
    }

    fn no_status(&mut self, column: Column, cell: &str) {
        if let Some(spoilt) = cells::spoilt(cell) {
            self.wrong(Code::SpoiltCell, column, spoilt.message());
            return;
        }
        let labels = ActionStatus::ALL.map(|status| status.label().0).join("; ");
        let codes = ActionStatus::CODES.join(", ");
        let nl = format!("{cell:?} is geen stand; kies uit: {labels}.");
        let en = format!("{cell:?} is no status; choose from {codes}.");
        self.wrong(Code::UnknownStatus, column, (&nl, &en));
    }

    /// A text, which is the known one where the cell says the same but for the ends of lines.
    fn text(&mut self, column: Column, kept: Option<&String>) -> Member<String> {
        if !self.has(column) {
            return Member::LeftOut;
        }
        let raw = self.raw(column);
        let Some(text) = cells::text_of(raw) else {
            return Member::Null;
        };
        let is_same =
            |kept: &&String| cells::is_same_text(raw, kept) || cells::is_same_text(text, kept);
        if let Some(kept) = kept.filter(is_same) {
            return Member::Value(kept.clone());
        }
        if let Some(spoilt) = cells::spoilt(raw) {
            self.wrong(Code::SpoiltCell, column, spoilt.message());
        } else if let Some(found) = personal_data(text) {
            self.wrong(Code::PersonalData, column, found.refusal());
        }
        Member::Value(text.to_owned())
    }

    fn yes_or_no(&mut self, column: Column) -> Option<bool> {
        let cell = self.cell(column)?;
        let stated = cells::yes_or_no(cell);
        if stated.is_none() {
            let nl = format!("{cell:?} is geen ja of nee; schrijf ja, of laat de cel leeg.");
            let en = format!("{cell:?} is neither yes nor no; write yes, or leave the cell empty.");
            self.wrong(Code::UnknownConfirmation, column, (&nl, &en));
        }
        stated
    }

    /// The delay: the known one where the table tells of none, as long as the status has one.
    fn delay(&mut self, is_delayed: bool, kept: Option<&ReportedDelay>) -> Option<ReportedDelay> {
        let here = kept.filter(|_| is_delayed);
        if !DELAYS.iter().any(|column| self.has(*column)) {
            return here.cloned();
        }
        let amount = self.text(
            Column::DelayAmount,
            kept.and_then(|one| one.amount.as_ref()),
        );
        let amount = amount.or_kept(here.and_then(|one| one.amount.clone()));
        let cause = self.text(Column::DelayCause, kept.and_then(|one| one.cause.as_ref()));
        let cause = cause.or_kept(here.and_then(|one| one.cause.clone()));
        let cause_is_unknown = if self.has(Column::DelayCauseUnknown) {
            self.yes_or_no(Column::DelayCauseUnknown)
                .unwrap_or_default()
        } else {
            cause.is_none() && here.is_some_and(|one| one.cause_is_unknown)
        };
        let is_any = amount.is_some() || cause.is_some() || cause_is_unknown;
        is_any.then_some(ReportedDelay {
            amount,
            cause,
            cause_is_unknown,
        })
    }

    /// The document and the place in it, which go together.
    fn source(&mut self) -> Option<(String, String)> {
        let cells = [Column::SourceDocument, Column::SourcePlace].map(|column| self.cell(column));
        match cells {
            [None, None] => None,
            [Some(document), Some(place)] => {
                if let Some(found) = personal_data(place) {
                    self.wrong(Code::PersonalData, Column::SourcePlace, found.refusal());
                }
                Some((document.to_owned(), place.to_owned()))
            }
            [document, _] => {
                let absent = if document.is_none() {
                    Column::SourceDocument
                } else {
                    Column::SourcePlace
                };
                let words = (
                    "Noem het brondocument en de plaats erin, of geen van beide.",
                    "Name the source document and the place in it, or neither.",
                );
                self.wrong(Code::UnknownSource, absent, words);
                None
            }
        }
    }

    /// That the row saw another report than the last one.
    fn check_version(&mut self, known: &Shown) {
        if !self.has(Column::Version) {
            return;
        }
        let cell = self.cell(Column::Version);
        let seen = match cell {
            None => 0,
            Some(cell) => match cells::whole_of::<i64>(cell) {
                Some(seen) => seen,
                None => {
                    let nl = format!("{cell:?} is geen versie; laat de kolom zoals zij was.");
                    let en = format!("{cell:?} is no version; leave the column as it was.");
                    self.wrong(Code::UnknownVersion, Column::Version, (&nl, &en));
                    return;
                }
            },
        };
        if seen != known.version() {
            let words = (
                "Over deze actie is intussen iets anders gemeld. Haal het blad opnieuw op, of maak \
                 de stand in deze regel leeg.",
                "Something else was reported on this action in the meantime. Fetch the sheet anew, \
                 or empty the status of this row.",
            );
            self.wrong(Code::Conflict, Column::Version, words);
        }
    }

    /// Reads what the row says of its action.
    pub(super) fn read(&mut self, known: &'a Shown, sheet: &mut SheetRead) {
        let last = known.report();
        let stated = self.status();
        let before = last.and_then(|last| last.explanation.as_ref());
        let explanation = self.text(Column::Explanation, before);
        let explanation = explanation.or_kept(before.cloned());
        let kept = last.and_then(|last| last.delay.as_ref());
        let is_delayed = !matches!(stated, Stated::Status(status)
            if status != ActionStatus::InProgressDelayed);
        let delay = self.delay(is_delayed, kept);
        let says = self.yes_or_no(Column::Report);
        let source = self.source();
        let status = match stated {
            Stated::Status(status) => status,
            Stated::Wrong => return,
            Stated::Nothing => {
                if says == Some(true) || source.is_some() || explanation.as_ref() != before {
                    let words = (
                        "Deze regel heeft iets te melden, maar geen stand.",
                        "This row has something to report, but no status.",
                    );
                    self.wrong(Code::StatusMissing, self.columns.of_status(), words);
                }
                return;
            }
        };
        let report = StatusReport {
            status,
            explanation,
            delay,
        };
        let is_changed = last != Some(&report) || source.is_some();
        if !is_changed && says != Some(true) {
            sheet.unchanged += 1;
            return;
        }
        if is_changed && says == Some(false) {
            let words = (
                "Deze regel is gewijzigd, en zegt hier dat zij niet wordt gerapporteerd. Zet er ja, \
                 maak de cel leeg, of herstel de regel.",
                "This row was changed, and says here that it is not to be reported. Write yes, \
                 empty the cell, or undo the change.",
            );
            self.wrong(Code::ReportContradicts, Column::Report, words);
        }
        self.check(known, &report);
        if self.mistakes.is_empty() {
            self.note_changes(known, &report, sheet);
            sheet.given.push(Given {
                line: self.row.line,
                name: self.name.clone(),
                action: known.action,
                report,
                source,
            });
        }
    }

    /// What is wrong with a report as a whole.
    fn check(&mut self, known: &Shown, report: &StatusReport) {
        if let Some(last_day) = known.ended_on {
            let nl = format!("Deze actie is op {last_day} beëindigd, voor de ronde begon.");
            let en = format!("This action ended on {last_day}, before the round began.");
            self.wrong(Code::ActionEnded, Column::Action, (&nl, &en));
        }
        for mistake in rules::mistakes(report) {
            let field = mistake.field.last().map_or("", String::as_str);
            let column = self.columns.of_field(field);
            let message = &mistake.message;
            self.wrong(mistake.code.into(), column, (&message.nl, &message.en));
        }
        self.check_version(known);
    }

    /// Notes each cell that says something else than is known.
    fn note_changes(&self, known: &Shown, report: &StatusReport, sheet: &mut SheetRead) {
        let (before, after) = (Parts::of(known.report()), Parts::of(Some(report)));
        let columns = [
            (self.columns.of_status(), before.status, after.status),
            (Column::Explanation, before.explanation, after.explanation),
            (Column::DelayAmount, before.amount, after.amount),
            (Column::DelayCause, before.cause, after.cause),
            (Column::DelayCauseUnknown, before.unknown, after.unknown),
        ];
        let changed = columns
            .into_iter()
            .filter(|(_, before, after)| before != after);
        let mut changes: Vec<CellChange> = changed
            .map(|(column, before, after)| self.change(known, column, before, after))
            .collect();
        if changes.is_empty() {
            changes.push(self.change(known, Column::Report, Some("no"), Some("yes")));
        }
        sheet.changes.append(&mut changes);
    }

    fn change(
        &self,
        known: &Shown,
        column: Column,
        before: Option<&str>,
        after: Option<&str>,
    ) -> CellChange {
        let at = self.columns.place(column);
        CellChange {
            action: known.action,
            row: self.row.line,
            column: self.columns.name(column).to_owned(),
            cell: at.map(|at| cell_name(at, self.row.line)),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }
}

//! `importStatusReports`: the sheet of an open round comes back. Everything is checked before
//! anything is reported; every mistake is told with its row, column and cell; a dry run checks,
//! tells what would change, and reports nothing.

use std::collections::BTreeMap;

use async_graphql::{InputObject, SimpleObject};
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
};
use sea_orm::prelude::Uuid;

use super::{
    errors::{StatusReportError, StatusReportErrorCode as Code},
    repo::{self, NewReport},
    report::{round_mistake, started_early},
    schema::OpenRound,
    sheet::{
        read::{CellChange, Given, SheetRead, read_sheet},
        shown,
    },
};
use crate::{
    release,
    table::placed::{Placed, TABLE, in_table},
};
use database::{DbError, Session};
use domain::{
    mistake::Mistake,
    monitoring::rules,
    policy::{self, MayReportOn},
};
use entity::monitoring_round;
use register::sources::input::{SourceInput, source_mistakes};

/// The sheet of an open round to read back, as
/// `/v1/monitoring-rounds/{round}/status-reports.csv` gives it out. NL: blad met standen.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ImportStatusReportsInput {
    /// The key of the open round. NL: monitoringsronde.
    round: String,
    /// The sheet as CSV, with commas, semicolons or tabs, at most 1,000 rows. Read are the columns
    /// `action`, `status`, `status_nl` and `status_en` (which must agree), `explanation`,
    /// `delay_amount`, `delay_cause`, `delay_cause_unknown`, `source_document`, `source_place`,
    /// `report` and `version`, by these names or the Dutch ones, in whatever case. A row that
    /// repeats what was reported last reports nothing, unless `report` says yes; a row that was
    /// changed is reported as it stands, and a row without a status says nothing. What the table
    /// has no column for stays as it was reported last. NL: tabel.
    table: String,
    /// Only check: nothing is reported. NL: proefdraaien.
    #[graphql(default = false)]
    dry_run: bool,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of the sheet of a round. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ImportStatusReportsPayload {
    /// The round; null when there are mistakes. NL: monitoringsronde.
    pub(super) round: Option<OpenRound>,
    /// Actions that were reported on, or would have been, each an entry of the ledger of its own;
    /// null when there are mistakes. NL: gerapporteerde acties.
    pub(super) reported: Option<i32>,
    /// Rows that repeat what was reported last, and report nothing; null when there are mistakes.
    /// NL: ongewijzigde regels.
    pub(super) unchanged: Option<i32>,
    /// Of a dry run, each cell that says something else than was reported last; otherwise empty.
    /// NL: gewijzigde cellen.
    pub(super) changes: Vec<StatusSheetChange>,
    /// What to repair, every mistake with its row, column and cell; empty when all is well, and
    /// otherwise nothing was reported. NL: fouten.
    pub(super) errors: Vec<StatusReportError>,
}

graphql::warned! { ImportStatusReportsPayload }

/// A cell of the sheet of a round that says something else than was reported last. NL: gewijzigde
/// cel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct StatusSheetChange {
    /// The number of the action in the plan of the round. NL: actienummer.
    action: i32,
    /// The row as a spreadsheet numbers it. NL: regel.
    row: i32,
    /// The name of the column, as it stands in the sheet. NL: kolom.
    column: String,
    /// The cell as a spreadsheet names it, as in `C7`; null when the sheet has no such column. NL:
    /// cel.
    cell: Option<String>,
    /// What was reported last: a status by its code, a text as it stands, `yes` for what is so;
    /// null when nothing was. NL: voor.
    before: Option<String>,
    /// What it would say; null when it would say nothing. NL: na.
    after: Option<String>,
}

impl From<CellChange> for StatusSheetChange {
    fn from(change: CellChange) -> Self {
        Self {
            action: change.action,
            row: i32::try_from(change.row).unwrap_or(i32::MAX),
            column: change.column,
            cell: change.cell,
            before: change.before,
            after: change.after,
        }
    }
}

/// A sheet that was read: the round, how many actions were reported on, how many rows said nothing,
/// and of a dry run which cells would change.
pub(super) struct Imported {
    pub(super) round: String,
    pub(super) reported: i32,
    pub(super) unchanged: i32,
    pub(super) changes: Vec<StatusSheetChange>,
}

impl Outcome for Imported {
    /// Reads it back, as in `2026-1#3#58`.
    fn read(kept: String) -> Option<Self> {
        let mut parts = kept.split('#');
        Some(Self {
            round: parts.next()?.to_owned(),
            reported: parts.next()?.parse().ok()?,
            unchanged: parts.next()?.parse().ok()?,
            changes: Vec::new(),
        })
    }
}

/// Reads a sheet back: each report an entry of its own, all in one transaction.
pub(super) async fn import(
    request: &RequestContext,
    input: &ImportStatusReportsInput,
) -> Result<Imported, Stopped<Code>> {
    let call = Call::of("importStatusReports", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let session = change.session();
    let round = repo::find_round(session, &input.round).await?;
    let waits = release::round_kept_until(session, &input.round).await?;
    let mut mistakes = Vec::from_iter(round_mistake(round.as_ref(), waits.is_some()));
    let Some(round) = round.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let shown = shown::of_round(session, &round).await?;
    let mut read = match read_sheet(&input.table, &round.plan, &shown) {
        Ok(read) => read,
        Err(wrong) => return Err(Stopped::Wrong(wrong.into_iter().map(in_table).collect())),
    };
    let mut wrong = std::mem::take(&mut read.mistakes);
    wrong.extend(wrong_sources(session, &read).await?);
    wrong.sort_by_key(|mistake| mistake.row);
    mistakes.extend(wrong.into_iter().map(in_table));
    stop_at(mistakes)?;
    warn(request, session, &round, &mut read).await?;
    let outcome = format!("{}#{}#{}", round.key, read.given.len(), read.unchanged);
    if input.dry_run {
        let changes = read.changes.into_iter().map(StatusSheetChange::from);
        return Ok(Imported {
            changes: changes.collect(),
            ..read_outcome(outcome)?
        });
    }
    let reports = new_reports(session, &round, read.given).await?;
    repo::append_reports(&mut change.writer, &round, reports).await?;
    Ok(read_outcome(change.seal(request, outcome).await?)?)
}

/// What is wrong with the sources that the rows name.
async fn wrong_sources(session: &Session, read: &SheetRead) -> Result<Vec<Placed<Code>>, DbError> {
    let mut wrong = Vec::new();
    for one in &read.given {
        let source = one.source.as_ref();
        let source = source.map(|(document, place)| SourceInput::of(document, place));
        for mistake in source_mistakes(session, source.as_ref(), Code::UnknownSource).await? {
            let Mistake {
                code,
                field,
                message,
            } = mistake;
            let field = field.last().map_or("", String::as_str);
            wrong.push(read.place(one, code, field, message));
        }
    }
    Ok(wrong)
}

/// Warns of what somebody should look at although the reports stand: columns that are not read,
/// signs of persons, and actions that started before the one that they start after was completed.
async fn warn(
    request: &RequestContext,
    session: &Session,
    round: &monitoring_round::Model,
    read: &mut SheetRead,
) -> Result<(), DbError> {
    request.warn(std::mem::take(&mut read.warnings));
    request.warn(read.signs_of_persons());
    let numbers: Vec<i32> = read.given.iter().map(|one| one.action).collect();
    let waits_for = repo::starts_after(session, &round.plan, numbers).await?;
    for one in &read.given {
        let before = waits_for
            .get(&one.action)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let line = one.line.to_string();
        let column = read.status_column();
        let unfinished = rules::unfinished_before(one.report.status, before).into_iter();
        request.warn(unfinished.map(|number| started_early(number, &[TABLE, &line, column])));
    }
    Ok(())
}

/// The reports of a sheet, each with the proof that it may be made and the own one that it takes
/// the place of.
async fn new_reports(
    session: &Session,
    round: &monitoring_round::Model,
    given: Vec<Given>,
) -> Result<Vec<NewReport>, Stopped<Code>> {
    let scope = policy::open_reports(session.mandate());
    let before = repo::open_reports(session, &scope, Some(&round.key)).await?;
    let before: BTreeMap<String, Uuid> = before
        .into_iter()
        .map(|row| (row.subject_key, row.id))
        .collect();
    let mut reports = Vec::with_capacity(given.len());
    for one in given {
        let key = format!("{}/{}", round.plan, one.action);
        let permit: MayReportOn = policy::may_report_on(session.mandate(), &key)?;
        let subject = repo::report_subject(&round.key, &permit);
        reports.push(NewReport {
            before: before.get(&subject).copied(),
            permit,
            given: one.report,
            source: one.source,
        });
    }
    Ok(reports)
}

//! What the sheet of a round shows: each action with what was reported on it last, in this round or
//! else in an earlier one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{monitoring_round, round_report};
use sea_orm::prelude::Uuid;

use super::repo::{self as own_repo, StatusRow};
use crate::monitoring::{close::one_per_action, repo};
use database::{DbError, Session};
use domain::{
    actor::RoleKind,
    monitoring::rules::{self, ReportedDelay, StatusReport},
    plan::rules::ActionStatus,
    policy,
    text::Text,
};

/// An action, with what was reported on it last.
#[derive(Debug, Clone)]
pub(in crate::monitoring) struct Shown {
    pub action: i32,
    pub title: Text,
    /// The names of its owners; empty where nobody owns it.
    pub owners: String,
    /// The last day of an action that had ended before the round began: nothing is reported on it.
    pub ended_on: Option<NaiveDate>,
    pub last: Option<Last>,
}

/// What was reported on an action last.
#[derive(Debug, Clone)]
pub(in crate::monitoring) struct Last {
    /// The round in which it was reported.
    pub round: String,
    /// By whom, in words; empty where a document says it.
    pub reported_by: String,
    pub report: StatusReport,
    /// The ledger number of the report.
    pub version: i64,
}

impl Shown {
    /// What was reported, wherever.
    pub(super) fn report(&self) -> Option<&StatusReport> {
        self.last.as_ref().map(|last| &last.report)
    }

    /// The ledger number of what was reported, 0 where nothing was.
    pub(super) fn version(&self) -> i64 {
        self.last.as_ref().map_or(0, |last| last.version)
    }
}

/// The actions of a round, those that had ended before it too, by number.
pub(in crate::monitoring) async fn of_round(
    session: &Session,
    round: &monitoring_round::Model,
) -> Result<Vec<Shown>, DbError> {
    let actions = own_repo::actions(session, &round.plan).await?;
    let mut last = earlier(session, &round.plan).await?;
    last.extend(of_this_round(session, round).await?);
    name_reporters(session, &mut last).await?;
    let shown = actions.into_iter().map(|row| {
        let has_ended = rules::had_ended(row.valid_to, round.date_earliest);
        let until = row.valid_to.filter(|_| has_ended);
        Shown {
            action: row.number,
            title: Text::new(row.title_nl, row.title_en),
            owners: row.owners,
            ended_on: until.and_then(|until| until.pred_opt()),
            last: last.remove(&row.number),
        }
    });
    Ok(shown.collect())
}

/// What the closed rounds say of each action, by number.
async fn earlier(session: &Session, plan: &str) -> Result<BTreeMap<i32, Last>, DbError> {
    let rows = own_repo::last_statuses(session, plan).await?.into_iter();
    Ok(rows
        .filter_map(|row| Some((row.action, of_row(row)?)))
        .collect())
}

/// What a row says; none for a status that this version does not know.
fn of_row(row: StatusRow) -> Option<Last> {
    Some(Last {
        report: StatusReport {
            status: ActionStatus::from_code(&row.status)?,
            explanation: row.explanation,
            delay: ReportedDelay::of_row(
                row.delay_amount,
                row.delay_cause,
                row.delay_cause_state.as_deref(),
            ),
        },
        round: row.round,
        reported_by: row.reported_by.unwrap_or_default(),
        version: row.ledger_no,
    })
}

/// What was reported in this round, by action: of several reports on one the one that closing would
/// take.
async fn of_this_round(
    session: &Session,
    round: &monitoring_round::Model,
) -> Result<BTreeMap<i32, Last>, DbError> {
    let scope = policy::open_reports(session.mandate());
    let reports = one_per_action(repo::open_reports(session, &scope, Some(&round.key)).await?);
    let ids = reports.iter().filter_map(|row| row.explanation_text);
    let mut texts = repo::texts(session, ids.collect()).await?;
    let last = reports
        .into_iter()
        .filter_map(|row| Some((row.action, of_report(row, &mut texts)?)));
    Ok(last.collect())
}

fn of_report(row: round_report::Model, texts: &mut BTreeMap<Uuid, String>) -> Option<Last> {
    Some(Last {
        report: StatusReport {
            status: ActionStatus::from_code(&row.status)?,
            explanation: row.explanation_text.and_then(|id| texts.remove(&id)),
            delay: ReportedDelay::of_row(
                row.delay_amount_text,
                row.delay_cause_nl,
                row.delay_cause_state.as_deref(),
            ),
        },
        round: row.round,
        reported_by: row.reported_by,
        version: row.ledger_no,
    })
}

/// Puts the names of reporters in the place of their keys.
async fn name_reporters(session: &Session, last: &mut BTreeMap<i32, Last>) -> Result<(), DbError> {
    let keys: BTreeSet<String> = last.values().map(|one| one.reported_by.clone()).collect();
    let names = own_repo::partner_names(session, keys.into_iter().collect()).await?;
    for one in last.values_mut() {
        if one.reported_by == RoleKind::Ministry.code() {
            "Ministerie van Justitie en Veiligheid".clone_into(&mut one.reported_by);
        } else if let Some(name) = names.get(&one.reported_by) {
            one.reported_by.clone_from(name);
        }
    }
    Ok(())
}

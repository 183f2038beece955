//! `closeMonitoringRound`.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{InputObject, SimpleObject};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{monitoring_round, round_report};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::{
    errors::{MonitoringRoundError, MonitoringRoundErrorCode as Code},
    repo,
};
use crate::release::{self, Decision};
use database::{DbError, Session};
use domain::{
    clock,
    mistake::Mistake,
    monitoring::rules::{self, Reported},
    policy::{self, OpenReports},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
};
use ledger::Writer;
use register::plan::schema::MonitoringRound;

/// How far ahead an embargo may end.
const LONGEST_EMBARGO: TimeDelta = TimeDelta::days(366);

/// A round to close. NL: te sluiten ronde.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct CloseMonitoringRoundInput {
    /// The key of the open round. NL: monitoringsronde.
    round: String,
    /// The numbers of the actions whose reports are accepted; by default all that were reported on.
    /// Of several reports on an action the ministry's own is taken, else the latest. A report that
    /// is not accepted stays unseen. NL: opgenomen acties.
    actions: Option<Vec<i32>>,
    /// The numbers of the actions that the round leaves out and says so. NL: uitgezonderde acties.
    #[graphql(default)]
    left_out: Vec<i32>,
    /// The instant at which what is decided becomes known, on a whole minute and at most a year
    /// ahead; left out, at once.
    /// Until then the round takes in no more reports, and nobody sees more of it than before.
    /// Another decision takes its place. From 2018-01-01 to 2099-12-31. NL: embargo tot.
    embargo_until: Option<DateTime<Utc>>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of closing. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct CloseMonitoringRoundPayload {
    /// The round: closed, or, as `embargoUntil` says, to be closed as decided; null when nothing
    /// was decided. NL: ronde.
    pub(super) round: Option<MonitoringRound>,
    /// The instant at which the round will be closed as decided; null when it is closed, or nothing
    /// was decided. NL: embargo tot.
    pub(super) embargo_until: Option<DateTime<Utc>>,
    /// What to repair; empty when it was closed. NL: fouten.
    pub(super) errors: Vec<MonitoringRoundError>,
}

graphql::warned! { CloseMonitoringRoundPayload }

fn reported(row: &round_report::Model) -> Reported<'_> {
    Reported {
        by: &row.reported_by,
        ledger_no: row.ledger_no,
    }
}

/// One report per action, by number; see [`rules::goes_before`].
pub(super) fn one_per_action(reports: Vec<round_report::Model>) -> Vec<round_report::Model> {
    let mut chosen: BTreeMap<i32, round_report::Model> = BTreeMap::new();
    for report in reports {
        let other = chosen.get(&report.action);
        let is_better =
            other.is_none_or(|other| rules::goes_before(&reported(&report), &reported(other)));
        if is_better {
            chosen.insert(report.action, report);
        }
    }
    chosen.into_values().collect()
}

/// Why a round cannot be closed whatever is accepted. Of one that is unknown or closed its reports
/// cannot be judged.
fn round_mistake(
    round: Option<&monitoring_round::Model>,
    today: NaiveDate,
) -> Option<Mistake<Code>> {
    let Some(round) = round else {
        return Some(Mistake::at(
            Code::UnknownRound,
            &["round"],
            "Deze ronde is niet bekend.",
            "This round is not known.",
        ));
    };
    if round.state != "OPEN" {
        return Some(Mistake::at(
            Code::AlreadyClosed,
            &["round"],
            "Deze ronde is al gesloten.",
            "This round is closed already.",
        ));
    }
    (today < round.date_latest).then(|| {
        Mistake::at(
            Code::NotOverYet,
            &["round"],
            format!("Deze ronde loopt tot en met {}.", round.date_latest),
            format!("This round runs to {}.", round.date_latest),
        )
    })
}

/// Why an embargo cannot end then.
fn embargo_mistake(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Mistake<Code>> {
    let until = until?;
    let is_possible =
        until > now && until <= now + LONGEST_EMBARGO && clock::is_whole_minute(until);
    (!is_possible).then(|| {
        Mistake::at(
            Code::InvalidEmbargo,
            &["embargoUntil"],
            "Een embargo eindigt op een hele minuut in de toekomst, binnen een jaar.",
            "An embargo ends on a whole minute ahead, within a year.",
        )
    })
}

/// Why nothing else can be decided: an overview of what was decided waits for its release.
async fn overview_mistake(
    session: &Session,
    round: &str,
) -> Result<Option<Mistake<Code>>, DbError> {
    let overview = repo::embargoed_overview(session, round).await?;
    Ok(overview.map(|key| {
        Mistake::at(
            Code::OverviewUnderEmbargo,
            &["round"],
            format!(
                "Het overzicht {key} van deze ronde staat onder embargo; trek het eerst in met \
                 `withdrawPublication`."
            ),
            format!(
                "The overview {key} of this round is under embargo; withdraw it first with \
                 `withdrawPublication`."
            ),
        )
    }))
}

/// Which reports a round accepts and which actions it leaves out, decided before it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The key of the round.
    pub round: String,
    /// The numbers of the actions whose reports are accepted.
    pub accepted: BTreeSet<i32>,
    /// The numbers of the actions that it leaves out.
    pub left_out: BTreeSet<i32>,
}

/// The reports that a round will accept, as it was decided; for whoever sees all of them.
pub(crate) async fn decided_reports(
    session: &Session,
    decided: &Decided,
) -> Result<Vec<round_report::Model>, DbError> {
    let reports = repo::open_reports(session, &OpenReports::All, Some(&decided.round)).await?;
    let mut accepted = one_per_action(reports);
    accepted.retain(|report| decided.accepted.contains(&report.action));
    Ok(accepted)
}

/// Closes a round as it was decided, once its embargo is over. One that was closed meanwhile stays
/// as it is.
pub async fn run_release(writer: &mut Writer, decided: &Decided) -> Result<(), DbError> {
    let permit = policy::may_manage_plan(writer.session().mandate())
        .map_err(|denied| DbError::doing("closing a round")(DbErr::Custom(denied.to_string())))?;
    let round = repo::find_round(writer.session(), &decided.round).await?;
    let Some(round) = round.filter(|round| round.state == "OPEN") else {
        return Ok(());
    };
    let accepted = decided_reports(writer.session(), decided).await?;
    repo::append_closing(writer, &permit, &round, &accepted, &decided.left_out).await
}

/// The reports that are accepted: those on the actions that the input names, or all. A named action
/// that nobody reported on is a mistake.
fn accepted_reports(
    reported: Vec<round_report::Model>,
    actions: Option<&[i32]>,
    mistakes: &mut Vec<Mistake<Code>>,
) -> Vec<round_report::Model> {
    let Some(numbers) = actions else {
        return reported;
    };
    for (i, number) in numbers.iter().enumerate() {
        if !reported.iter().any(|report| report.action == *number) {
            mistakes.push(Mistake::at(
                Code::NoReport,
                &["actions", &i.to_string()],
                format!("Over actie {number} is in deze ronde niet gerapporteerd."),
                format!("Action {number} was not reported on in this round."),
            ));
        }
    }
    reported
        .into_iter()
        .filter(|report| numbers.contains(&report.action))
        .collect()
}

/// What is wrong with the actions that are left out: the plan has no such action, or its report is
/// accepted.
fn left_out_mistakes(
    input: &CloseMonitoringRoundInput,
    plan: &str,
    actions: &BTreeSet<i32>,
    accepted: &[round_report::Model],
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    for (i, number) in input.left_out.iter().enumerate() {
        let at = ["leftOut", &i.to_string()];
        if !actions.contains(number) {
            mistakes.push(Mistake::at(
                Code::UnknownAction,
                &at,
                format!("Plan {plan} heeft geen actie {number}."),
                format!("Plan {plan} has no action {number}."),
            ));
        } else if accepted.iter().any(|report| report.action == *number) {
            mistakes.push(Mistake::at(
                Code::AcceptedAndLeftOut,
                &at,
                format!("Actie {number} is zowel opgenomen als uitgezonderd."),
                format!("Action {number} is both accepted and left out."),
            ));
        }
    }
    mistakes
}

/// Closes a round; gives its key.
pub(super) async fn close(
    request: &RequestContext,
    input: &CloseMonitoringRoundInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("closeMonitoringRound", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let round = repo::find_round(change.session(), &input.round).await?;
    let mut mistakes: Vec<Mistake<Code>> = Vec::new();
    mistakes.extend(round_mistake(round.as_ref(), change.session().today()));
    let now = change.session().moment().instant;
    mistakes.extend(embargo_mistake(input.embargo_until, now));
    let Some(round) = round.filter(|round| round.state == "OPEN") else {
        return Err(Stopped::Wrong(mistakes));
    };
    let reported =
        repo::open_reports(change.session(), &OpenReports::All, Some(&round.key)).await?;
    let reported = one_per_action(reported);
    let accepted = accepted_reports(reported, input.actions.as_deref(), &mut mistakes);
    if accepted.is_empty() && mistakes.is_empty() {
        mistakes.push(Mistake::at(
            Code::NoReport,
            &["actions"],
            "In deze ronde is niets om op te nemen.",
            "There is nothing to accept in this round.",
        ));
    }
    let actions = repo::actions_of(change.session(), &round.plan).await?;
    mistakes.extend(left_out_mistakes(input, &round.plan, &actions, &accepted));
    mistakes.extend(overview_mistake(change.session(), &round.key).await?);
    stop_at(mistakes)?;
    let left_out: BTreeSet<i32> = input.left_out.iter().copied().collect();
    let Change { writer, permit, .. } = &mut change;
    match input.embargo_until {
        None => repo::append_closing(writer, permit, &round, &accepted, &left_out).await?,
        Some(until) => {
            let decision = Decision::MonitoringRound(Decided {
                round: round.key.clone(),
                accepted: accepted.iter().map(|report| report.action).collect(),
                left_out,
            });
            release::keep(writer.session(), &decision, until).await?;
        }
    }
    Ok(change.seal(request, round.key).await?)
}

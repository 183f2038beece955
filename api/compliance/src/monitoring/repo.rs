//! What is stored of rounds that are run: rounds, reports in them, and what closing makes of these.

use std::collections::{BTreeMap, BTreeSet};

use entity::{monitoring_round, public_text, round_exclusion, round_report, status_report};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, FromQueryResult,
    QueryFilter as _, QueryOrder as _, Value, prelude::Uuid,
};

use database::{DbError, Session, ids};
use domain::{
    actor::RoleKind,
    monitoring::rules::StatusReport,
    plan::rules::ActionStatus,
    policy::{MayManagePlan, MayReportOn, OpenReports},
};
use ledger::{EntryDraft, Part, TextKind, Writer, fact};

/// A round by its key, open or closed.
pub(super) async fn find_round(
    session: &Session,
    key: &str,
) -> Result<Option<monitoring_round::Model>, DbError> {
    monitoring_round::Entity::find()
        .filter(monitoring_round::Column::Key.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a round"))
}

/// The rounds that are open, by key.
pub(super) async fn open_rounds(
    session: &Session,
) -> Result<Vec<monitoring_round::Model>, DbError> {
    monitoring_round::Entity::find()
        .filter(monitoring_round::Column::State.eq("OPEN"))
        .order_by_asc(monitoring_round::Column::Key)
        .all(session)
        .await
        .map_err(DbError::doing("reading open rounds"))
}

#[derive(FromQueryResult)]
struct Key {
    key: String,
}

/// The overview of a round that is under embargo; for whoever publishes.
pub(super) async fn embargoed_overview(
    session: &Session,
    round: &str,
) -> Result<Option<String>, DbError> {
    let row: Option<Key> = session
        .row(
            "looking for an overview under embargo",
            "select key from known.publication
             where kind = 'MONITORING_OVERVIEW' and about = $1 and state = 'EMBARGOED'
             order by key limit 1",
            [Value::from(round)],
        )
        .await?;
    Ok(row.map(|row| row.key))
}

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Whether a plan version of this key exists.
pub(super) async fn plan_exists(session: &Session, plan: &str) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for a plan",
            "select exists (select from known.plan_version where key = $1) as found",
            [Value::from(plan)],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

#[derive(FromQueryResult)]
struct Numbered {
    number: i32,
}

/// The numbers of the actions of a plan.
pub(super) async fn actions_of(session: &Session, plan: &str) -> Result<BTreeSet<i32>, DbError> {
    let rows: Vec<Numbered> = session
        .rows(
            "reading the actions of a plan",
            "select number from known.action where plan = $1",
            [Value::from(plan)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

#[derive(FromQueryResult)]
struct Before {
    action: i32,
    number: i32,
    status: Option<String>,
}

/// What some actions start after: of each the actions before it, with the status of their latest
/// closed round.
pub(super) async fn starts_after(
    session: &Session,
    plan: &str,
    actions: Vec<i32>,
) -> Result<BTreeMap<i32, Vec<(i32, Option<ActionStatus>)>>, DbError> {
    let rows: Vec<Before> = session
        .rows(
            "reading what actions wait for",
            "select r.number as action, r.to_number as number, (
                select s.status from known.status_report s
                    join known.monitoring_round m on m.key = s.round
                where s.plan = r.to_plan and s.action = r.to_number and m.state = 'CLOSED'
                order by m.date_latest desc, m.key desc limit 1) as status
             from known.action_relation r
             where r.plan = $1 and r.number = any ($2) and r.kind = 'STARTS_AFTER' order by 1, 2",
            [Value::from(plan), Value::from(actions)],
        )
        .await?;
    let mut found: BTreeMap<i32, Vec<(i32, Option<ActionStatus>)>> = BTreeMap::new();
    for row in rows {
        let status = row.status.as_deref().and_then(ActionStatus::from_code);
        found
            .entry(row.action)
            .or_default()
            .push((row.number, status));
    }
    Ok(found)
}

/// The reports in open rounds that a reader sees, by round and action.
pub(super) async fn open_reports(
    session: &Session,
    scope: &OpenReports,
    round: Option<&str>,
) -> Result<Vec<round_report::Model>, DbError> {
    let mut query = round_report::Entity::find()
        .order_by_asc(round_report::Column::Round)
        .order_by_asc(round_report::Column::Plan)
        .order_by_asc(round_report::Column::Action);
    query = match scope {
        OpenReports::All => query,
        OpenReports::Of(partner) => {
            query.filter(round_report::Column::ReportedBy.eq(partner.as_str()))
        }
        OpenReports::None => return Ok(Vec::new()),
    };
    if let Some(round) = round {
        query = query.filter(round_report::Column::Round.eq(round));
    }
    query
        .all(session)
        .await
        .map_err(DbError::doing("reading open reports"))
}

/// An action that nobody reported on in a round, with the keys of those who own it today.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Unreported {
    pub(super) action: String,
    pub(super) owners: Vec<String>,
}

/// The actions of an open round that nobody reported on, by number; of those that had ended before
/// it began none.
pub(super) async fn unreported(
    session: &Session,
    _permit: &MayManagePlan,
    round: &str,
) -> Result<Vec<Unreported>, DbError> {
    session
        .rows(
            "looking for actions that nobody reported on",
            "select a.plan || '/' || a.number as action, array(
                select o.partner from known.action_partner o
                where o.plan = a.plan and o.number = a.number and o.role = 'OWNER'
                  and (o.valid_from is null or o.valid_from <= $2)
                  and (o.valid_to is null or o.valid_to > $2)
                order by o.partner) as owners
             from known.monitoring_round r join known.action a on a.plan = r.plan
             where r.key = $1 and (a.valid_to is null or a.valid_to > r.date_earliest)
               and not exists (select from known.round_report w
                    where w.round = r.key and w.plan = a.plan and w.action = a.number)
             order by a.number",
            [Value::from(round), Value::from(session.today())],
        )
        .await
}

#[derive(FromQueryResult)]
struct Body {
    id: Uuid,
    body: Option<String>,
}

/// The texts of reports, by id; a blanked one is missing.
pub(super) async fn texts(
    session: &Session,
    ids: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, String>, DbError> {
    let rows: Vec<Body> = session
        .rows(
            "reading texts of reports",
            "select id, body from free_text where id = any ($1)",
            [Value::from(ids)],
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.id, row.body?)))
        .collect())
}

/// A round to open.
#[derive(Debug, Clone)]
pub(super) struct NewRound {
    pub(super) key: String,
    pub(super) plan: String,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) date_earliest: chrono::NaiveDate,
    pub(super) date_latest: chrono::NaiveDate,
}

/// Opens a round.
pub(super) async fn append_round(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: &NewRound,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft::public(
        "monitoringRound.opened",
        "MonitoringRound",
        new.key.clone(),
    ));
    let row = fact!(monitoring_round, head, {
        key: new.key.clone(),
        plan: new.plan.clone(),
        title_nl: new.title_nl.clone(),
        title_en: new.title_en.clone(),
        date_earliest: new.date_earliest,
        date_latest: new.date_latest,
        date_text: "not printed".to_owned(),
        state: "OPEN".to_owned(),
    });
    monitoring_round::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("opening a round"))?;
    Ok(())
}

/// What a delay is stored as: the amount, the cause, and whether the cause is known.
fn delay_columns(given: &StatusReport) -> (Option<String>, Option<String>, Option<String>) {
    let Some(delay) = &given.delay else {
        return (None, None, None);
    };
    let state = if delay.cause.is_some() {
        "GIVEN"
    } else {
        "NOT_IN_SOURCE"
    };
    (
        delay.amount.clone(),
        delay.cause.clone(),
        Some(state.to_owned()),
    )
}

/// The subject of a report: each reporter has its own, so that nobody's report stands in another's
/// way.
pub(super) fn report_subject(round: &str, permit: &MayReportOn) -> String {
    format!("{round}/{}/{}", permit.action(), permit.reported_by())
}

/// A report to append.
pub(super) struct NewReport {
    /// Proof that its reporter may report on the action.
    pub(super) permit: MayReportOn,
    pub(super) given: StatusReport,
    /// The document and the place in it; the reporter when absent.
    pub(super) source: Option<(String, String)>,
    /// The reporter's own report that it takes the place of.
    pub(super) before: Option<Uuid>,
}

/// Appends reports in an open round, each an entry of its own, in one statement for their texts and
/// one for themselves; each takes the place of the reporter's own before it.
pub(super) async fn append_reports(
    writer: &mut Writer,
    round: &monitoring_round::Model,
    reports: Vec<NewReport>,
) -> Result<(), DbError> {
    let mut numbered = Vec::with_capacity(reports.len());
    for report in reports {
        let subject = report_subject(&round.key, &report.permit);
        let head = writer.open_entry(EntryDraft {
            part: Part::Plan,
            source: report.source.clone(),
            ..EntryDraft::public("roundReport.reported", "RoundReport", subject)
        });
        numbered.push((head, report));
    }
    let bodies: Vec<(i64, String)> = numbered
        .iter()
        .filter_map(|(head, report)| Some((head.number, report.given.explanation.clone()?)))
        .collect();
    let ids = writer.texts(TextKind::Report, &bodies).await?;
    let texts: BTreeMap<i64, Uuid> = bodies.iter().map(|(number, _)| *number).zip(ids).collect();
    let rows = numbered.into_iter().map(|(head, report)| {
        let text = texts.get(&head.number).copied();
        let (plan, action) = report.permit.action().split_once('/').unwrap_or_default();
        let (amount, cause, cause_state) = delay_columns(&report.given);
        fact!(round_report, head, {
            corrects: report.before,
            round: round.key.clone(),
            plan: plan.to_owned(),
            action: action.parse().unwrap_or_default(),
            status: report.given.status.code().to_owned(),
            explanation_text: text,
            delay_amount_text: amount,
            delay_cause_nl: cause,
            delay_cause_state: cause_state,
            reported_by: report.permit.reported_by().to_owned(),
        })
    });
    let rows: Vec<round_report::ActiveModel> = rows.collect();
    writer.append("appending reports", rows).await
}

/// Closes a round: accepts reports, notes which actions it leaves out, and says that it is closed.
pub(super) async fn append_closing(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    round: &monitoring_round::Model,
    accepted: &[round_report::Model],
    excluded: &BTreeSet<i32>,
) -> Result<(), DbError> {
    let texts = texts(
        writer.session(),
        accepted
            .iter()
            .filter_map(|row| row.explanation_text)
            .collect(),
    )
    .await?;
    let statuses: Vec<Accepted> = accepted
        .iter()
        .map(|report| Accepted {
            round: round.key.clone(),
            plan: report.plan.clone(),
            action: report.action,
            status: report.status.clone(),
            explanation: report
                .explanation_text
                .and_then(|id| texts.get(&id).cloned()),
            delay: (
                report.delay_amount_text.clone(),
                report.delay_cause_nl.clone(),
                report.delay_cause_state.clone(),
            ),
            valid_from: round.date_latest,
            period: None,
            corrects: None,
            source: report
                .source_document
                .clone()
                .zip(report.source_lines.clone()),
            reported_by: Some(report.reported_by.clone()),
            note: None,
        })
        .collect();
    append_statuses(writer, "statusReport.accepted", statuses).await?;
    append_exclusions(writer, round, excluded).await?;
    let number = writer.entry(EntryDraft::public(
        "monitoringRound.closed",
        "MonitoringRound",
        round.key.clone(),
    ));
    let mut closed: monitoring_round::ActiveModel = round.clone().into();
    closed.id = Set(ids::row_id());
    closed.ledger_no = Set(number);
    closed.corrects = Set(Some(round.id));
    closed.state = Set("CLOSED".to_owned());
    let closed = closed.reset_all();
    monitoring_round::Entity::insert(closed)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("closing a round"))?;
    Ok(())
}

async fn append_exclusions(
    writer: &mut Writer,
    round: &monitoring_round::Model,
    actions: &BTreeSet<i32>,
) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(actions.len());
    for action in actions {
        let subject = format!("{}/{}/{action}", round.key, round.plan);
        let head = writer.open_entry(EntryDraft::public(
            "roundExclusion.recorded",
            "RoundExclusion",
            subject,
        ));
        rows.push(fact!(round_exclusion, head, {
            round: round.key.clone(),
            plan: round.plan.clone(),
            action: *action,
        }));
    }
    if rows.is_empty() {
        return Ok(());
    }
    round_exclusion::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("leaving actions out"))?;
    Ok(())
}

/// A status that everybody will see.
struct Accepted {
    round: String,
    plan: String,
    action: i32,
    status: String,
    explanation: Option<String>,
    delay: (Option<String>, Option<String>, Option<String>),
    valid_from: chrono::NaiveDate,
    period: Option<String>,
    corrects: Option<Uuid>,
    /// The document and the place in it.
    source: Option<(String, String)>,
    /// Who reported it; none of a status that a document says.
    reported_by: Option<String>,
    note: Option<String>,
}

impl Accepted {
    fn subject(&self) -> String {
        format!("{}/{}/{}", self.round, self.plan, self.action)
    }
}

/// Appends statuses, each an entry of its own, in one statement for their texts and one for
/// themselves.
async fn append_statuses(
    writer: &mut Writer,
    operation: &'static str,
    statuses: Vec<Accepted>,
) -> Result<(), DbError> {
    let mut numbered = Vec::with_capacity(statuses.len());
    for status in statuses {
        let head = writer.open_entry(EntryDraft {
            source: status.source.clone(),
            ..EntryDraft::public(operation, "StatusReport", status.subject())
        });
        numbered.push((head, status));
    }
    let bodies: Vec<(i64, String)> = numbered
        .iter()
        .filter_map(|(head, status)| Some((head.number, status.explanation.clone()?)))
        .collect();
    let ids = writer.texts(TextKind::Public, &bodies).await?;
    let texts: BTreeMap<i64, Uuid> = bodies.iter().map(|(number, _)| *number).zip(ids).collect();
    let rows = numbered.into_iter().map(|(head, status)| {
        let text = texts.get(&head.number).copied();
        let (amount, cause, cause_state) = status.delay;
        fact!(status_report, head, {
            valid_from: Some(status.valid_from),
            corrects: status.corrects,
            withdrawn: false,
            note: status.note,
            round: status.round,
            plan: status.plan,
            action: status.action,
            status: status.status,
            explanation_text: text,
            period_text: status.period,
            delay_amount_text: amount,
            delay_cause_nl: cause,
            delay_cause_state: cause_state,
            reported_by: status.reported_by,
        })
    });
    status_report::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("appending statuses"))?;
    Ok(())
}

/// The accepted report of an action in a round.
pub(super) async fn find_status(
    session: &Session,
    round: &str,
    plan: &str,
    action: i32,
) -> Result<Option<status_report::Model>, DbError> {
    status_report::Entity::find()
        .filter(status_report::Column::Round.eq(round))
        .filter(status_report::Column::Plan.eq(plan))
        .filter(status_report::Column::Action.eq(action))
        .one(session)
        .await
        .map_err(DbError::doing("reading a status"))
}

/// What takes the place of an accepted status.
pub(super) struct Correction {
    pub(super) given: StatusReport,
    pub(super) reason: String,
    /// The document and the place in it; the ministry when absent.
    pub(super) source: Option<(String, String)>,
}

/// Puts another status in the place of an accepted one, with the reason.
pub(super) async fn append_correction(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    before: &status_report::Model,
    correction: &Correction,
) -> Result<String, DbError> {
    let given = &correction.given;
    let corrected = Accepted {
        round: before.round.clone(),
        plan: before.plan.clone(),
        action: before.action,
        status: given.status.code().to_owned(),
        explanation: given.explanation.clone(),
        delay: delay_columns(given),
        valid_from: before.valid_from.unwrap_or_default(),
        period: before.period_text.clone(),
        corrects: Some(before.id),
        source: correction.source.clone(),
        reported_by: Some(RoleKind::Ministry.code().to_owned()),
        note: Some(correction.reason.clone()),
    };
    let subject = corrected.subject();
    append_statuses(writer, "statusReport.corrected", vec![corrected]).await?;
    Ok(subject)
}

/// The text of an accepted status; a blanked one is missing.
pub(super) async fn kept_text(session: &Session, id: Uuid) -> Result<Option<String>, DbError> {
    let text = public_text::Entity::find_by_id(id)
        .one(session)
        .await
        .map_err(DbError::doing("reading an explanation"))?;
    Ok(text.and_then(|text| text.body))
}

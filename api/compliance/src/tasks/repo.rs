//! Looks for what waits: a statement per kind of task, of the actor's own subjects alone.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::{
    assessment::rules::Days,
    clock::day_of,
    policy::{MayManagePlan, MayReviewAll, OwnActions, OwnMunicipalities},
    tasks::rules::{Found, TaskKind},
};
use ledger::judge::{inputs, preview::policy_unknown};

/// What waits, whatever its kind.
#[derive(FromQueryResult)]
pub(super) struct Row {
    subject: String,
    municipality: Option<String>,
    since: NaiveDate,
    due: Option<NaiveDate>,
}

/// The tasks of a kind.
pub(super) fn tasks(kind: TaskKind, rows: Vec<Row>) -> Vec<Found> {
    rows.into_iter()
        .map(|row| Found {
            kind,
            subject: row.subject,
            municipality: row.municipality,
            since: row.since,
            due: row.due,
        })
        .collect()
}

/// Assessments of these municipalities that are not handed in although the period is open: to
/// submit, or for a region to fill.
pub(crate) async fn to_hand_in(
    session: &Session,
    own: &OwnMunicipalities,
    kind: TaskKind,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for assessments to hand in",
            "select m.code || '/' || p.key as subject, m.code as municipality, p.opens_on as since,
                coalesce((select max(e.deadline_on) from known.deadline_extension e
                    where e.municipality = m.code and e.period = p.key), p.deadline_on) as due
             from known.reporting_period p cross join unnest($1) m (code)
             where p.opens_on <= $2 and p.closes_on >= $2
               and not exists (select from known.assessment_version v
                    where v.municipality = m.code and v.period = p.key
                      and not exists (select from known.assessment_withdrawal w
                        where w.municipality = v.municipality and w.period = v.period
                            and w.version = v.number))",
            [Value::from(own.codes()), Value::from(session.today())],
        )
        .await?;
    Ok(tasks(kind, rows))
}

/// Municipalities among these of which it is unknown whether they have adopted policy, in each
/// period that is open: recording the decision is part of handing in.
pub(super) async fn to_record_adoption(
    session: &Session,
    own: &OwnMunicipalities,
) -> Result<Vec<Found>, DbError> {
    #[derive(FromQueryResult)]
    struct OpenRow {
        period: String,
        edition: String,
        municipality: String,
        since: NaiveDate,
        due: NaiveDate,
    }
    let rows: Vec<OpenRow> = session
        .rows(
            "looking for decisions to record",
            "select p.key as period, p.edition, m.code as municipality, p.opens_on as since,
                coalesce((select max(e.deadline_on) from known.deadline_extension e
                    where e.municipality = m.code and e.period = p.key), p.deadline_on) as due
             from known.reporting_period p cross join unnest($1) m (code)
             where p.opens_on <= $2 and p.closes_on >= $2
             order by p.key, m.code",
            [Value::from(own.codes()), Value::from(session.today())],
        )
        .await?;
    let mut found = Vec::new();
    for of_period in rows.chunk_by(|one, other| one.period == other.period) {
        let Some(first) = of_period.first() else {
            continue;
        };
        let Some(edition) = inputs::edition(session, &first.edition).await? else {
            continue;
        };
        let codes = of_period
            .iter()
            .map(|row| row.municipality.clone())
            .collect();
        let unknown = policy_unknown(session, codes, &edition).await?;
        let waiting = of_period
            .iter()
            .filter(|row| unknown.contains(&row.municipality));
        found.extend(waiting.map(|row| Found {
            kind: TaskKind::RecordAdoption,
            subject: format!("{}/{}", row.municipality, row.period),
            municipality: Some(row.municipality.clone()),
            since: row.since,
            due: Some(row.due),
        }));
    }
    Ok(found)
}

/// Publications by name that these municipalities may respond to and did not.
pub(super) async fn to_respond(
    session: &Session,
    own: &OwnMunicipalities,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for verdicts to respond to",
            "select p.key || '/' || v.municipality as subject, v.municipality,
                 p.response_until as due,
                (select (i.recorded_at at time zone 'Europe/Amsterdam')::date from ledger_instant i
                 where i.number >= p.ledger_no order by i.number limit 1) as since
             from known.publication p join known.publication_verdict v on v.publication = p.key
             where p.state = 'PREPARED' and p.response_until >= $2 and v.municipality = any ($1)
               and not exists (select from known.publication_response r
                    where r.publication = p.key and r.municipality = v.municipality)",
            [Value::from(own.codes()), Value::from(session.today())],
        )
        .await?;
    Ok(tasks(TaskKind::RespondToVerdict, rows))
}

/// A version that waits for a review.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Waiting {
    pub(super) municipality: String,
    pub(super) period: String,
    pub(super) version: i32,
    pub(super) on_time: bool,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) closes_on: NaiveDate,
    pub(super) holder: Option<String>,
    pub(super) claimed_until: Option<DateTime<Utc>>,
    pub(super) awaits_reply: bool,
}

/// The latest version of each assessment, where VNG decided nothing on it; the longest wait first.
pub(super) async fn to_review(
    session: &Session,
    _permit: &MayReviewAll,
) -> Result<Vec<Waiting>, DbError> {
    session
        .rows(
            "looking for versions to review",
            "with latest as (
                select distinct on (v.municipality, v.period) v.municipality, v.period, v.number,
                    v.is_on_time as on_time, v.submitted_at
                from known.timely_version v order by v.municipality, v.period, v.number desc)
             select l.municipality, l.period, l.number as version, l.on_time, l.submitted_at,
                 p.closes_on,
                c.holder, c.expires_at as claimed_until,
                exists (select from known.review_question q
                    where q.municipality = l.municipality and q.period = l.period
                        and q.version = l.number
                        and not exists (select from known.question_reply r
                            where r.municipality = q.municipality and r.period = q.period
                                and r.question = q.number)) as awaits_reply
             from latest l
             join known.reporting_period p on p.key = l.period
             left join work.claim c on c.municipality = l.municipality and c.period = l.period
                and c.version = l.number and c.expires_at > $1
             where not exists (select from known.review_decision d
                where d.municipality = l.municipality and d.period = l.period
                    and d.version = l.number)
               and not exists (select from known.assessment_withdrawal w
                where w.municipality = l.municipality and w.period = l.period
                    and w.version = l.number)
             order by l.submitted_at, l.municipality, l.period",
            [Value::from(session.moment().instant)],
        )
        .await
}

/// The same as tasks: due when the period closes.
pub(super) fn reviews(waiting: Vec<Waiting>) -> Vec<Found> {
    waiting
        .into_iter()
        .map(|one| Found {
            kind: TaskKind::ReviewAssessment,
            subject: format!("{}/{}", one.municipality, one.period),
            municipality: Some(one.municipality),
            since: day_of(one.submitted_at),
            due: Some(one.closes_on),
        })
        .collect()
}

/// What VNG asked of these municipalities and they did not answer, what it returned, and what it
/// filled in on their behalf and they did not accept.
pub(crate) async fn from_reviewer(
    session: &Session,
    own: &OwnMunicipalities,
) -> Result<Vec<Found>, DbError> {
    #[derive(FromQueryResult)]
    struct QuestionRow {
        kind: String,
        subject: String,
        municipality: String,
        since: NaiveDate,
        opens_on: NaiveDate,
        deadline_on: NaiveDate,
        closes_on: NaiveDate,
    }
    let rows: Vec<QuestionRow> = session
        .rows(
            "looking for what VNG waits for",
            "with latest as (
                select distinct on (v.municipality, v.period) v.municipality, v.period, v.number
                from known.assessment_version v where v.municipality = any ($1)
                order by v.municipality, v.period, v.number desc),
             waiting as (
             select 'ANSWER' as kind, q.subject_key || '/' || q.number as subject, q.municipality,
                (q.asked_at at time zone 'Europe/Amsterdam')::date as since, q.period
             from known.review_question q
             join latest l on l.municipality = q.municipality and l.period = q.period
                 and l.number = q.version
             where not exists (select from known.question_reply r
                where r.municipality = q.municipality and r.period = q.period
                    and r.question = q.number)
             union all
             select 'RESUBMIT', d.subject_key, d.municipality,
                (d.decided_at at time zone 'Europe/Amsterdam')::date, d.period
             from known.review_decision d
             join latest l on l.municipality = d.municipality and l.period = d.period
                 and l.number = d.version
             join known.reporting_period p on p.key = d.period
             where d.outcome = 'RETURNED' and p.closes_on >= $2
             union all
             select 'ACCEPT', f.subject_key, f.municipality,
                (f.filled_at at time zone 'Europe/Amsterdam')::date, f.period
             from known.on_behalf_filling f join known.reporting_period p on p.key = f.period
             where f.municipality = any ($1) and p.closes_on >= $2
               and f.number = (select max(o.number) from known.on_behalf_filling o
                    where o.municipality = f.municipality and o.period = f.period)
               and not exists (select from known.assessment_version v
                    where v.municipality = f.municipality and v.period = f.period
                        and v.on_behalf = f.number))
             select w.kind, w.subject, w.municipality, w.since, p.opens_on, p.closes_on,
                greatest(p.deadline_on, (select max(e.deadline_on) from known.deadline_extension e
                    where e.municipality = w.municipality and e.period = w.period)) as deadline_on
             from waiting w join known.reporting_period p on p.key = w.period",
            [Value::from(own.codes()), Value::from(session.today())],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let days = Days {
                opens_on: row.opens_on,
                deadline_on: row.deadline_on,
                closes_on: row.closes_on,
            };
            let (kind, due) = match row.kind.as_str() {
                "ANSWER" => (TaskKind::AnswerQuestion, days.closes_on),
                "RESUBMIT" => (TaskKind::ResubmitAssessment, days.due_since(row.since)),
                _ => (TaskKind::AcceptOnBehalf, days.due_since(row.since)),
            };
            Found {
                kind,
                subject: row.subject,
                municipality: Some(row.municipality),
                since: row.since,
                due: Some(due),
            }
        })
        .collect())
}

/// Assessments of these municipalities, in a period that is not closed, where two areas answered
/// differently.
pub(super) async fn to_resolve(
    session: &Session,
    own: &OwnMunicipalities,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for regions that disagree",
            "with latest as (
                select distinct on (s.municipality, s.period) s.municipality, s.period,
                    s.grounds, s.valid_from
                from known.verdict_span s
                where s.basis = 'SUBMITTED' and s.valid_from <= $2 and s.municipality = any ($1)
                order by s.municipality, s.period, s.ledger_no desc, s.valid_from desc)
             select l.municipality || '/' || l.period as subject, l.municipality,
                 l.valid_from as since,
                 greatest(p.deadline_on, (select max(e.deadline_on) from known.deadline_extension e
                    where e.municipality = l.municipality and e.period = l.period)) as due
             from latest l join known.reporting_period p on p.key = l.period
             where p.closes_on >= $2
               and jsonb_path_exists(l.grounds,
                   '$.criteria[*].reasons[*] ? (@.code == \"CONFLICTING_REGIONS\")')",
            [Value::from(own.codes()), Value::from(session.today())],
        )
        .await?;
    Ok(tasks(TaskKind::ResolveConflict, rows))
}

/// Whose turn it is with the latest version of an answer of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// VNG's: nothing was decided, and no question is open.
    Reviewer,
    /// The region's: VNG asked or returned.
    Region,
}

/// The latest versions of answers of regions, of one area or of all, where it is the turn of one
/// side. A new version answers a question.
pub(super) async fn regional(
    session: &Session,
    area: Option<&str>,
    turn: Turn,
    kind: TaskKind,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for answers of regions",
            "with latest as (
                select distinct on (a.subject_key) a.subject_key, a.area, a.edition, a.criterion,
                    a.version, a.submitted_at
                from known.regional_answer a
                where $1::text is null or a.area = $1
                order by a.subject_key, a.version desc
             ), remark as (
                select distinct on (r.subject_key, r.version) r.subject_key, r.version,
                    r.outcome, r.decided_at
                from known.regional_review r order by r.subject_key, r.version, r.ledger_no desc
             )
             select l.subject_key as subject, null::text as municipality, null::date as due,
                (coalesce(s.decided_at, l.submitted_at)
                    at time zone 'Europe/Amsterdam')::date as since
             from latest l
             left join remark s on s.subject_key = l.subject_key and s.version = l.version
             where case when $2 then s.outcome is null
                 else s.outcome in ('QUESTIONED', 'RETURNED') end",
            [
                Value::from(area.map(str::to_owned)),
                Value::from(turn == Turn::Reviewer),
            ],
        )
        .await?;
    Ok(tasks(kind, rows))
}

/// Actions of the owner that are not reported on in a round that takes in reports.
pub(super) async fn to_report(session: &Session, own: &OwnActions) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for actions to report on",
            "select r.key || '/' || o.action as subject, null::text as municipality,
                 r.date_earliest as since, r.date_latest as due
             from known.monitoring_round r join unnest($1) o (action)
                 on split_part(o.action, '/', 1) = r.plan
             join known.action a on a.plan || '/' || a.number = o.action
             where r.state = 'OPEN' and (a.valid_to is null or a.valid_to > r.date_earliest)
               and not exists (select from work.timed_release t
                   where t.kind = 'MONITORING_ROUND' and t.key = r.key)
               and not exists (select from known.round_report w
                    where w.round = r.key and w.plan || '/' || w.action = o.action
                        and w.reported_by = $2)",
            [
                Value::from(own.actions().to_vec()),
                Value::from(own.reported_by()),
            ],
        )
        .await?;
    Ok(tasks(TaskKind::ReportStatus, rows))
}

/// Rounds that take in reports and in which nobody reported on some action.
pub(super) async fn to_complete(
    session: &Session,
    _permit: &MayManagePlan,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for rounds to complete",
            "select r.key as subject, null::text as municipality, r.date_earliest as since,
                 r.date_latest as due
             from known.monitoring_round r
             where r.state = 'OPEN'
               and not exists (select from work.timed_release t
                   where t.kind = 'MONITORING_ROUND' and t.key = r.key)
               and exists (select from known.action a
                   where a.plan = r.plan and (a.valid_to is null or a.valid_to > r.date_earliest)
                     and not exists (select from known.round_report w
                         where w.round = r.key and w.plan = a.plan and w.action = a.number))",
            [],
        )
        .await?;
    Ok(tasks(TaskKind::CompleteRound, rows))
}

/// Rounds that are over and not closed, and not under embargo either.
pub(super) async fn to_close(
    session: &Session,
    _permit: &MayManagePlan,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for rounds to close",
            "select r.key as subject, null::text as municipality, r.date_latest as since,
                 null::date as due
             from known.monitoring_round r
             where r.state = 'OPEN' and r.date_latest <= $1
               and not exists (select from work.timed_release t
                   where t.kind = 'MONITORING_ROUND' and t.key = r.key)",
            [Value::from(session.today())],
        )
        .await?;
    Ok(tasks(TaskKind::CloseRound, rows))
}

/// Publications that are prepared and may be published.
pub(super) async fn to_publish(
    session: &Session,
    _permit: &domain::policy::MayPublish,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for publications to publish",
            "select p.key as subject, null::text as municipality, null::date as due,
                coalesce(p.response_until + 1, (
                    select (i.recorded_at at time zone 'Europe/Amsterdam')::date
                    from ledger_instant i where i.number >= p.ledger_no
                    order by i.number limit 1)) as since
             from known.publication p
             where p.state = 'PREPARED' and (p.response_until is null or p.response_until < $1)",
            [Value::from(session.today())],
        )
        .await?;
    Ok(tasks(TaskKind::Publish, rows))
}

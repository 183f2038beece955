//! What regions recorded of their duties, as far as the scope reaches.

use chrono::{DateTime, NaiveDate, Utc};
use database::{DbError, Session};
use domain::{duties::codes::MeetingKind, policy::RegionalScope};
use sea_orm::{FromQueryResult, Value, prelude::Uuid};

/// Whether a row of the area `$1` is seen: `$2` all, `$3` of these areas, `$4` of areas of which
/// one of these municipalities is a member on the day `$5`, by what is known now.
macro_rules! seen {
    ($select:literal, $order:literal) => {
        concat!(
            $select,
            " where f.area = $1 and ($2 or f.area = any ($3) or exists (
                select from present_area_membership() m
                where m.area = f.area and m.municipality = any ($4)
                  and (m.valid_from is null or m.valid_from <= $5)
                  and (m.valid_to is null or m.valid_to > $5))) ",
            $order
        )
    };
}

fn seen_values(session: &Session, scope: &RegionalScope, area: &str) -> [Value; 5] {
    let (all, _, areas, municipalities) = scope.bounds();
    [
        Value::from(area),
        Value::from(all),
        Value::from(areas),
        Value::from(municipalities),
        // Who may see it is asked of the present day, whatever day is told of.
        Value::from(session.moment().present_day()),
    ]
}

/// Whether a scope is bound to what VNG confirmed: of duties, that is reports.
fn only_confirmed(scope: &RegionalScope) -> bool {
    let (_, confirmed, _, _) = scope.bounds();
    confirmed
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct MeetingRow {
    pub(super) id: Uuid,
    pub(super) held_on: NaiveDate,
    pub(super) kind: String,
}

/// The meetings of an area, the latest first.
pub(super) async fn meetings(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<MeetingRow>, DbError> {
    if only_confirmed(scope) {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading meetings",
            seen!(
                "select f.id, f.held_on, f.kind from known.regional_meeting f",
                "order by f.held_on desc, f.kind"
            ),
            seen_values(session, scope, area),
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct BottleneckRow {
    pub(super) id: Uuid,
    pub(super) number: i32,
    pub(super) remark_text: Uuid,
    pub(super) text: Option<String>,
    pub(super) valid_from: NaiveDate,
    pub(super) valid_to: Option<NaiveDate>,
    pub(super) action: Option<String>,
    pub(super) partner: Option<String>,
}

/// The bottlenecks of an area, the latest first.
pub(super) async fn bottlenecks(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<BottleneckRow>, DbError> {
    if only_confirmed(scope) {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading bottlenecks",
            seen!(
                "select f.id, f.number, f.remark_text, t.body as text, f.valid_from, f.valid_to,
                    f.action, f.partner
                 from known.regional_bottleneck f left join free_text t on t.id = f.remark_text",
                "order by f.number desc"
            ),
            seen_values(session, scope, area),
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct DecisionRow {
    pub(super) id: Uuid,
    pub(super) number: i32,
    pub(super) remark_text: Uuid,
    pub(super) text: Option<String>,
    pub(super) decided_on: NaiveDate,
    pub(super) needs_ratification: bool,
}

/// The decisions of an area, the latest first.
pub(super) async fn decisions(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<DecisionRow>, DbError> {
    if only_confirmed(scope) {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading decisions",
            seen!(
                "select f.id, f.number, f.remark_text, t.body as text, f.decided_on,
                    f.needs_ratification
                 from known.regional_decision f left join free_text t on t.id = f.remark_text",
                "order by f.number desc"
            ),
            seen_values(session, scope, area),
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct ReportRow {
    pub(super) ledger_no: i64,
    pub(super) half: String,
    pub(super) version: i32,
    pub(super) progress: Option<String>,
    pub(super) particulars: Option<String>,
    pub(super) bottlenecks: Option<String>,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
}

/// All versions of the half-year reports of an area, the latest first; for a reader of confirmed
/// ones, of those alone.
pub(super) async fn reports(
    session: &Session,
    scope: &RegionalScope,
    area: &str,
) -> Result<Vec<ReportRow>, DbError> {
    let mut values = seen_values(session, scope, area).to_vec();
    values.push(Value::from(only_confirmed(scope)));
    session
        .rows(
            "reading half-year reports",
            seen!(
                "select f.ledger_no, f.half, f.version, p.body as progress, b.body as particulars,
                    k.body as bottlenecks, f.submitted_at, r.confirmed_at
                 from known.regional_report f
                 left join free_text p on p.id = f.progress_text
                 left join free_text b on b.id = f.particulars_text
                 left join free_text k on k.id = f.bottlenecks_text
                 left join known.regional_report_review r
                    on r.area = f.area and r.half = f.half and r.version = f.version",
                "and (not $6 or r.version is not null) order by f.half desc, f.version desc"
            ),
            values,
        )
        .await
}

#[derive(Debug, Clone, FromQueryResult)]
struct CadenceRow {
    group_nl: String,
    times_per_year: i32,
}

/// How often a year each table of an area is to meet, where a regional policy of that area prints
/// it.
pub(super) async fn cadence(
    session: &Session,
    area: &str,
) -> Result<Vec<(MeetingKind, i32)>, DbError> {
    let rows: Vec<CadenceRow> = session
        .rows(
            "reading how often a region meets",
            "select p.group_nl, max(p.times_per_year) as times_per_year
             from known.policy_provision p
             join known.policy_document d on d.key = p.policy and d.level = 'REGIONAL'
             join known.area a on a.name = d.area_name
             where a.code = $1 and p.kind = 'CADENCE' and p.group_nl is not null
                and p.times_per_year is not null
             group by p.group_nl",
            [Value::from(area)],
        )
        .await?;
    let times = |kind: MeetingKind| {
        let row = rows.iter().find(|row| row.group_nl == kind.group());
        row.map(|row| (kind, row.times_per_year))
    };
    Ok(MeetingKind::ALL.into_iter().filter_map(times).collect())
}

#[derive(FromQueryResult)]
struct Withdrawn {
    id: Uuid,
}

/// The row that took a meeting back; none where it was never recorded, or stands. Recorded anew, it
/// takes the place of that row.
pub(super) async fn withdrawn_meeting(
    session: &Session,
    area: &str,
    held_on: NaiveDate,
    kind: &str,
) -> Result<Option<Uuid>, DbError> {
    let row: Option<Withdrawn> = session
        .row(
            "looking for a meeting that was taken back",
            "select f.id from fact.regional_meeting f
             where f.area = $1 and f.held_on = $2 and f.kind = $3 and f.withdrawn
               and not exists (select from fact.regional_meeting c where c.corrects = f.id)",
            [Value::from(area), Value::from(held_on), Value::from(kind)],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

#[derive(FromQueryResult)]
struct Last {
    last: i32,
}

/// The number of the last bottleneck of an area, also of one that was taken back.
pub(super) async fn last_bottleneck(session: &Session, area: &str) -> Result<i32, DbError> {
    let row: Option<Last> = session
        .row(
            "reading the last bottleneck",
            "select coalesce(max(number), 0) as last from fact.regional_bottleneck
             where area = $1",
            [Value::from(area)],
        )
        .await?;
    Ok(row.map_or(0, |row| row.last))
}

/// The number of the last decision of an area, also of one that was taken back.
pub(super) async fn last_decision(session: &Session, area: &str) -> Result<i32, DbError> {
    let row: Option<Last> = session
        .row(
            "reading the last decision",
            "select coalesce(max(number), 0) as last from fact.regional_decision
             where area = $1",
            [Value::from(area)],
        )
        .await?;
    Ok(row.map_or(0, |row| row.last))
}

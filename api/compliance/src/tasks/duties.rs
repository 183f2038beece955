//! Looks for what waits of the duties of regions: for a region that acts for members today, and for
//! VNG.

use std::collections::BTreeMap;

use sea_orm::{FromQueryResult, Value};

use super::repo::{Row, tasks};
use database::{DbError, Session};
use domain::{
    duties::{
        codes::MeetingKind,
        due::{halves_to_report, next_meeting, stands_long_from},
    },
    policy::MayReviewAll,
    tasks::rules::{Found, TaskKind},
};

/// Meetings that a region is still to hold in this year, of each table of which a regional policy
/// of the area prints how often it meets: one task for each table.
pub(super) async fn to_meet(session: &Session, area: &str) -> Result<Vec<Found>, DbError> {
    #[derive(FromQueryResult)]
    struct TableRow {
        kind: String,
        agreed: i32,
        held: i32,
    }
    let kinds = MeetingKind::ALL.into_iter();
    let codes: Vec<String> = kinds.clone().map(|kind| kind.code().to_owned()).collect();
    let groups: Vec<String> = kinds.map(|kind| kind.group().to_owned()).collect();
    let today = session.today();
    let rows: Vec<TableRow> = session
        .rows(
            "looking for meetings to hold",
            "select t.kind, max(p.times_per_year) as agreed,
                (select count(*)::int from known.regional_meeting m
                 where m.area = $1 and m.kind = t.kind and m.held_on <= $4
                   and date_part('year', m.held_on) = date_part('year', $4::date)) as held
             from unnest($2::text[], $3::text[]) t (kind, group_nl)
             join known.policy_provision p on p.kind = 'CADENCE' and p.group_nl = t.group_nl
                and p.times_per_year is not null
             join known.policy_document d on d.key = p.policy and d.level = 'REGIONAL'
             join known.area a on a.name = d.area_name and a.code = $1
             group by t.kind
             order by t.kind",
            [
                Value::from(area),
                Value::from(codes),
                Value::from(groups),
                Value::from(today),
            ],
        )
        .await?;
    let waiting = rows.into_iter().filter_map(|row| {
        let agreed = u32::try_from(row.agreed).ok()?;
        let held = u32::try_from(row.held).ok()?;
        let term = next_meeting(agreed, held, today)?;
        Some(Found {
            kind: TaskKind::HoldRegionalMeeting,
            subject: format!("{area}/{}/{}", today.format("%Y"), row.kind),
            municipality: None,
            since: term.since,
            due: Some(term.due),
        })
    });
    Ok(waiting.collect())
}

/// Half years that a region has not reported on: the one that runs, and the one before it if the
/// area was a reporting region on its last day.
pub(super) async fn to_report_half(session: &Session, area: &str) -> Result<Vec<Found>, DbError> {
    #[derive(FromQueryResult)]
    struct HalfRow {
        half: String,
    }
    let terms: BTreeMap<_, _> = halves_to_report(session.today()).into_iter().collect();
    let halves: Vec<String> = terms.keys().cloned().collect();
    let last_days = terms.values().map(|term| term.due.to_string());
    let last_days: Vec<String> = last_days.collect();
    let rows: Vec<HalfRow> = session
        .rows(
            "looking for half years to report on",
            "select h.key as half
             from unnest($2::text[], $3::text[]) h (key, last_day)
             where exists (select from known.reporting_region r where r.area = $1
                 and (r.valid_from is null or r.valid_from <= least(h.last_day::date, $4))
                 and (r.valid_to is null or r.valid_to > least(h.last_day::date, $4)))
               and not exists (select from known.regional_report f
                 where f.area = $1 and f.half = h.key)",
            [
                Value::from(area),
                Value::from(halves),
                Value::from(last_days),
                Value::from(session.today()),
            ],
        )
        .await?;
    let waiting = rows.into_iter().filter_map(|row| {
        let term = terms.get(&row.half)?;
        Some(Found {
            kind: TaskKind::SubmitRegionalReport,
            subject: format!("{area}/{}", row.half),
            municipality: None,
            since: term.since,
            due: Some(term.due),
        })
    });
    Ok(waiting.collect())
}

/// Bottlenecks of a region that have stood for six months and are not resolved.
pub(super) async fn to_resolve_bottleneck(
    session: &Session,
    area: &str,
) -> Result<Vec<Found>, DbError> {
    let today = session.today();
    let rows: Vec<Row> = session
        .rows(
            "looking for bottlenecks that stand long",
            "select b.subject_key as subject, null::text as municipality, b.valid_from as since,
                 null::date as due
             from known.regional_bottleneck b
             where b.area = $1 and b.valid_to is null",
            [Value::from(area)],
        )
        .await?;
    let waiting = tasks(TaskKind::ResolveRegionalBottleneck, rows).into_iter();
    let waiting = waiting.filter_map(|task| {
        let since = stands_long_from(task.since).filter(|day| *day <= today)?;
        Some(Found { since, ..task })
    });
    Ok(waiting.collect())
}

/// Half-year reports of which VNG has not confirmed the latest version.
pub(super) async fn to_confirm_report(
    session: &Session,
    _permit: &MayReviewAll,
) -> Result<Vec<Found>, DbError> {
    let rows = session
        .rows(
            "looking for half-year reports to confirm",
            "with latest as (
                select distinct on (f.area, f.half) f.area, f.half, f.version, f.subject_key,
                    f.submitted_at
                from known.regional_report f order by f.area, f.half, f.version desc)
             select l.subject_key as subject, null::text as municipality, null::date as due,
                 (l.submitted_at at time zone 'Europe/Amsterdam')::date as since
             from latest l
             where not exists (select from known.regional_report_review r
                 where r.area = l.area and r.half = l.half and r.version = l.version)",
            [],
        )
        .await?;
    Ok(tasks(TaskKind::ConfirmRegionalReport, rows))
}

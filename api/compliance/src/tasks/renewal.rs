//! Looks for what a region has to answer anew because the framework changed.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::tasks::rules::{Found, TaskKind};

/// A criterion to answer: the key of the answer, and the days of the periods that wait for it.
#[derive(FromQueryResult)]
struct Row {
    subject: String,
    since: NaiveDate,
    due: NaiveDate,
}

/// Criteria that changed since an area answered them, in editions under which a period is open, and
/// that it has not answered since: an answer to a criterion that changed does not count.
pub(super) async fn to_renew(session: &Session, area: &str) -> Result<Vec<Found>, DbError> {
    let rows: Vec<Row> = session
        .rows(
            "looking for answers of regions to criteria that changed",
            "with recursive origin (
                edition, criterion, from_edition, from_criterion
             ) as (
                select l.edition, l.criterion, l.from_edition, l.from_criterion
                from known.criterion_lineage l
                where l.change = 'CARRIED'
                union
                select l.edition, l.criterion, o.from_edition, o.from_criterion
                from known.criterion_lineage l
                join origin o on o.edition = l.from_edition and o.criterion = l.from_criterion
                where l.change = 'CARRIED'
             ), latest as (
                select distinct on (a.subject_key) a.edition, a.criterion, a.valid_to
                from known.regional_answer a
                where a.area = $1
                order by a.subject_key, a.version desc
             ), answered as (
                select a.edition, a.criterion, a.valid_to from latest a
                union all
                select o.edition, o.criterion, a.valid_to
                from latest a
                join origin o on o.from_edition = a.edition and o.from_criterion = a.criterion
             ), changed as (
                select l.edition, l.criterion
                from known.criterion_lineage l
                join answered a on a.edition = l.from_edition and a.criterion = l.from_criterion
                where l.change = 'CHANGED' and (a.valid_to is null or a.valid_to > $2)
             ), to_answer as (
                select c.edition, c.criterion from changed c
                union
                select o.edition, o.criterion
                from changed c
                join origin o on o.from_edition = c.edition and o.from_criterion = c.criterion
             )
             select $1::text || '/' || c.edition || '/' || c.code as subject,
                min(p.opens_on) as since, min(p.deadline_on) as due
             from to_answer t
             join known.criterion c on c.edition = t.edition and c.code = t.criterion
             join known.reporting_period p
                on p.edition = t.edition and $2 between p.opens_on and p.closes_on
             where c.scope in ('REGIONAL_ALLOWED', 'REGIONAL_ONLY')
               and not exists (select from answered a
                    where a.edition = t.edition and a.criterion = t.criterion)
             group by c.edition, c.code",
            [Value::from(area.to_owned()), Value::from(session.today())],
        )
        .await?;
    let tasks = rows.into_iter().map(|row| Found {
        kind: TaskKind::RenewRegionalAnswer,
        subject: row.subject,
        municipality: None,
        since: row.since,
        due: Some(row.due),
    });
    Ok(tasks.collect())
}

//! Looks for evidence that is out of date, or will be soon: of municipalities and of regions.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session, document};
use domain::{
    assessment::evidence::{Evidence, expiring_from, fresh_until},
    policy::OwnMunicipalities,
    tasks::rules::{Found, TaskKind},
};

/// An answer with evidence, in a period that is open.
#[derive(FromQueryResult)]
struct Row {
    municipality: String,
    period: String,
    criterion: String,
    opens_on: NaiveDate,
    review_months: i32,
    /// The day of the youngest piece that was submitted; none of a draft.
    effective_on: Option<NaiveDate>,
    /// The pieces of a draft.
    drafted: Option<serde_json::Value>,
}

impl Row {
    /// The last day on which one of its pieces is fresh; none where there is no piece.
    fn last_fresh_day(&self) -> Result<Option<NaiveDate>, DbError> {
        let youngest = match &self.drafted {
            None => self.effective_on,
            Some(pieces) => {
                let pieces: Vec<Evidence> = document::read_all(pieces.clone())?;
                pieces.iter().map(|piece| piece.effective_on).max()
            }
        };
        let months = u32::try_from(self.review_months).ok();
        Ok(youngest
            .zip(months)
            .map(|(day, months)| fresh_until(day, months)))
    }
}

/// Answers of these municipalities of which all evidence is out of date, or will be within three
/// months, in each period that is open: of the version that was submitted, and while there is none
/// of the draft. Evidence that is out of date still counts, so the assessment may be handed in
/// without doing this.
pub(super) async fn to_renew(
    session: &Session,
    own: &OwnMunicipalities,
) -> Result<Vec<Found>, DbError> {
    let today = session.today();
    let rows: Vec<Row> = session
        .rows(
            "looking for evidence to renew",
            "with open as (
                select m.code as municipality, p.key as period, p.edition, p.opens_on
                from known.reporting_period p cross join unnest($1) m (code)
                where p.opens_on <= $2 and p.closes_on >= $2
             ), latest as (
                select distinct on (v.municipality, v.period) v.municipality, v.period, v.number
                from known.assessment_version v
                join open o on o.municipality = v.municipality and o.period = v.period
                where not exists (select from known.assessment_withdrawal w
                    where w.municipality = v.municipality and w.period = v.period
                        and w.version = v.number)
                order by v.municipality, v.period, v.number desc
             ), evidenced as (
                select e.municipality, e.period, e.criterion, max(e.effective_on) as effective_on,
                    null::jsonb as drafted
                from known.evidence e
                join latest l on l.municipality = e.municipality and l.period = e.period
                    and l.number = e.version
                group by e.municipality, e.period, e.criterion
                union all
                select d.municipality, d.period, d.criterion, null, d.evidence
                from work.draft_answer d
                where d.municipality = any ($1) and d.evidence <> '[]'
                  and not exists (select from latest l
                    where l.municipality = d.municipality and l.period = d.period)
             )
             select e.municipality, e.period, e.criterion, o.opens_on, c.review_months,
                e.effective_on, e.drafted
             from evidenced e
             join open o on o.municipality = e.municipality and o.period = e.period
             join known.criterion c on c.edition = o.edition and c.code = e.criterion",
            [Value::from(own.codes()), Value::from(today)],
        )
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let Some(last_fresh_day) = row.last_fresh_day()? else {
            continue;
        };
        let expiring_from = expiring_from(last_fresh_day);
        if expiring_from <= today {
            found.push(Found {
                kind: TaskKind::RenewEvidence,
                subject: format!("{}/{}/{}", row.municipality, row.period, row.criterion),
                municipality: Some(row.municipality),
                since: expiring_from.max(row.opens_on),
                due: Some(last_fresh_day),
            });
        }
    }
    Ok(found)
}

/// The youngest evidence of an answer of a region.
#[derive(FromQueryResult)]
struct RegionalRow {
    subject: String,
    answered_on: NaiveDate,
    review_months: i32,
    effective_on: NaiveDate,
}

/// Answers of an area that hold today, of which all evidence is out of date, or will be within three
/// months; of each the latest version.
pub(super) async fn to_renew_regional(
    session: &Session,
    area: &str,
) -> Result<Vec<Found>, DbError> {
    let today = session.today();
    let rows: Vec<RegionalRow> = session
        .rows(
            "looking for evidence of a region to renew",
            "with latest as (
                select distinct on (a.subject_key) a.subject_key, a.area, a.edition, a.criterion,
                    a.version, a.submitted_at, a.valid_to
                from known.regional_answer a
                where a.area = $1
                order by a.subject_key, a.version desc
             )
             select l.subject_key as subject, c.review_months, max(e.effective_on) as effective_on,
                (max(l.submitted_at) at time zone 'Europe/Amsterdam')::date as answered_on
             from latest l
             join known.regional_evidence e on e.area = l.area and e.edition = l.edition
                and e.criterion = l.criterion and e.version = l.version
             join known.criterion c on c.edition = l.edition and c.code = l.criterion
             join known.framework_edition f on f.code = l.edition and f.state <> 'RETIRED'
             where l.valid_to is null or l.valid_to > $2
             group by l.subject_key, c.review_months",
            [Value::from(area.to_owned()), Value::from(today)],
        )
        .await?;
    let waiting = rows.into_iter().filter_map(|row| {
        let months = u32::try_from(row.review_months).ok()?;
        let last_fresh_day = fresh_until(row.effective_on, months);
        let since = expiring_from(last_fresh_day);
        (since <= today).then(|| Found {
            kind: TaskKind::RenewRegionalEvidence,
            subject: row.subject,
            municipality: None,
            since: since.max(row.answered_on),
            due: Some(last_fresh_day),
        })
    });
    Ok(waiting.collect())
}

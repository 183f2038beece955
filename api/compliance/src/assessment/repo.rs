//! Reads the facts of assessments, each under a scope. What was submitted is read in
//! [`super::submitted`], and facts are appended in [`super::append`]; drafts and claims are no facts
//! and stand in [`super::work`].

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use entity::{criterion_lineage, submission_mandate};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    Value,
};
use serde::{Deserialize, de::DeserializeOwned};

use super::work::Claim;
use crate::verdict::repo::bounds;
use database::{DbError, Session};
use domain::{
    assessment::carry::Follows,
    framework::codes::Change,
    policy::{MayReviewAll, ReadScope},
    territory::MunicipalityCode,
};

/// Assessments by municipality and period, for one statement about all of them.
#[derive(Debug, Clone)]
pub(super) struct Subjects {
    municipalities: Vec<String>,
    periods: Vec<String>,
}

impl Subjects {
    /// Those of pairs of a municipality and a period, each once.
    pub(super) fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs: BTreeSet<_> = pairs.into_iter().collect();
        let (municipalities, periods) = pairs
            .into_iter()
            .map(|(municipality, period)| (municipality.to_owned(), period.to_owned()))
            .unzip();
        Self {
            municipalities,
            periods,
        }
    }

    /// Their natural keys, as in `GM0402/2026-2`.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        let pairs = self.municipalities.iter().zip(&self.periods);
        pairs.map(|(municipality, period)| format!("{municipality}/{period}"))
    }

    /// The first two values of a statement.
    pub(super) fn values(&self) -> [Value; 2] {
        [
            Value::from(self.municipalities.clone()),
            Value::from(self.periods.clone()),
        ]
    }
}

/// A question of VNG, with its reply when there is one.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct QuestionRow {
    pub(super) subject: String,
    pub(super) number: i32,
    pub(super) version: i32,
    pub(super) criterion: Option<String>,
    pub(super) question: Option<String>,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) reply: Option<String>,
    pub(super) replied_by: Option<String>,
    pub(super) replied_at: Option<DateTime<Utc>>,
}

/// What VNG filled in on behalf of a municipality.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct FillingRow {
    pub(super) subject: String,
    pub(super) number: i32,
    pub(super) edition: String,
    pub(super) reason: Option<String>,
    pub(super) channel: String,
    pub(super) filled_at: DateTime<Utc>,
    pub(super) ledger_no: i64,
}

/// An answer that VNG filled in on behalf of a municipality.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct FilledAnswer {
    pub(super) criterion: String,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
}

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

#[derive(FromQueryResult)]
struct Named {
    key: String,
}

impl Named {
    fn all(rows: Vec<Self>) -> BTreeSet<String> {
        rows.into_iter().map(|row| row.key).collect()
    }
}

/// Of which of these codes there is, or ever was, a municipality. Whether it exists today is asked
/// of the mandate: nobody writes for one that does not, and reviews go on after a reorganisation.
pub(super) async fn municipalities_that_were(
    session: &Session,
    codes: Vec<String>,
) -> Result<BTreeSet<String>, DbError> {
    let rows = session
        .rows(
            "looking for municipalities",
            "select distinct code as key from known.municipality where code = any ($1)",
            [Value::from(codes)],
        )
        .await?;
    Ok(Named::all(rows))
}

/// What VNG does with versions.
pub(super) struct Reviews {
    /// The questions, of each assessment the first one first.
    pub(super) questions: Vec<QuestionRow>,
    /// The claims, also expired ones.
    pub(super) claims: Vec<Claim>,
}

/// The same as it comes, each kind as one list of rows.
#[derive(FromQueryResult)]
struct ReviewsRow {
    questions: serde_json::Value,
    claims: serde_json::Value,
}

/// The questions about all versions of assessments that the scope reaches, and the claims on them.
pub(super) async fn reviews(
    session: &Session,
    scope: &ReadScope,
    of: &Subjects,
) -> Result<Reviews, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let [of_municipalities, of_periods] = of.values();
    let row: Option<ReviewsRow> = session
        .row(
            READING_REVIEWS,
            "select
                (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from (
                    select q.municipality || '/' || q.period as subject, q.number, q.version,
                        q.criterion, qt.body as question, q.asked_at,
                        rt.body as reply, r.replied_by, r.replied_at
                    from known.review_question q
                    left join known.question_reply r on r.municipality = q.municipality
                        and r.period = q.period and r.question = q.number
                    left join free_text qt on qt.id = q.question_text
                    left join free_text rt on rt.id = r.reply_text
                    where (q.municipality, q.period) in (
                        select * from unnest($1::text[], $2::text[]))
                      and ($3 or q.municipality = any ($4)
                        or q.municipality || '/' || q.period = any ($5))
                    order by q.municipality, q.period, q.number) r) as questions,
                (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from (
                    select municipality || '/' || period as subject, version, holder, expires_at
                    from work.claim
                    where (municipality, period) in (
                        select * from unnest($1::text[], $2::text[]))) r) as claims",
            [
                of_municipalities,
                of_periods,
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await?;
    let row = row.ok_or_else(|| unreadable("nothing came"))?;
    Ok(Reviews {
        questions: rows_of(row.questions)?,
        claims: rows_of(row.claims)?,
    })
}

const READING_REVIEWS: &str = "reading questions and claims";

fn unreadable(why: &str) -> DbError {
    DbError::doing(READING_REVIEWS)(DbErr::Type(why.to_owned()))
}

fn rows_of<R: DeserializeOwned>(list: serde_json::Value) -> Result<Vec<R>, DbError> {
    serde_json::from_value(list).map_err(|error| unreadable(&error.to_string()))
}

/// What VNG filled in last on behalf of a municipality, as far as the scope reaches.
pub(super) async fn last_filling(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    period: &str,
) -> Result<Option<FillingRow>, DbError> {
    let of = Subjects::of([(municipality, period)]);
    Ok(last_filled_in(session, scope, &of).await?.pop())
}

/// What VNG filled in last on behalf of municipalities, as far as the scope reaches: at most one of
/// each assessment.
pub(super) async fn last_filled_in(
    session: &Session,
    scope: &ReadScope,
    of: &Subjects,
) -> Result<Vec<FillingRow>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let [of_municipalities, of_periods] = of.values();
    session
        .rows(
            "reading what was filled in on behalf",
            "select distinct on (f.municipality, f.period)
                f.municipality || '/' || f.period as subject, f.number, f.edition,
                t.body as reason, f.channel, f.filled_at, f.ledger_no
             from known.on_behalf_filling f left join free_text t on t.id = f.reason_text
             where (f.municipality, f.period) in (select * from unnest($1::text[], $2::text[]))
               and ($3 or f.municipality = any ($4) or f.municipality || '/' || f.period = any ($5))
             order by f.municipality, f.period, f.number desc",
            [
                of_municipalities,
                of_periods,
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await
}

#[derive(FromQueryResult)]
struct LastFilling {
    municipality: String,
    number: i32,
}

/// The number of the last filling of each municipality in a period, by its code, as far as the
/// scope reaches.
pub(super) async fn last_fillings(
    session: &Session,
    scope: &ReadScope,
    period: &str,
) -> Result<BTreeMap<String, i32>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let rows: Vec<LastFilling> = session
        .rows(
            "reading what was filled in on behalf",
            "select municipality, max(number) as number from known.on_behalf_filling
             where period = $1
               and ($2 or municipality = any ($3) or municipality || '/' || period = any ($4))
             group by municipality",
            [
                Value::from(period),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.municipality, row.number))
        .collect())
}

#[derive(FromQueryResult)]
struct Existing {
    code: String,
}

/// The codes of the municipalities that exist today.
pub(super) async fn municipalities_today(session: &Session) -> Result<Vec<String>, DbError> {
    let rows: Vec<Existing> = session
        .rows(
            "reading the municipalities of today",
            "select distinct code from known.municipality
             where (valid_from is null or valid_from <= $1)
               and (valid_to is null or valid_to > $1)",
            [Value::from(session.today())],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The answers of a filling, by criterion; whoever reads them has found the filling under its
/// scope.
pub(super) async fn filled_answers(
    session: &Session,
    municipality: &str,
    period: &str,
    filling: &FillingRow,
) -> Result<Vec<FilledAnswer>, DbError> {
    session
        .rows(
            "reading answers that were filled in on behalf",
            "select a.criterion, a.answer, t.body as explanation
             from known.on_behalf_answer a left join free_text t on t.id = a.explanation_text
             where a.municipality = $1 and a.period = $2 and a.filling = $3 order by a.criterion",
            [
                Value::from(municipality),
                Value::from(period),
                Value::from(filling.number),
            ],
        )
        .await
}

/// In which assessments the caller ever filled in on behalf of the municipality, by their keys.
pub(super) async fn filled_in_by_caller(
    session: &Session,
    _permit: &MayReviewAll,
    of: &Subjects,
) -> Result<BTreeSet<String>, DbError> {
    let pseudonyms = session.mandate().actor.pseudonyms();
    let own: Vec<String> = pseudonyms.map(str::to_owned).collect();
    let [of_municipalities, of_periods] = of.values();
    let rows = session
        .rows(
            "looking who filled in on behalf",
            "select distinct f.municipality || '/' || f.period as key
             from known.on_behalf_filling f join ledger l on l.number = f.ledger_no
             where (f.municipality, f.period) in (select * from unnest($1::text[], $2::text[]))
               and l.actor_subject = any ($3)",
            [of_municipalities, of_periods, Value::from(own)],
        )
        .await?;
    Ok(Named::all(rows))
}

#[derive(FromQueryResult)]
struct Deadline {
    subject: String,
    deadline_on: NaiveDate,
}

/// The deadline that VNG gave one municipality, when it did.
pub(super) async fn extension(
    session: &Session,
    municipality: &str,
    period: &str,
) -> Result<Option<NaiveDate>, DbError> {
    let of = Subjects::of([(municipality, period)]);
    Ok(extensions(session, &of).await?.into_values().next())
}

/// The deadlines that VNG gave single municipalities, by the key of the assessment.
pub(super) async fn extensions(
    session: &Session,
    of: &Subjects,
) -> Result<BTreeMap<String, NaiveDate>, DbError> {
    let rows: Vec<Deadline> = session
        .rows(
            "reading extensions",
            "select distinct on (municipality, period)
                municipality || '/' || period as subject, deadline_on
             from known.deadline_extension
             where (municipality, period) in (select * from unnest($1::text[], $2::text[]))
             order by municipality, period, ledger_no desc",
            of.values(),
        )
        .await?;
    let of_subject = rows.into_iter().map(|row| (row.subject, row.deadline_on));
    Ok(of_subject.collect())
}

/// What became of each criterion from edition to edition.
pub(super) async fn lineage(session: &Session) -> Result<Vec<Follows>, DbError> {
    let rows = criterion_lineage::Entity::find()
        .order_by_asc(criterion_lineage::Column::LedgerNo)
        .all(session)
        .await
        .map_err(DbError::doing("reading what became of criteria"))?;
    let follows = rows.into_iter().filter_map(|row| {
        Some(Follows {
            criterion: row.criterion?,
            from_criterion: row.from_criterion?,
            edition: row.edition,
            from_edition: row.from_edition,
            is_changed: row.change == Change::Changed.code(),
        })
    });
    Ok(follows.collect())
}

/// The last assessment before a period: its period, its edition and the version that stands.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Earlier {
    pub(super) period: String,
    pub(super) edition: String,
    pub(super) version: i32,
}

/// The last assessment of a municipality before a period that was not withdrawn, as far as the
/// scope reaches.
pub(super) async fn earlier(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    period: &str,
) -> Result<Option<Earlier>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    session
        .row(
            "looking for the assessment before",
            "select v.period, v.edition, v.number as version
             from known.assessment_version v
             join known.reporting_period p on p.key = v.period
             join known.reporting_period now on now.key = $2
             where v.municipality = $1 and p.opens_on < now.opens_on
               and ($3 or v.municipality = any ($4) or v.municipality || '/' || v.period = any ($5))
               and not exists (
                 select from known.assessment_withdrawal w
                 where w.municipality = v.municipality and w.period = v.period
                   and w.version = v.number)
             order by p.opens_on desc, v.number desc limit 1",
            [
                Value::from(municipality),
                Value::from(period),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await
}

/// The mandates of a municipality, the first one first; none for whoever does not see them.
pub(super) async fn mandates(
    session: &Session,
    municipality: &str,
    sees: bool,
) -> Result<Vec<submission_mandate::Model>, DbError> {
    let column = submission_mandate::Column::Municipality;
    submission_mandate::Entity::find()
        .filter(column.eq(municipality))
        .filter(sea_orm::sea_query::Expr::value(sees))
        .order_by_asc(submission_mandate::Column::ValidFrom)
        .order_by_asc(submission_mandate::Column::LedgerNo)
        .all(session)
        .await
        .map_err(DbError::doing("reading mandates"))
}

/// Whether an area is registered as reporting region of a municipality on a day.
pub(super) async fn is_reporting_region(
    session: &Session,
    municipality: &MunicipalityCode,
    area: &str,
    day: NaiveDate,
) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for the reporting region",
            "select exists (
                select from known.reporting_region r
                join known.area_membership m on m.area = r.area and m.municipality = $1
                   and (m.valid_from is null or m.valid_from <= $3)
                   and (m.valid_to is null or m.valid_to > $3)
                where r.area = $2
                  and (r.valid_from is null or r.valid_from <= $3)
                  and (r.valid_to is null or r.valid_to > $3)) as found",
            [
                Value::from(municipality.as_str()),
                Value::from(area),
                Value::from(day),
            ],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

//! Reads what has happened to assessments: their versions in one statement, and what VNG does with
//! them, where there are any, in another.

use sea_orm::{DbErr, FromQueryResult, Value};
use serde::de::DeserializeOwned;

use crate::{
    assessment::{
        repo::{QuestionRow, Subjects, VersionRow},
        work::Claim,
    },
    verdict::repo::bounds,
};
use database::{DbError, Session};
use domain::policy::ReadScope;

/// What a reader of versions may see: which of them, and of which the reasons.
#[derive(Debug, Clone, Copy)]
pub(super) struct VersionScopes<'a> {
    pub(super) submissions: &'a ReadScope,
    pub(super) reviews: &'a ReadScope,
}

/// The submitted versions of assessments that the scope reaches, with what became of them, of each
/// the first one first. Reasons are told to those who see reviews. Each assessment is looked up by
/// the index (`offset 0`): a plan that joins them all first reads every version of everybody.
pub(super) async fn versions(
    session: &Session,
    scopes: VersionScopes<'_>,
    of: &Subjects,
) -> Result<Vec<VersionRow>, DbError> {
    let (all, municipalities, subjects) = bounds(scopes.submissions);
    let [of_municipalities, of_periods] = of.values();
    session
        .rows(
            "reading versions",
            "select v.municipality || '/' || v.period as subject, v.number, v.edition,
                v.submitted_at, t.is_on_time as on_time, v.approved_by_function, v.approved_on,
                v.content_hash, v.ledger_no, v.submitted_by, v.on_behalf, vt.body as reason,
                d.outcome, d.decided_at, d.after_closing, dt.body as return_reason,
                w.withdrawn_at, wt.body as withdrawal_reason
             from (select distinct * from unnest($1::text[], $2::text[])) o (municipality, period)
             cross join lateral (
                select * from known.assessment_version v
                where v.municipality = o.municipality and v.period = o.period offset 0) v
             cross join lateral (
                select t.is_on_time from known.timely_version t
                where t.municipality = v.municipality and t.period = v.period
                  and t.number = v.number offset 0) t
             left join known.review_decision d
                on d.municipality = v.municipality and d.period = v.period and d.version = v.number
             left join known.assessment_withdrawal w
                on w.municipality = v.municipality and w.period = v.period and w.version = v.number
             left join free_text vt on vt.id = v.reason_text and $6
             left join free_text dt on dt.id = d.reason_text and $6
             left join free_text wt on wt.id = w.reason_text and $6
             where ($3 or v.municipality = any ($4) or v.municipality || '/' || v.period = any ($5))
             order by v.municipality, v.period, v.number",
            [
                of_municipalities,
                of_periods,
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
                Value::from(scopes.reviews.hidden_by().is_none()),
            ],
        )
        .await
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

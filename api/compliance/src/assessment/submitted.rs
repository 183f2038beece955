//! Reads submitted versions, each under a scope: what was submitted, with what became of it, its
//! answers and their evidence.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DbErr, FromQueryResult, Value, prelude::Uuid};

use super::repo::{Earlier, Subjects};
use crate::verdict::repo::bounds;
use database::{DbError, Session};
use domain::{
    assessment::{carry::Carried, evidence::Evidence},
    clock::day_of,
    policy::{ReadScope, Rows, Rule},
    verdict::rules::AnswerValue,
};

/// A submitted version.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct VersionRow {
    pub(super) subject: String,
    pub(super) number: i32,
    pub(super) edition: String,
    pub(super) submitted_at: DateTime<Utc>,
    /// Whether it was on time when it came in.
    was_on_time: bool,
    /// The deadline in force: that of the period, or the later one of an extension.
    deadline_on: Option<NaiveDate>,
    pub(super) approved_by_function: String,
    pub(super) approved_on: NaiveDate,
    pub(super) ledger_no: i64,
    pub(super) submitted_by: Option<String>,
    pub(super) on_behalf: Option<i32>,
    pub(super) reason_text: Option<Uuid>,
    pub(super) outcome: Option<String>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    pub(super) after_closing: Option<bool>,
    pub(super) return_text: Option<Uuid>,
    pub(super) withdrawn_at: Option<DateTime<Utc>>,
    pub(super) withdrawal_text: Option<Uuid>,
}

impl VersionRow {
    /// Whether it was submitted by the deadline in force, also when that was given later.
    pub(super) fn is_on_time(&self) -> bool {
        let day = day_of(self.submitted_at);
        self.deadline_on
            .map_or(self.was_on_time, |deadline| day <= deadline)
    }

    /// What its reasons are kept as: why it corrects, was returned and was withdrawn.
    pub(super) fn reasons(&self) -> impl Iterator<Item = Uuid> {
        let all = [self.reason_text, self.return_text, self.withdrawal_text];
        all.into_iter().flatten()
    }
}

/// An answer of a submitted version.
#[derive(Debug, Clone)]
pub(super) struct AnswerRow {
    pub(super) version: i32,
    pub(super) criterion: String,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) was_explained: bool,
}

/// A piece of evidence of a submitted version.
#[derive(Debug, Clone)]
pub(super) struct EvidenceRow {
    pub(super) version: i32,
    pub(super) criterion: String,
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) address: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) effective_on: NaiveDate,
    pub(super) received_at: DateTime<Utc>,
}

impl From<EvidenceRow> for Evidence {
    fn from(row: EvidenceRow) -> Self {
        Self {
            kind: row.kind,
            title: row.title.unwrap_or_default(),
            address: row.address,
            reference: row.reference,
            effective_on: row.effective_on,
            received_at: row.received_at,
        }
    }
}

/// Which versions of an assessment are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    Latest,
}

/// The submitted versions of assessments that the scope reaches, with what became of them, of each
/// the first one first. Each assessment is looked up by the index (`limit`, also where there
/// is none): a plan that joins them all first reads every version of everybody. Their reasons are read apart, because hardly
/// anybody wants them and a plan that reads texts begins with the policies of all that they may
/// belong to.
pub(super) async fn versions(
    session: &Session,
    scope: &ReadScope,
    of: &Subjects,
    which: Which,
) -> Result<Vec<VersionRow>, DbError> {
    let most = (which == Which::Latest).then_some(1_i64);
    let (all, municipalities, subjects) = bounds(scope);
    let [of_municipalities, of_periods] = of.values();
    session
        .rows(
            "reading versions",
            "select v.municipality || '/' || v.period as subject, v.number, v.edition,
                v.submitted_at, v.on_time as was_on_time,
                greatest(p.deadline_on, x.deadline_on) as deadline_on, v.approved_by_function,
                v.approved_on,
                v.ledger_no, v.submitted_by, v.on_behalf,
                v.reason_text, d.outcome, d.decided_at, d.after_closing,
                d.reason_text as return_text, w.withdrawn_at, w.reason_text as withdrawal_text
             from unnest($1::text[], $2::text[]) o (municipality, period)
             cross join lateral (
                select * from known.assessment_version v
                where v.municipality = o.municipality and v.period = o.period
                order by v.number desc limit $6) v
             left join known.reporting_period p on p.key = v.period
             left join lateral (
                select max(x.deadline_on) as deadline_on from known.deadline_extension x
                where x.municipality = v.municipality and x.period = v.period) x on true
             left join known.review_decision d
                on d.municipality = v.municipality and d.period = v.period and d.version = v.number
             left join known.assessment_withdrawal w
                on w.municipality = v.municipality and w.period = v.period and w.version = v.number
             where ($3 or v.municipality = any ($4) or v.municipality || '/' || v.period = any ($5))
             order by v.municipality, v.period, v.number",
            [
                of_municipalities,
                of_periods,
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
                Value::from(most),
            ],
        )
        .await
}

#[derive(FromQueryResult)]
struct Hashed {
    number: i32,
    content_hash: String,
}

/// The hashes of the versions of an assessment that the scope reaches, by their numbers; none of one
/// of which a text was blanked, which it would give to whoever tries. Read apart, because hardly
/// anybody wants them and each is looked up among what was blanked.
pub(super) async fn hashes(
    session: &Session,
    scope: &ReadScope,
    (municipality, period): (&str, &str),
) -> Result<BTreeMap<i32, String>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let rows: Vec<Hashed> = session
        .rows(
            "reading hashes of versions",
            "select v.number, v.content_hash from known.assessment_version v
             where v.municipality = $1 and v.period = $2 and not blanked_in_entry(v.ledger_no)
               and ($3 or v.municipality = any ($4) or v.municipality || '/' || v.period = any ($5))",
            [
                Value::from(municipality),
                Value::from(period),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await?;
    let hashes = rows.into_iter().map(|row| (row.number, row.content_hash));
    Ok(hashes.collect())
}

#[derive(FromQueryResult)]
struct Words {
    id: Uuid,
    body: Option<String>,
}

/// Texts by their keys, as far as the reader sees them; one that was redacted by law has none.
async fn texts(
    session: &Session,
    doing: &'static str,
    texts: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, String>, DbError> {
    if texts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Words> = session
        .rows(
            doing,
            "select id, body from free_text where id = any ($1)",
            [Value::from(texts)],
        )
        .await?;
    let texts = rows.into_iter().map(|row| Some((row.id, row.body?)));
    Ok(texts.flatten().collect())
}

/// The texts of reasons, for whoever sees reviews; a reason that was redacted by law has none.
pub(super) async fn reasons(
    session: &Session,
    reviews: &ReadScope,
    reasons: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, String>, DbError> {
    if reviews.hidden_by().is_some() {
        return Ok(BTreeMap::new());
    }
    texts(session, "reading reasons", reasons).await
}

/// Versions of one assessment, by their numbers.
#[derive(Debug, Clone)]
pub(super) struct VersionsOf<'a> {
    pub(super) municipality: &'a str,
    pub(super) period: &'a str,
    pub(super) numbers: Vec<i32>,
}

/// The answers of versions, by version and criterion, and their evidence in its order.
#[derive(Debug, Default)]
pub(super) struct Submitted {
    pub(super) answers: Vec<AnswerRow>,
    pub(super) evidence: Vec<EvidenceRow>,
}

/// An answer with a piece of its evidence, or with none, and the keys of their texts.
#[derive(FromQueryResult)]
struct Found {
    version: i32,
    criterion: String,
    answer: String,
    explanation_text: Option<Uuid>,
    kind: Option<String>,
    title_text: Option<Uuid>,
    address: Option<String>,
    reference_text: Option<Uuid>,
    effective_on: Option<NaiveDate>,
    received_at: Option<DateTime<Utc>>,
}

impl Found {
    fn texts(&self) -> impl Iterator<Item = Uuid> {
        let all = [self.explanation_text, self.title_text, self.reference_text];
        all.into_iter().flatten()
    }

    fn evidence(&mut self, texts: &BTreeMap<Uuid, String>) -> Option<EvidenceRow> {
        let text = |id: Option<Uuid>| texts.get(&id?).cloned();
        Some(EvidenceRow {
            version: self.version,
            criterion: self.criterion.clone(),
            kind: self.kind.take()?,
            title: text(self.title_text),
            address: self.address.take(),
            reference: text(self.reference_text),
            effective_on: self.effective_on?,
            received_at: self.received_at?,
        })
    }

    fn into_answer(self, texts: &BTreeMap<Uuid, String>) -> AnswerRow {
        let explanation = self.explanation_text.and_then(|id| texts.get(&id).cloned());
        AnswerRow {
            version: self.version,
            criterion: self.criterion,
            answer: self.answer,
            explanation,
            was_explained: self.explanation_text.is_some(),
        }
    }
}

impl Submitted {
    /// Of each answer with a piece of its evidence, those of one answer after each other.
    fn of(rows: Vec<Found>, texts: &BTreeMap<Uuid, String>) -> Self {
        let mut submitted = Self::default();
        for mut row in rows {
            submitted.evidence.extend(row.evidence(texts));
            let is_same =
                |last: &AnswerRow| last.version == row.version && last.criterion == row.criterion;
            if !submitted.answers.last().is_some_and(is_same) {
                submitted.answers.push(row.into_answer(texts));
            }
        }
        submitted
    }
}

/// Their texts are read apart, where there are any: a plan that reads texts begins with the policies
/// of all that they may belong to.
const ANSWERS: &str = "with answer as materialized (
        select a.version, a.criterion, a.answer, a.explanation_text
        from known.answer a
        where a.municipality = $1 and a.period = $2 and a.version = any ($7)
          and ($3 or a.municipality = any ($4) or a.municipality || '/' || a.period = any ($5))
          and (not $6 or exists (
            select from known.review_decision d
            where d.municipality = a.municipality and d.period = a.period
              and d.version = a.version and d.outcome = 'CONFIRMED'))
     ), piece as materialized (
        select e.version, e.criterion, e.position, e.kind, e.title_text, e.address,
            e.reference_text, e.effective_on, e.received_at
        from known.evidence e
        where $8 and e.municipality = $1 and e.period = $2 and e.version = any ($7)
     )
     select a.version, a.criterion, a.answer, a.explanation_text, e.kind, e.title_text, e.address,
        e.reference_text, e.effective_on, e.received_at
     from answer a
     left join piece e on e.version = a.version and e.criterion = a.criterion
     order by a.version, a.criterion, e.position";

/// The answers of versions that the scope reaches, and their evidence where it is wanted; for a
/// reader of confirmed ones, of those alone.
pub(super) async fn submitted(
    session: &Session,
    scope: &ReadScope,
    of: VersionsOf<'_>,
    with_evidence: bool,
) -> Result<Submitted, DbError> {
    const DOING: &str = "reading answers";
    if scope.hidden_by().is_some() {
        return Ok(Submitted::default());
    }
    let (all, municipalities, subjects) = bounds(scope);
    let values = [
        Value::from(of.municipality),
        Value::from(of.period),
        Value::from(all),
        Value::from(municipalities),
        Value::from(subjects),
        Value::from(*scope.rows() == Rows::Confirmed),
        Value::from(of.numbers),
        Value::from(with_evidence),
    ];
    let rows: Vec<Found> = session.rows(DOING, ANSWERS, values).await?;
    let named = rows.iter().flat_map(Found::texts).collect();
    let texts = texts(session, "reading texts of answers", named).await?;
    let submitted = Submitted::of(rows, &texts);
    if !submitted.answers.is_empty() {
        let subject = format!("{}/{}", of.municipality, of.period);
        session.note_read(Rule::ReadAnswers, [subject]);
    }
    Ok(submitted)
}

/// The answers of a version, as they can be carried over.
pub(super) async fn carried(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    earlier: &Earlier,
) -> Result<Vec<Carried>, DbError> {
    let of = VersionsOf {
        municipality,
        period: &earlier.period,
        numbers: vec![earlier.version],
    };
    let Submitted { answers, evidence } = submitted(session, scope, of, true).await?;
    answers
        .into_iter()
        .map(|row| {
            let pieces = evidence
                .iter()
                .filter(|piece| piece.criterion == row.criterion);
            Ok(Carried {
                answer: AnswerValue::from_code(&row.answer).ok_or_else(|| {
                    DbError::doing("reading answers")(DbErr::Type("an answer".to_owned()))
                })?,
                evidence: pieces.cloned().map(Evidence::from).collect(),
                criterion: row.criterion,
                explanation: row.explanation,
            })
        })
        .collect()
}

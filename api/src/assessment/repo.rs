//! Drafts, versions, answers, claims and decisions: every read wants a scope, every write a permit.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{answer, assessment_version, review_decision};
use sea_orm::{ActiveValue::Set, EntityTrait as _, FromQueryResult, Value};

use crate::{
    db::{DbError, Session},
    framework::PeriodKey,
    ids,
    ledger::{EntryDraft, Part, TextKind, Writer, hex},
    policy::{MayClaimReview, MayConfirm, MayFillDraft, MaySubmit, ReadScope, Rule},
    territory::MunicipalityCode,
    verdict::repo::bounds,
};

/// An answer of a draft.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct DraftAnswer {
    pub(super) criterion: String,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) revision: i32,
    pub(super) changed_by_role: String,
    pub(super) changed_at: DateTime<Utc>,
}

/// A submitted version.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct VersionRow {
    pub(super) number: i32,
    pub(super) edition: String,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) on_time: bool,
    pub(super) approved_by_function: String,
    pub(super) approved_on: NaiveDate,
    pub(super) content_hash: String,
    pub(super) ledger_no: i64,
    pub(super) outcome: Option<String>,
    pub(super) decided_at: Option<DateTime<Utc>>,
}

/// An answer of a submitted version.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct AnswerRow {
    pub(super) version: i32,
    pub(super) criterion: String,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    pub(super) was_explained: bool,
}

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Whether there is, or ever was, a municipality of this code. Whether it exists today is asked of the mandate: nobody
/// writes for one that does not, and reviews go on after a reorganisation.
pub(super) async fn municipality_was(
    session: &Session,
    municipality: &MunicipalityCode,
) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for a municipality",
            "select exists (select from known.municipality where code = $1) as found",
            [Value::from(municipality.as_str())],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

/// Makes the draft when there is none.
pub(super) async fn make_draft(
    session: &Session,
    permit: &MayFillDraft,
    period: &PeriodKey,
    edition: &str,
) -> Result<(), DbError> {
    session
        .change(
            "making a draft",
            "insert into work.draft (municipality, period, edition, created_at) values ($1, $2, $3, $4)
             on conflict do nothing",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period.as_str()),
                Value::from(edition),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    Ok(())
}

/// Locks the draft, when there is one, until the transaction ends.
pub(super) async fn lock_draft(
    session: &Session,
    permit: &MayFillDraft,
    period: &str,
) -> Result<(), DbError> {
    session
        .change(
            "locking a draft",
            "select from work.draft where municipality = $1 and period = $2 for update",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period),
            ],
        )
        .await?;
    Ok(())
}

/// The answers of a draft, by criterion.
pub(super) async fn draft_answers(
    session: &Session,
    permit: &MayFillDraft,
    period: &str,
) -> Result<Vec<DraftAnswer>, DbError> {
    let rows: Vec<DraftAnswer> = session
        .rows(
            "reading a draft",
            "select criterion, answer, explanation, revision, changed_by_role, changed_at from work.draft_answer
             where municipality = $1 and period = $2 order by criterion",
            [Value::from(permit.municipality().as_str()), Value::from(period)],
        )
        .await?;
    if !rows.is_empty() {
        let subject = format!("{}/{period}", permit.municipality().as_str());
        session.note_read(Rule::FillDraft, [subject]);
    }
    Ok(rows)
}

/// Keeps one answer of a draft; the caller holds the draft's lock and has checked the revision.
pub(super) async fn keep_draft_answer(
    session: &Session,
    permit: &MayFillDraft,
    period: &PeriodKey,
    (criterion, answer, explanation): (&str, &str, Option<&str>),
) -> Result<(), DbError> {
    session
        .change(
            "keeping an answer of a draft",
            "insert into work.draft_answer
                (municipality, period, criterion, answer, explanation, revision, changed_by_role, changed_at)
             values ($1, $2, $3, $4, $5, 1, $6, $7)
             on conflict (municipality, period, criterion) do update set
                answer = excluded.answer, explanation = excluded.explanation,
                revision = draft_answer.revision + 1,
                changed_by_role = excluded.changed_by_role, changed_at = excluded.changed_at",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period.as_str()),
                Value::from(criterion),
                Value::from(answer),
                Value::from(explanation.map(str::to_owned)),
                Value::from(session.mandate().role().kind().code()),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    Ok(())
}

/// The submitted versions that the scope reaches, with what VNG decided, the first one first.
pub(super) async fn versions(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    period: &str,
) -> Result<Vec<VersionRow>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    session
        .rows(
            "reading versions",
            "select v.number, v.edition, v.submitted_at, v.on_time, v.approved_by_function, v.approved_on,
                v.content_hash, v.ledger_no, d.outcome, d.decided_at
             from known.assessment_version v
             left join known.review_decision d
                on d.municipality = v.municipality and d.period = v.period and d.version = v.number
             where v.municipality = $1 and v.period = $2
               and ($3 or v.municipality = any ($4) or v.municipality || '/' || v.period = any ($5))
             order by v.number",
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

/// The answers of all versions that the scope reaches; for a reader of confirmed ones, of those alone.
pub(super) async fn answers(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    period: &str,
) -> Result<Vec<AnswerRow>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let confirmed_only = *scope.rows() == crate::policy::Rows::Confirmed;
    let rows: Vec<AnswerRow> = session
        .rows(
            "reading answers",
            "select a.version, a.criterion, a.answer, t.body as explanation, a.explanation_text is not null as was_explained
             from known.answer a left join free_text t on t.id = a.explanation_text
             where a.municipality = $1 and a.period = $2
               and ($3 or a.municipality = any ($4) or a.municipality || '/' || a.period = any ($5))
               and (not $6 or exists (
                 select from known.review_decision d
                 where d.municipality = a.municipality and d.period = a.period and d.version = a.version
                   and d.outcome = 'CONFIRMED'))
             order by a.version, a.criterion",
            [
                Value::from(municipality),
                Value::from(period),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
                Value::from(confirmed_only),
            ],
        )
        .await?;
    if !rows.is_empty() {
        session.note_read(Rule::ReadAnswers, [format!("{municipality}/{period}")]);
    }
    Ok(rows)
}

/// A submission to append.
#[derive(Debug)]
pub(super) struct NewVersion<'a> {
    pub(super) period: &'a PeriodKey,
    pub(super) number: i32,
    pub(super) edition: &'a str,
    pub(super) on_time: bool,
    pub(super) approved_by_function: &'a str,
    pub(super) approved_on: NaiveDate,
    pub(super) answers: &'a [DraftAnswer],
}

impl NewVersion<'_> {
    /// SHA-256 over the answers in their order: what the receipt names.
    fn content_hash(&self) -> String {
        let told: Vec<_> = self
            .answers
            .iter()
            .map(|one| serde_json::json!([one.criterion, one.answer, one.explanation]))
            .collect();
        hex(&crate::ledger::content_hash(&serde_json::Value::from(told)))
    }
}

/// Appends a version with its answers; gives the ledger number of the entry.
pub(super) async fn append_version(
    writer: &mut Writer,
    permit: &MaySubmit,
    new: &NewVersion<'_>,
) -> Result<i64, DbError> {
    let municipality = permit.municipality().as_str().to_owned();
    let period = new.period.as_str().to_owned();
    let subject = format!("{municipality}/{period}");
    let number = writer.entry(EntryDraft {
        operation: "assessment.submitted",
        subject_kind: "Assessment",
        subject_key: subject.clone(),
        source: None,
        part: Part::Compliance,
        own: Some((municipality.clone(), period.clone())),
    });
    let submitted_at = writer.recorded_at();
    assessment_version::Entity::insert(assessment_version::ActiveModel {
        id: Set(ids::row_id()),
        ledger_no: Set(number),
        subject_key: Set(subject.clone()),
        withdrawn: Set(false),
        municipality: Set(municipality.clone()),
        period: Set(period.clone()),
        number: Set(new.number),
        edition: Set(new.edition.to_owned()),
        submitted_at: Set(submitted_at),
        on_time: Set(new.on_time),
        approved_by_function: Set(new.approved_by_function.to_owned()),
        approved_on: Set(new.approved_on),
        content_hash: Set(new.content_hash()),
        ..Default::default()
    })
    .exec_without_returning(writer.session())
    .await
    .map_err(DbError::doing("appending a version"))?;
    let explained: Vec<&DraftAnswer> = new
        .answers
        .iter()
        .filter(|one| one.explanation.is_some())
        .collect();
    let bodies: Vec<(i64, String)> = explained
        .iter()
        .filter_map(|one| Some((number, one.explanation.clone()?)))
        .collect();
    let texts = writer.texts(TextKind::Answer, &bodies).await?;
    let texts: BTreeMap<&str, _> = explained
        .iter()
        .map(|one| one.criterion.as_str())
        .zip(texts)
        .collect();
    let rows = new.answers.iter().map(|one| answer::ActiveModel {
        id: Set(ids::row_id()),
        ledger_no: Set(number),
        subject_key: Set(subject.clone()),
        withdrawn: Set(false),
        municipality: Set(municipality.clone()),
        period: Set(period.clone()),
        version: Set(new.number),
        criterion: Set(one.criterion.clone()),
        answer: Set(one.answer.clone()),
        explanation_text: Set(texts.get(one.criterion.as_str()).copied()),
        ..Default::default()
    });
    answer::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("appending answers"))?;
    Ok(number)
}

/// Whoever holds a claim.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Claim {
    pub(super) holder: String,
    pub(super) expires_at: DateTime<Utc>,
}

/// The claim on a version, also an expired one, locked until the transaction ends.
pub(super) async fn lock_claim(
    session: &Session,
    municipality: &MunicipalityCode,
    (period, version): (&str, i32),
) -> Result<Option<Claim>, DbError> {
    session
        .row(
            "reading a claim",
            "select holder, expires_at from work.claim
             where municipality = $1 and period = $2 and version = $3 for update",
            [
                Value::from(municipality.as_str()),
                Value::from(period),
                Value::from(version),
            ],
        )
        .await
}

/// Takes a version in hand unless somebody else has it; false when somebody else was first.
pub(super) async fn claim(
    session: &Session,
    permit: &MayClaimReview,
    (period, version): (&PeriodKey, i32),
    hours: i64,
) -> Result<bool, DbError> {
    let now = session.moment().instant;
    let holder = session
        .mandate()
        .actor
        .pseudonym
        .clone()
        .unwrap_or_default();
    let taken = session
        .change(
            "claiming a review",
            "insert into work.claim (municipality, period, version, holder, expires_at)
             values ($1, $2, $3, $4, $5)
             on conflict (municipality, period, version) do update
                set holder = excluded.holder, expires_at = excluded.expires_at
                where claim.holder = excluded.holder or claim.expires_at <= $6",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period.as_str()),
                Value::from(version),
                Value::from(holder),
                Value::from(now + TimeDelta::hours(hours)),
                Value::from(now),
            ],
        )
        .await?;
    Ok(taken == 1)
}

/// Appends the confirmation of a version; gives the ledger number of the entry.
pub(super) async fn append_confirmation(
    writer: &mut Writer,
    permit: &MayConfirm,
    (period, version): (&PeriodKey, i32),
) -> Result<i64, DbError> {
    let municipality = permit.municipality().as_str().to_owned();
    let period = period.as_str().to_owned();
    let subject = format!("{municipality}/{period}");
    let number = writer.entry(EntryDraft {
        operation: "assessment.confirmed",
        subject_kind: "Assessment",
        subject_key: subject.clone(),
        source: None,
        part: Part::Compliance,
        own: Some((municipality.clone(), period.clone())),
    });
    let decided_at = writer.recorded_at();
    review_decision::Entity::insert(review_decision::ActiveModel {
        id: Set(ids::row_id()),
        ledger_no: Set(number),
        subject_key: Set(subject),
        withdrawn: Set(false),
        municipality: Set(municipality),
        period: Set(period),
        version: Set(version),
        outcome: Set("CONFIRMED".to_owned()),
        decided_at: Set(decided_at),
        ..Default::default()
    })
    .exec_without_returning(writer.session())
    .await
    .map_err(DbError::doing("confirming"))?;
    Ok(number)
}

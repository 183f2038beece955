//! Working rows: drafts, and claims of reviewers. They change, stand in no ledger, and are never
//! counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use database::{DbError, Session, document};
use sea_orm::{DbErr, FromQueryResult, Value};
use serde::Deserialize;

use super::repo::Subjects;
use domain::{
    assessment::{carry::Carried, evidence::Evidence},
    framework::key::PeriodKey,
    policy::{MayFillDraft, MayReview, Rule},
    verdict::rules::AnswerValue,
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
    pub(super) carried_from: Option<String>,
    evidence: serde_json::Value,
}

impl DraftAnswer {
    /// The evidence.
    ///
    /// # Errors
    /// When a piece of it cannot be read: nothing is told or submitted without it.
    pub(super) fn evidence(&self) -> Result<Vec<Evidence>, DbError> {
        document::read_all(self.evidence.clone())
    }

    /// Whether it counts when the draft is submitted: it does not wait to be confirmed.
    pub(super) fn counts(&self) -> bool {
        self.carried_from.is_none()
    }
}

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Makes the draft when there is none, and locks the one that there is until the transaction ends;
/// says whether it made it. A row in conflict is locked before it is asked whether it shall change,
/// and none does.
pub(super) async fn open_draft(
    session: &Session,
    permit: &MayFillDraft,
    period: &PeriodKey,
    edition: &str,
) -> Result<bool, DbError> {
    let made = session
        .change(
            "opening a draft",
            "insert into work.draft as d (municipality, period, edition, created_at)
             values ($1, $2, $3, $4)
             on conflict (municipality, period) do update set created_at = d.created_at
             where false",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period.as_str()),
                Value::from(edition),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    Ok(made == 1)
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
        .await
        .map_err(DbError::of_lock)?;
    Ok(())
}

/// Whether there is a draft.
pub(super) async fn has_draft(
    session: &Session,
    permit: &MayFillDraft,
    period: &str,
) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for a draft",
            "select exists (
                select from work.draft where municipality = $1 and period = $2) as found",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period),
            ],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

#[derive(FromQueryResult)]
struct Named {
    key: String,
}

/// Which drafts, of a municipality and a period each, have an answer that counts: the keys of their
/// assessments.
pub(super) async fn drafts_that_count(
    session: &Session,
    drafts: &[(MayFillDraft, &str)],
) -> Result<BTreeSet<String>, DbError> {
    let of = drafts.iter();
    let of = Subjects::of(of.map(|(permit, period)| (permit.municipality().as_str(), *period)));
    let rows: Vec<Named> = session
        .rows(
            "looking for answers of drafts",
            "select distinct municipality || '/' || period as key from work.draft_answer
             where (municipality, period) in (select * from unnest($1::text[], $2::text[]))
               and carried_from is null",
            of.values(),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
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
            "select criterion, answer, explanation, revision, changed_by_role, changed_at,
                carried_from, evidence
             from work.draft_answer where municipality = $1 and period = $2
             order by criterion collate \"C\"",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period),
            ],
        )
        .await?;
    if !rows.is_empty() {
        let subject = format!("{}/{period}", permit.municipality().as_str());
        session.note_read(Rule::FillDraft, [subject]);
    }
    Ok(rows)
}

/// An answer to keep in a draft.
#[derive(Debug, Clone)]
pub(super) struct ToKeep {
    pub(super) criterion: String,
    pub(super) answer: AnswerValue,
    pub(super) explanation: Option<String>,
    pub(super) evidence: Vec<Evidence>,
}

impl From<Carried> for ToKeep {
    fn from(carried: Carried) -> Self {
        Self {
            criterion: carried.criterion,
            answer: carried.answer,
            explanation: carried.explanation,
            evidence: carried.evidence,
        }
    }
}

/// Answers as a statement reads them.
fn as_rows(answers: &[ToKeep]) -> Result<serde_json::Value, DbError> {
    let row = |one: &ToKeep| {
        Ok(serde_json::json!({
            "criterion": one.criterion,
            "answer": one.answer.code(),
            "explanation": one.explanation,
            "evidence": document::write_all(&one.evidence)?,
        }))
    };
    answers.iter().map(row).collect()
}

/// Keeps answers of a draft, in one statement however many; the caller holds the draft's lock and
/// has checked the revisions. Those that are carried over name the period that they come from.
pub(super) async fn keep_draft_answers(
    session: &Session,
    permit: &MayFillDraft,
    period: &PeriodKey,
    answers: &[ToKeep],
    carried_from: Option<&str>,
) -> Result<(), DbError> {
    if answers.is_empty() {
        return Ok(());
    }
    let rows = as_rows(answers)?;
    session
        .change(
            "keeping answers of a draft",
            "insert into work.draft_answer
                (municipality, period, criterion, answer, explanation, evidence, carried_from,
                revision, changed_by_role, changed_at)
             select $6, $1, r.criterion, r.answer, r.explanation, coalesce(r.evidence, '[]'),
                $2, 1, $3, $4
             from jsonb_to_recordset($5)
                as r (criterion text, answer text, explanation text, evidence jsonb)
             on conflict (municipality, period, criterion) do update set
                answer = excluded.answer, explanation = excluded.explanation,
                evidence = excluded.evidence, carried_from = excluded.carried_from,
                revision = draft_answer.revision + 1,
                changed_by_role = excluded.changed_by_role, changed_at = excluded.changed_at",
            [
                Value::from(period.as_str()),
                Value::from(carried_from.map(str::to_owned)),
                Value::from(session.mandate().role().kind().code()),
                Value::from(session.moment().instant),
                Value::from(rows),
                Value::from(permit.municipality().as_str()),
            ],
        )
        .await?;
    Ok(())
}

/// Changes answers that a draft has, as [`keep_draft_answers`] would for half of what that costs:
/// nothing is tried to be added first.
///
/// # Errors
/// When the draft has one of them no more.
pub(super) async fn change_draft_answers(
    session: &Session,
    permit: &MayFillDraft,
    period: &PeriodKey,
    answers: &[ToKeep],
) -> Result<(), DbError> {
    const DOING: &str = "changing answers of a draft";
    if answers.is_empty() {
        return Ok(());
    }
    let changed = session
        .change(
            DOING,
            "update work.draft_answer d set
                answer = r.answer, explanation = r.explanation,
                evidence = coalesce(r.evidence, '[]'), carried_from = null,
                revision = d.revision + 1, changed_by_role = $3, changed_at = $4
             from jsonb_to_recordset($5)
                as r (criterion text, answer text, explanation text, evidence jsonb)
             where d.municipality = $1 and d.period = $2 and d.criterion = r.criterion",
            [
                Value::from(permit.municipality().as_str()),
                Value::from(period.as_str()),
                Value::from(session.mandate().role().kind().code()),
                Value::from(session.moment().instant),
                Value::from(as_rows(answers)?),
            ],
        )
        .await?;
    if usize::try_from(changed).is_ok_and(|changed| changed == answers.len()) {
        Ok(())
    } else {
        Err(DbError::doing(DOING)(DbErr::RecordNotUpdated))
    }
}

/// The answers of a draft, by criterion, once the caller has kept some that somebody gave: what it
/// would read.
///
/// # Errors
/// When a piece of evidence has no JSON.
pub(super) fn with_kept(
    session: &Session,
    before: Vec<DraftAnswer>,
    answers: &[ToKeep],
) -> Result<Vec<DraftAnswer>, DbError> {
    let before = before.into_iter().map(|row| (row.criterion.clone(), row));
    let mut rows: BTreeMap<String, DraftAnswer> = before.collect();
    for one in answers {
        let revision = rows.get(&one.criterion).map_or(1, |row| row.revision + 1);
        let row = DraftAnswer {
            criterion: one.criterion.clone(),
            answer: one.answer.code().to_owned(),
            explanation: one.explanation.clone(),
            revision,
            changed_by_role: session.mandate().role().kind().code().to_owned(),
            changed_at: session.moment().instant,
            carried_from: None,
            evidence: document::write_all(&one.evidence)?,
        };
        rows.insert(one.criterion.clone(), row);
    }
    Ok(rows.into_values().collect())
}

/// Whoever holds a claim on a version.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Claim {
    pub(super) subject: String,
    pub(super) version: i32,
    pub(super) holder: String,
    pub(super) expires_at: DateTime<Utc>,
}

/// A version of the assessment of a municipality.
pub(super) type VersionOf<'a> = (&'a str, i32);

/// The municipalities and the numbers, as the first two values of a statement.
fn columns(versions: &[VersionOf<'_>]) -> [Value; 2] {
    let municipalities = versions
        .iter()
        .map(|(municipality, _)| (*municipality).to_owned());
    let numbers = versions.iter().map(|(_, number)| *number);
    [
        Value::from(municipalities.collect::<Vec<String>>()),
        Value::from(numbers.collect::<Vec<i32>>()),
    ]
}

/// Locks the claims on versions, also expired ones, until the transaction ends.
pub(super) async fn lock_claims(
    session: &Session,
    period: &str,
    versions: &[VersionOf<'_>],
) -> Result<(), DbError> {
    let [municipalities, numbers] = columns(versions);
    session
        .change(
            "locking claims",
            "select from work.claim
             where (municipality, version) in (select * from unnest($1::text[], $2::int[]))
               and period = $3
             order by municipality for update",
            [municipalities, numbers, Value::from(period)],
        )
        .await
        .map_err(DbError::of_lock)?;
    Ok(())
}

/// Versions that a reviewer takes in hand.
#[derive(Debug)]
pub(super) struct ToClaim<'a> {
    pub(super) period: &'a PeriodKey,
    /// Each with the proof for its municipality.
    pub(super) versions: Vec<(&'a MayReview, i32)>,
    pub(super) expires_at: DateTime<Utc>,
}

/// Takes versions in hand, those that nobody else has; gives the municipalities of which it was
/// taken. Claims are made in the order of their municipalities, as they are locked.
pub(super) async fn claim(
    session: &Session,
    to_claim: ToClaim<'_>,
) -> Result<BTreeSet<String>, DbError> {
    let actor = &session.mandate().actor;
    let holder = actor.pseudonym.clone();
    let own: Vec<String> = actor.pseudonyms().map(str::to_owned).collect();
    let versions = to_claim.versions.iter();
    let versions: Vec<VersionOf<'_>> = versions
        .map(|(permit, number)| (permit.municipality().as_str(), *number))
        .collect();
    let [municipalities, numbers] = columns(&versions);
    let taken: Vec<Named> = session
        .rows(
            "claiming reviews",
            "insert into work.claim as c (municipality, period, version, holder, expires_at)
             select s.municipality, $3, s.version, $4, $5
             from unnest($1::text[], $2::int[]) s (municipality, version)
             order by s.municipality
             on conflict (municipality, period, version) do update
                set holder = excluded.holder, expires_at = excluded.expires_at
                where c.holder = any ($7) or c.expires_at <= $6
             returning c.municipality as key",
            [
                municipalities,
                numbers,
                Value::from(to_claim.period.as_str()),
                Value::from(holder.unwrap_or_default()),
                Value::from(to_claim.expires_at),
                Value::from(session.moment().instant),
                Value::from(own),
            ],
        )
        .await?;
    Ok(taken.into_iter().map(|row| row.key).collect())
}

//! `AssessmentVersion`: what was submitted, with its answers and their evidence, and what became of
//! it.

use std::collections::BTreeMap;

use async_graphql::{ComplexObject, Context, Lookahead, Result, SimpleObject};
use chrono::{DateTime, Utc};
use sea_orm::prelude::Uuid;

use super::{
    evidence_schema::EvidenceView,
    submitted::{AnswerRow, EvidenceRow, VersionRow},
};
use crate::framework::schema::{Criterion, FrameworkEdition, find_criterion, find_edition};
use database::DatabaseKind;
use domain::{policy::Rule, verdict::rules::AnswerValue};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    date::Date,
    text::TextState,
};
use register::partners::schema::Organisation;

/// A submitted version; it never changes. NL: ingediende versie.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct AssessmentVersion {
    /// The number, from 1. NL: versienummer.
    number: i32,
    /// The instant of submission, UTC. NL: ingediend op.
    submitted_at: DateTime<Utc>,
    /// Whether it was submitted by the deadline in force: an extension counts also when it was
    /// given after the version was handed in. NL: op tijd.
    on_time: bool,
    #[graphql(skip)]
    edition_code: String,
    /// The function that approved it, never a person; null when you may not see the answers. NL:
    /// akkoord door functie.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    approved_by_function: Option<String>,
    /// The day of that approval; null when you may not see the answers. NL: akkoord op.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    approved_on: Option<Date>,
    /// SHA-256 of the answers, 64 hexadecimal digits; null when you may not see the answers, or
    /// when a text in them was blanked by law, which it would tell to whoever tries. NL:
    /// controlegetal.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    hash: Option<String>,
    /// What the municipality keeps as proof of submission, which ends in the first digits of that
    /// hash; null when the hash is. NL: ontvangstbewijs.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    receipt: Option<String>,
    /// The ledger number of the submission. NL: nummer in het grootboek.
    ledger: i64,
    /// The organisation that submitted it, which may be a region with a mandate; null for a version
    /// before this was kept. NL: ingediend door.
    submitted_by: Option<Organisation>,
    /// The number of what VNG filled in and the municipality accepted with it; null when the
    /// municipality or its region filled it in. NL: namens de gemeente ingevuld.
    on_behalf: Option<i32>,
    /// Why it corrects a confirmed version; null when it does not, or you may not see it. NL: reden
    /// van correctie.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadReviews)))]
    reason: Option<String>,
    /// The instant of VNG's confirmation, UTC; null while there is none. NL: bevestigd op.
    confirmed_at: Option<DateTime<Utc>>,
    /// Whether it was confirmed after the period had closed: the verdict stands beside the one that
    /// the period closed with. NL: bevestigd na sluiting.
    confirmed_after_closing: bool,
    /// The instant at which VNG returned it, UTC; null when it did not. NL: teruggegeven op.
    returned_at: Option<DateTime<Utc>>,
    /// Why VNG returned it; null when it did not, or you may not see it. NL: reden van teruggave.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadReviews)))]
    return_reason: Option<String>,
    /// The instant at which it was withdrawn, UTC; null when it was not. NL: ingetrokken op.
    withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn; null when it was not, or you may not see it. NL: reden van intrekking.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadReviews)))]
    withdrawal_reason: Option<String>,
    #[graphql(skip)]
    rows: Option<Vec<AnswerRow>>,
    #[graphql(skip)]
    evidence: Vec<EvidenceRow>,
}

/// What the receipts of an assessment begin with.
pub(super) struct ReceiptOf(String);

impl ReceiptOf {
    /// Those of a municipality in a period; of a demo they say so.
    pub(super) fn assessment(period: &str, municipality: &str, database: DatabaseKind) -> Self {
        Self(format!("{}STM-{period}-{municipality}", database.prefix()))
    }

    /// That of the version of a number, with this hash.
    pub(super) fn version(&self, number: i32, hash: &str) -> Option<String> {
        let digits = hash.get(..12)?;
        Some(format!("{}-{number}-{digits}", self.0))
    }
}

/// Whether what is read apart of versions is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) answers: bool,
    pub(super) evidence: bool,
    pub(super) reasons: bool,
    pub(super) hashes: bool,
}

/// What was read apart of versions, as far as it was wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Read<'a> {
    pub(super) answers: &'a [AnswerRow],
    pub(super) evidence: &'a [EvidenceRow],
    pub(super) reasons: Option<&'a BTreeMap<Uuid, String>>,
    pub(super) hashes: Option<&'a BTreeMap<i32, String>>,
}

impl Wanted {
    /// What the selection of versions wants. A hash and what goes with it are for whoever sees the
    /// answers, so they want them too.
    pub(super) fn of(versions: &Lookahead<'_>) -> Self {
        const WITH_ANSWERS: [&str; 5] = [
            "answers",
            "approvedByFunction",
            "approvedOn",
            "hash",
            "receipt",
        ];
        const HASHES: [&str; 2] = ["hash", "receipt"];
        const REASONS: [&str; 3] = ["reason", "returnReason", "withdrawalReason"];
        let wants = |field: &str| versions.field(field).exists();
        Self {
            answers: WITH_ANSWERS.into_iter().any(wants),
            hashes: HASHES.into_iter().any(wants),
            reasons: REASONS.into_iter().any(wants),
            evidence: versions.field("answers").field("evidence").exists(),
        }
    }
}

impl AssessmentVersion {
    /// A version with those of its answers that the reader may see. A hash of a few answers gives
    /// them away to whoever tries them all: it goes with the answers.
    pub(super) fn to_view(version: &VersionRow, receipt_of: &ReceiptOf, read: &Read<'_>) -> Self {
        let of = |number: i32| number == version.number;
        let reason = |text: Option<Uuid>| read.reasons?.get(&text?).cloned();
        let answers: Vec<_> = read.answers.iter().filter(|one| of(one.version)).collect();
        let seen = !answers.is_empty();
        let hash = read.hashes.and_then(|hashes| hashes.get(&version.number));
        let hash = hash.filter(|_| seen);
        let decided = |outcome: &str| {
            let is_so = version.outcome.as_deref() == Some(outcome);
            version.decided_at.filter(|_| is_so)
        };
        let confirmed_at = decided("CONFIRMED");
        Self {
            number: version.number,
            submitted_at: version.submitted_at,
            on_time: version.is_on_time(),
            edition_code: version.edition.clone(),
            approved_by_function: seen.then(|| version.approved_by_function.clone()),
            approved_on: seen.then_some(Date(version.approved_on)),
            hash: hash.cloned(),
            receipt: hash.and_then(|hash| receipt_of.version(version.number, hash)),
            ledger: version.ledger_no,
            submitted_by: version.submitted_by.as_ref().map(Organisation::of),
            on_behalf: version.on_behalf,
            reason: reason(version.reason_text),
            confirmed_after_closing: confirmed_at.is_some() && version.after_closing == Some(true),
            confirmed_at,
            returned_at: decided("RETURNED"),
            return_reason: reason(version.return_text),
            withdrawn_at: version.withdrawn_at,
            withdrawal_reason: reason(version.withdrawal_text),
            rows: seen.then(|| answers.into_iter().cloned().collect()),
            evidence: read
                .evidence
                .iter()
                .filter(|one| of(one.version))
                .cloned()
                .collect(),
        }
    }

    /// The code of the edition that it answers.
    pub(super) fn edition_code(&self) -> &str {
        &self.edition_code
    }

    /// The criteria that it answers, by code; those taken back do not count.
    pub(super) fn answered(&self) -> Vec<&str> {
        let rows = self.rows.as_deref().unwrap_or_default();
        let given = rows.iter().filter(|row| row.answer != "UNKNOWN");
        given.map(|row| row.criterion.as_str()).collect()
    }
}

#[ComplexObject]
impl AssessmentVersion {
    /// The edition that it answers. NL: editie.
    async fn edition(&self, ctx: &Context<'_>) -> Result<Option<FrameworkEdition>> {
        find_edition(ctx, &self.edition_code).await
    }

    /// The answers, by criterion; null when you may not see them. NL: antwoorden.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadAnswers)),
        complexity = "1 + 25 * child_complexity"
    )]
    async fn answers(&self) -> Option<Vec<SubmittedAnswer>> {
        let rows = self.rows.as_ref()?;
        let answers = rows.iter().map(|row| {
            let of_answer = |piece: &&EvidenceRow| piece.criterion == row.criterion;
            let pieces = self.evidence.iter().filter(of_answer);
            SubmittedAnswer {
                criterion_key: format!("{}/{}", self.edition_code, row.criterion),
                answer: answer_code(&row.answer),
                explanation: row.explanation.clone(),
                explanation_state: TextState::of(row.was_explained, row.explanation.is_some()),
                evidence: pieces
                    .map(|piece| EvidenceView {
                        criterion: format!("{}/{}", self.edition_code, row.criterion),
                        piece: piece.clone().into(),
                    })
                    .collect(),
            }
        });
        Some(answers.collect())
    }
}

/// The answer of a code.
pub(super) fn answer_code(code: &str) -> Coded<AnswerValue> {
    AnswerValue::from_code(code)
        .unwrap_or(AnswerValue::Unknown)
        .into()
}

/// An answer of a submitted version. NL: ingediend antwoord.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct SubmittedAnswer {
    #[graphql(skip)]
    criterion_key: String,
    /// The answer. NL: antwoord.
    answer: Coded<AnswerValue>,
    /// The explanation, as submitted; null when there is none or it was redacted by law. NL:
    /// toelichting.
    explanation: Option<String>,
    /// Whether there is an explanation, or was one that was blanked by law. NL: stand van de
    /// toelichting.
    explanation_state: TextState,
    /// The evidence, in the order in which it was given. NL: bewijs.
    evidence: Vec<EvidenceView>,
}

#[ComplexObject]
impl SubmittedAnswer {
    /// The criterion. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &self.criterion_key).await
    }
}

//! What a municipality, or its region with a mandate, hands in: versions, withdrawals and replies.

use chrono::NaiveDate;
use entity::{answer, assessment_version, assessment_withdrawal, evidence, question_reply};

use super::{Body, insert, maybe_texts, open, text};
use crate::assessment::work::ToKeep;
use database::DbError;
use domain::{assessment::evidence::Evidence, framework::key::PeriodKey, policy::MaySubmit};
use ledger::{Head, Writer, fact};

/// A submission to append.
#[derive(Debug)]
pub(crate) struct NewVersion<'a> {
    pub(crate) period: &'a PeriodKey,
    pub(crate) number: i32,
    pub(crate) edition: &'a str,
    pub(crate) on_time: bool,
    pub(crate) approved_by_function: &'a str,
    pub(crate) approved_on: NaiveDate,
    pub(crate) reason: Option<&'a str>,
    pub(crate) on_behalf: Option<i32>,
    pub(crate) answers: &'a [ToKeep],
}

impl NewVersion<'_> {
    /// SHA-256 over the answers and their evidence in their order: what the receipt names.
    fn content_hash(&self) -> String {
        let shown = self.answers.iter().map(|one| {
            let pieces: Vec<_> = one.evidence.iter().map(to_view).collect();
            let (criterion, answer) = (&one.criterion, one.answer.code());
            if pieces.is_empty() {
                serde_json::json!([criterion, answer, one.explanation])
            } else {
                serde_json::json!([criterion, answer, one.explanation, pieces])
            }
        });
        hex::encode(ledger::content_hash(&shown.collect()))
    }
}

fn to_view(piece: &Evidence) -> serde_json::Value {
    serde_json::json!([
        piece.kind,
        piece.title,
        piece.address,
        piece.reference,
        piece.effective_on
    ])
}

/// Appends a version with its answers and their evidence.
pub(crate) async fn version(
    writer: &mut Writer,
    permit: &MaySubmit,
    new: &NewVersion<'_>,
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.submitted",
        permit.municipality(),
        new.period,
    );
    let reason_text = match new.reason {
        Some(reason) => Some(text(writer, head.number, reason).await?),
        None => None,
    };
    let submitted_by = writer.session().mandate().role().organisation();
    let row = fact!(assessment_version, head.clone(), {
        municipality: permit.municipality().as_str().to_owned(),
        period: new.period.as_str().to_owned(),
        number: new.number,
        edition: new.edition.to_owned(),
        submitted_at: writer.recorded_at(),
        on_time: new.on_time,
        approved_by_function: new.approved_by_function.to_owned(),
        approved_on: new.approved_on,
        content_hash: new.content_hash(),
        submitted_by: submitted_by,
        reason_text: reason_text,
        on_behalf: new.on_behalf,
    });
    insert(writer, "appending a version", vec![row]).await?;
    answers_of_version(writer, permit, &head, new).await?;
    evidence_of_version(writer, permit, &head, new).await
}

async fn answers_of_version(
    writer: &mut Writer,
    permit: &MaySubmit,
    head: &Head,
    new: &NewVersion<'_>,
) -> Result<(), DbError> {
    let explanations = new.answers.iter();
    let explanations = explanations.map(|one| Body::of(head, one.explanation.as_deref()));
    let explanations = maybe_texts(writer, explanations.collect()).await?;
    let answers = new.answers.iter().zip(explanations);
    let rows = answers.map(|(one, explanation)| {
        fact!(answer, head.clone(), {
            municipality: permit.municipality().as_str().to_owned(),
            period: new.period.as_str().to_owned(),
            version: new.number,
            criterion: one.criterion.clone(),
            answer: one.answer.code().to_owned(),
            explanation_text: explanation,
        })
    });
    insert(writer, "appending answers", rows.collect()).await
}

async fn evidence_of_version(
    writer: &mut Writer,
    permit: &MaySubmit,
    head: &Head,
    new: &NewVersion<'_>,
) -> Result<(), DbError> {
    let pieces: Vec<(&str, i32, &Evidence)> = new
        .answers
        .iter()
        .flat_map(|one| {
            let numbered = (1..).zip(&one.evidence);
            numbered.map(|(position, piece)| (one.criterion.as_str(), position, piece))
        })
        .collect();
    let texts = pieces.iter().flat_map(|(_, _, piece)| {
        let texts = [Some(piece.title.as_str()), piece.reference.as_deref()];
        texts.map(|text| Body::of(head, text))
    });
    let mut texts = maybe_texts(writer, texts.collect()).await?.into_iter();
    let mut rows = Vec::with_capacity(pieces.len());
    for (criterion, position, piece) in pieces {
        let (title, reference) = (texts.next().flatten(), texts.next().flatten());
        let Some(title) = title else { continue };
        rows.push(fact!(evidence, head.clone(), {
            municipality: permit.municipality().as_str().to_owned(),
            period: new.period.as_str().to_owned(),
            version: new.number,
            criterion: criterion.to_owned(),
            position: position,
            kind: piece.kind.clone(),
            title_text: title,
            address: piece.address.clone(),
            reference_text: reference,
            effective_on: piece.effective_on,
            received_at: piece.received_at,
        }));
    }
    insert(writer, "appending evidence", rows).await
}

/// Appends the withdrawal of a version.
pub(crate) async fn withdrawal(
    writer: &mut Writer,
    permit: &MaySubmit,
    period: &PeriodKey,
    version: i32,
    reason: &str,
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.withdrawn",
        permit.municipality(),
        period,
    );
    let reason_text = text(writer, head.number, reason).await?;
    let row = fact!(assessment_withdrawal, head, {
        municipality: permit.municipality().as_str().to_owned(),
        period: period.as_str().to_owned(),
        version: version,
        reason_text: reason_text,
        withdrawn_at: writer.recorded_at(),
    });
    insert(writer, "withdrawing", vec![row]).await
}

/// Appends the reply to a question.
pub(crate) async fn reply(
    writer: &mut Writer,
    permit: &MaySubmit,
    period: &PeriodKey,
    question: i32,
    reply: &str,
) -> Result<(), DbError> {
    let head = open(writer, "assessment.replied", permit.municipality(), period);
    let reply_text = text(writer, head.number, reply).await?;
    let by = writer.session().mandate().role().organisation();
    let row = fact!(question_reply, head, {
        municipality: permit.municipality().as_str().to_owned(),
        period: period.as_str().to_owned(),
        question: question,
        reply_text: reply_text,
        replied_by: by.unwrap_or_default(),
        replied_at: writer.recorded_at(),
    });
    insert(writer, "replying", vec![row]).await
}

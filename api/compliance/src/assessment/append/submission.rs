//! What a municipality, or its region with a mandate, hands in: versions, withdrawals and replies.

use chrono::NaiveDate;
use entity::{answer, assessment_version, assessment_withdrawal, evidence, question_reply};

use sea_orm::prelude::Uuid;

use super::{Body, given, insert, open, placed, text};
use crate::assessment::work::ToKeep;
use database::DbError;
use domain::{assessment::evidence::Evidence, framework::key::PeriodKey, policy::MaySubmit};
use ledger::{Head, TextKind, Together, Writer, fact};

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

/// SHA-256 over answers and their evidence in their order: what the receipt of a version names.
pub(crate) fn content_hash(answers: &[ToKeep]) -> String {
    let shown = answers.iter().map(|one| {
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

fn to_view(piece: &Evidence) -> serde_json::Value {
    serde_json::json!([
        piece.kind,
        piece.title,
        piece.address,
        piece.reference,
        piece.effective_on
    ])
}

/// Appends a version with its answers and their evidence, and the texts of all of them, in one
/// statement.
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
    let pieces = pieces_of(new);
    let explanations = new.answers.iter().map(|one| one.explanation.as_deref());
    let of_pieces = pieces
        .iter()
        .flat_map(|(_, _, piece)| [Some(piece.title.as_str()), piece.reference.as_deref()]);
    let bodies: Vec<Body<'_>> = std::iter::once(new.reason.map(str::trim))
        .chain(explanations)
        .chain(of_pieces)
        .map(|text| Body::of(&head, text))
        .collect();
    let (ids, text_rows) = writer.text_rows(TextKind::Answer, &given(&bodies));
    let mut texts = placed(&bodies, ids).into_iter();
    let row = fact!(assessment_version, head.clone(), {
        municipality: permit.municipality().as_str().to_owned(),
        period: new.period.as_str().to_owned(),
        number: new.number,
        edition: new.edition.to_owned(),
        submitted_at: writer.recorded_at(),
        on_time: new.on_time,
        approved_by_function: new.approved_by_function.to_owned(),
        approved_on: new.approved_on,
        content_hash: content_hash(new.answers),
        submitted_by: writer.session().mandate().role().organisation(),
        reason_text: texts.next().flatten(),
        on_behalf: new.on_behalf,
    });
    let mut together = Together::default();
    together.add(&text_rows)?;
    together.add(&[row])?;
    let explanations = texts.by_ref().take(new.answers.len());
    together.add(&answer_rows(permit, &head, new, explanations))?;
    together.add(&evidence_rows(permit, &head, new, texts))?;
    writer
        .append_together("appending a version", together)
        .await
}

/// A piece of evidence with the criterion that it is of and its position there.
type Piece<'a> = (&'a str, i32, &'a Evidence);

fn pieces_of<'a>(new: &NewVersion<'a>) -> Vec<Piece<'a>> {
    let pieces = new.answers.iter().flat_map(|one| {
        let numbered = (1..).zip(&one.evidence);
        numbered.map(|(position, piece)| (one.criterion.as_str(), position, piece))
    });
    pieces.collect()
}

fn answer_rows(
    permit: &MaySubmit,
    head: &Head,
    new: &NewVersion<'_>,
    explanations: impl Iterator<Item = Option<Uuid>>,
) -> Vec<answer::ActiveModel> {
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
    rows.collect()
}

/// The rows of all pieces; of the texts, two are of each piece: its title and its reference.
fn evidence_rows(
    permit: &MaySubmit,
    head: &Head,
    new: &NewVersion<'_>,
    mut texts: impl Iterator<Item = Option<Uuid>>,
) -> Vec<evidence::ActiveModel> {
    let mut rows = Vec::new();
    for (criterion, position, piece) in pieces_of(new) {
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
    rows
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

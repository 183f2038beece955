//! What VNG does with a version: questions and decisions; and with a deadline.

use chrono::NaiveDate;
use entity::{deadline_extension, review_decision, review_question};

use super::{Body, insert, maybe_texts, open, text};
use database::DbError;
use domain::{framework::key::PeriodKey, policy::MayReview};
use ledger::{Writer, fact};

/// A question to ask: the criterion that it is about, and the question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewQuestion<'a> {
    pub(crate) criterion: Option<&'a str>,
    pub(crate) question: &'a str,
}

/// Questions about a version, numbered after those before.
#[derive(Debug)]
pub(crate) struct NewQuestions<'a> {
    pub(crate) period: &'a PeriodKey,
    pub(crate) version: i32,
    /// The number of the first of them.
    pub(crate) first: i32,
    pub(crate) questions: &'a [NewQuestion<'a>],
}

/// Appends questions about a version.
pub(crate) async fn questions(
    writer: &mut Writer,
    permit: &MayReview,
    new: &NewQuestions<'_>,
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.questioned",
        permit.municipality(),
        new.period,
    );
    let bodies = new.questions.iter();
    let bodies = bodies.map(|one| Body::of(&head, Some(one.question.trim())));
    let texts = maybe_texts(writer, bodies.collect()).await?;
    let asked_at = writer.recorded_at();
    let rows = (new.first..).zip(new.questions).zip(texts);
    let rows = rows.filter_map(|((number, one), text)| {
        Some(fact!(review_question, head.clone(), {
            municipality: permit.municipality().as_str().to_owned(),
            period: new.period.as_str().to_owned(),
            version: new.version,
            number: number,
            criterion: one.criterion.map(str::to_owned),
            question_text: text?,
            asked_at: asked_at,
        }))
    });
    insert(writer, "asking questions", rows.collect()).await
}

/// What VNG decides on a version.
#[derive(Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) period: &'a PeriodKey,
    pub(crate) version: i32,
    /// Why it is returned; none when it is confirmed.
    pub(crate) returned_for: Option<&'a str>,
    /// Whether the period was closed by then.
    pub(crate) after_closing: bool,
}

/// Appends a decision on a version.
pub(crate) async fn decision(
    writer: &mut Writer,
    permit: &MayReview,
    decision: &Decision<'_>,
) -> Result<(), DbError> {
    let (operation, outcome) = match decision.returned_for {
        Some(_) => ("assessment.returned", "RETURNED"),
        None => ("assessment.confirmed", "CONFIRMED"),
    };
    let head = open(writer, operation, permit.municipality(), decision.period);
    let reason_text = match decision.returned_for {
        Some(reason) => Some(text(writer, head.number, reason).await?),
        None => None,
    };
    let row = fact!(review_decision, head, {
        municipality: permit.municipality().as_str().to_owned(),
        period: decision.period.as_str().to_owned(),
        version: decision.version,
        outcome: outcome.to_owned(),
        decided_at: writer.recorded_at(),
        reason_text: reason_text,
        after_closing: decision.after_closing.then_some(true),
    });
    insert(writer, "deciding on a version", vec![row]).await
}

/// Appends a later deadline for one municipality.
pub(crate) async fn extension(
    writer: &mut Writer,
    permit: &MayReview,
    period: &PeriodKey,
    deadline_on: NaiveDate,
    reason: &str,
) -> Result<(), DbError> {
    let head = open(writer, "assessment.extended", permit.municipality(), period);
    let reason_text = text(writer, head.number, reason).await?;
    let row = fact!(deadline_extension, head, {
        municipality: permit.municipality().as_str().to_owned(),
        period: period.as_str().to_owned(),
        deadline_on: deadline_on,
        reason_text: reason_text,
    });
    insert(writer, "extending a deadline", vec![row]).await
}

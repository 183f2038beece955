//! What VNG does with a version: questions and decisions; and with a deadline.

use chrono::NaiveDate;
use entity::{deadline_extension, review_decision, review_question};

use super::{Body, insert, maybe_texts, open, text};
use database::DbError;
use domain::{framework::key::PeriodKey, policy::MayReview};
use ledger::{Head, Writer, fact};

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

/// What VNG decides on versions of a period.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DecidedIn<'a> {
    pub(crate) period: &'a PeriodKey,
    /// Whether the period was closed by then.
    pub(crate) after_closing: bool,
}

/// What VNG decides on a version.
#[derive(Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) permit: &'a MayReview,
    pub(crate) version: i32,
    /// Why it is returned; none when it is confirmed.
    pub(crate) returned_for: Option<&'a str>,
}

/// Appends decisions on versions: an entry each, and a few statements however many. Gives the
/// numbers of the entries, in the order of the decisions.
pub(crate) async fn decisions(
    writer: &mut Writer,
    shown: DecidedIn<'_>,
    decisions: &[Decision<'_>],
) -> Result<Vec<i64>, DbError> {
    let heads: Vec<Head> = decisions
        .iter()
        .map(|one| {
            let operation = match one.returned_for {
                Some(_) => "assessment.returned",
                None => "assessment.confirmed",
            };
            open(writer, operation, one.permit.municipality(), shown.period)
        })
        .collect();
    let reasons = decisions.iter().zip(&heads);
    let reasons = reasons.map(|(one, head)| Body::of(head, one.returned_for.map(str::trim)));
    let reasons = maybe_texts(writer, reasons.collect()).await?;
    let decided_at = writer.recorded_at();
    let rows = decisions.iter().zip(&heads).zip(reasons);
    let rows = rows.map(|((one, head), reason)| {
        let outcome = match one.returned_for {
            Some(_) => "RETURNED",
            None => "CONFIRMED",
        };
        fact!(review_decision, head.clone(), {
            municipality: one.permit.municipality().as_str().to_owned(),
            period: shown.period.as_str().to_owned(),
            version: one.version,
            outcome: outcome.to_owned(),
            decided_at: decided_at,
            reason_text: reason,
            after_closing: shown.after_closing.then_some(true),
        })
    });
    insert(writer, "deciding on versions", rows.collect()).await?;
    Ok(heads.iter().map(|head| head.number).collect())
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

//! Appends the facts of assessments: each function opens one entry of the ledger for each subject.

use chrono::NaiveDate;
use entity::{
    answer, assessment_version, assessment_withdrawal, deadline_extension, evidence,
    on_behalf_answer, on_behalf_filling, question_reply, review_decision, review_question,
    submission_mandate,
};
use sea_orm::{EntityTrait, IntoActiveModel, prelude::Uuid};

use super::work::ToKeep;
use database::DbError;
use domain::{
    assessment::evidence::Evidence,
    framework::key::PeriodKey,
    policy::{MayDecideForItself, MayFillOnBehalf, MayReview, MaySubmit},
    territory::MunicipalityCode,
};
use ledger::{EntryDraft, Head, Part, TextKind, Writer, fact};

/// Rows that one insert carries: well below the 65,535 values that Postgres takes.
const BATCH: usize = 1000;

/// Opens the entry of an assessment.
fn open(
    writer: &mut Writer,
    operation: &'static str,
    (municipality, period): (&MunicipalityCode, &PeriodKey),
) -> Head {
    let own = (municipality.as_str().to_owned(), period.as_str().to_owned());
    writer.open_entry(EntryDraft {
        operation,
        subject_kind: "Assessment",
        subject_key: format!("{}/{}", own.0, own.1),
        source: None,
        part: Part::Compliance,
        own: Some(own),
    })
}

/// Keeps one text of an entry.
async fn text(writer: &mut Writer, number: i64, body: &str) -> Result<Uuid, DbError> {
    let ids = writer
        .texts(TextKind::Answer, &[(number, body.trim().to_owned())])
        .await?;
    ids.first()
        .copied()
        .ok_or_else(|| DbError::doing("keeping a text")(sea_orm::DbErr::RecordNotInserted))
}

/// Keeps texts where there are any; gives their ids in the same places.
async fn maybe_texts(
    writer: &mut Writer,
    bodies: &[(i64, Option<&str>)],
) -> Result<Vec<Option<Uuid>>, DbError> {
    let given: Vec<(i64, String)> = bodies
        .iter()
        .filter_map(|(number, body)| Some((*number, (*body)?.to_owned())))
        .collect();
    let mut ids = writer.texts(TextKind::Answer, &given).await?.into_iter();
    let placed = bodies.iter().map(|(_, body)| body.and_then(|_| ids.next()));
    Ok(placed.collect())
}

/// Appends rows of one table, a few statements however many.
async fn insert<A>(writer: &Writer, doing: &'static str, rows: Vec<A>) -> Result<(), DbError>
where
    A: sea_orm::ActiveModelTrait,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    for batch in rows.chunks(BATCH) {
        A::Entity::insert_many(batch.to_vec())
            .exec_without_returning(writer.session())
            .await
            .map_err(DbError::doing(doing))?;
    }
    Ok(())
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
    pub(super) reason: Option<&'a str>,
    pub(super) on_behalf: Option<i32>,
    pub(super) answers: &'a [ToKeep],
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
pub(super) async fn version(
    writer: &mut Writer,
    permit: &MaySubmit,
    new: &NewVersion<'_>,
) -> Result<(), DbError> {
    let subject = (permit.municipality(), new.period);
    let head = open(writer, "assessment.submitted", subject);
    let number = head.number;
    let municipality = permit.municipality().as_str();
    let period = new.period.as_str();
    let submitted_at = writer.recorded_at();
    let submitted_by = writer.session().mandate().role().organisation();
    let reason_text = match new.reason {
        Some(reason) => Some(text(writer, number, reason).await?),
        None => None,
    };
    let row = fact!(assessment_version, head.clone(), {
        municipality: municipality.to_owned(),
        period: period.to_owned(),
        number: new.number,
        edition: new.edition.to_owned(),
        submitted_at: submitted_at,
        on_time: new.on_time,
        approved_by_function: new.approved_by_function.to_owned(),
        approved_on: new.approved_on,
        content_hash: new.content_hash(),
        submitted_by: submitted_by,
        reason_text: reason_text,
        on_behalf: new.on_behalf,
    });
    insert(writer, "appending a version", vec![row]).await?;
    let explanations: Vec<(i64, Option<&str>)> = new
        .answers
        .iter()
        .map(|one| (number, one.explanation.as_deref()))
        .collect();
    let explanations = maybe_texts(writer, &explanations).await?;
    let answers = new
        .answers
        .iter()
        .zip(explanations)
        .map(|(one, explanation)| {
            fact!(answer, head.clone(), {
                municipality: municipality.to_owned(),
                period: period.to_owned(),
                version: new.number,
                criterion: one.criterion.clone(),
                answer: one.answer.code().to_owned(),
                explanation_text: explanation,
            })
        });
    insert(writer, "appending answers", answers.collect()).await?;
    let pieces: Vec<(&str, i32, &Evidence)> = new
        .answers
        .iter()
        .flat_map(|one| {
            let numbered = (1..).zip(&one.evidence);
            numbered.map(|(position, piece)| (one.criterion.as_str(), position, piece))
        })
        .collect();
    let texts: Vec<(i64, Option<&str>)> = pieces
        .iter()
        .flat_map(|(_, _, piece)| {
            [
                (number, Some(piece.title.as_str())),
                (number, piece.reference.as_deref()),
            ]
        })
        .collect();
    let mut texts = maybe_texts(writer, &texts).await?.into_iter();
    let mut rows = Vec::with_capacity(pieces.len());
    for (criterion, position, piece) in pieces {
        let (title, reference) = (texts.next().flatten(), texts.next().flatten());
        let Some(title) = title else { continue };
        rows.push(fact!(evidence, head.clone(), {
            municipality: municipality.to_owned(),
            period: period.to_owned(),
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
pub(super) async fn withdrawal(
    writer: &mut Writer,
    permit: &MaySubmit,
    (period, version): (&PeriodKey, i32),
    reason: &str,
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.withdrawn",
        (permit.municipality(), period),
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

/// What VNG decides on a version.
#[derive(Debug)]
pub(super) struct Decision<'a> {
    pub(super) period: &'a PeriodKey,
    pub(super) version: i32,
    /// Why it is returned; none when it is confirmed.
    pub(super) returned_for: Option<&'a str>,
    /// Whether the period was closed by then.
    pub(super) after_closing: bool,
}

/// Appends a decision on a version.
pub(super) async fn decision(
    writer: &mut Writer,
    permit: &MayReview,
    decision: &Decision<'_>,
) -> Result<(), DbError> {
    let (operation, outcome) = match decision.returned_for {
        Some(_) => ("assessment.returned", "RETURNED"),
        None => ("assessment.confirmed", "CONFIRMED"),
    };
    let head = open(writer, operation, (permit.municipality(), decision.period));
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

/// A question to ask: the criterion that it is about, and the question.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewQuestion<'a> {
    pub(super) criterion: Option<&'a str>,
    pub(super) question: &'a str,
}

/// Appends questions about a version, numbered after those before.
pub(super) async fn questions(
    writer: &mut Writer,
    permit: &MayReview,
    (period, version, first): (&PeriodKey, i32, i32),
    questions: &[NewQuestion<'_>],
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.questioned",
        (permit.municipality(), period),
    );
    let bodies: Vec<(i64, Option<&str>)> = questions
        .iter()
        .map(|one| (head.number, Some(one.question.trim())))
        .collect();
    let texts = maybe_texts(writer, &bodies).await?;
    let asked_at = writer.recorded_at();
    let rows = (first..).zip(questions).zip(texts);
    let rows = rows.filter_map(|((number, one), text)| {
        Some(fact!(review_question, head.clone(), {
            municipality: permit.municipality().as_str().to_owned(),
            period: period.as_str().to_owned(),
            version: version,
            number: number,
            criterion: one.criterion.map(str::to_owned),
            question_text: text?,
            asked_at: asked_at,
        }))
    });
    insert(writer, "asking questions", rows.collect()).await
}

/// Appends the reply to a question.
pub(super) async fn reply(
    writer: &mut Writer,
    permit: &MaySubmit,
    (period, question): (&PeriodKey, i32),
    reply: &str,
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.replied",
        (permit.municipality(), period),
    );
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

/// Appends a later deadline for one municipality.
pub(super) async fn extension(
    writer: &mut Writer,
    permit: &MayReview,
    (period, deadline_on): (&PeriodKey, NaiveDate),
    reason: &str,
) -> Result<(), DbError> {
    let head = open(
        writer,
        "assessment.extended",
        (permit.municipality(), period),
    );
    let reason_text = text(writer, head.number, reason).await?;
    let row = fact!(deadline_extension, head, {
        municipality: permit.municipality().as_str().to_owned(),
        period: period.as_str().to_owned(),
        deadline_on: deadline_on,
        reason_text: reason_text,
    });
    insert(writer, "extending a deadline", vec![row]).await
}

/// A mandate to append: the region, the first day, and the first day on which it no longer holds.
#[derive(Debug)]
pub(super) struct NewMandate<'a> {
    pub(super) area: &'a str,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    /// The row that this one takes the place of, when a mandate is ended.
    pub(super) ends: Option<Uuid>,
}

/// Appends a mandate, or the end of one.
pub(super) async fn mandate(
    writer: &mut Writer,
    permit: &MayDecideForItself,
    new: &NewMandate<'_>,
) -> Result<String, DbError> {
    let municipality = permit.municipality().as_str().to_owned();
    let subject = format!("{municipality}/{}", new.area);
    let head = writer.open_entry(EntryDraft {
        operation: match new.ends {
            None => "submissionMandate.given",
            Some(_) => "submissionMandate.ended",
        },
        subject_kind: "SubmissionMandate",
        subject_key: subject.clone(),
        source: None,
        part: Part::Compliance,
        // It belongs to no period: the municipality sees the entry, and VNG.
        own: Some((municipality.clone(), String::new())),
    });
    let row = fact!(submission_mandate, head, {
        municipality: municipality,
        area: new.area.to_owned(),
        valid_from: Some(new.from),
        valid_to: new.until,
        corrects: new.ends,
    });
    insert(writer, "keeping a mandate", vec![row]).await?;
    Ok(subject)
}

/// What VNG fills in on behalf of one municipality.
#[derive(Debug)]
pub(super) struct NewFilling<'a> {
    pub(super) permit: &'a MayFillOnBehalf,
    pub(super) number: i32,
    pub(super) answers: &'a [ToKeep],
}

/// What all fillings of one call have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct FillingFacts<'a> {
    pub(super) period: &'a PeriodKey,
    pub(super) edition: &'a str,
    pub(super) reason: &'a str,
    pub(super) channel: &'static str,
}

/// Appends fillings of one or many municipalities: an entry each, and a few statements however
/// many.
pub(super) async fn fillings(
    writer: &mut Writer,
    shown: FillingFacts<'_>,
    fillings: &[NewFilling<'_>],
) -> Result<(), DbError> {
    let heads: Vec<Head> = fillings
        .iter()
        .map(|one| {
            let subject = (one.permit.municipality(), shown.period);
            open(writer, "assessment.filledOnBehalf", subject)
        })
        .collect();
    let filled_at = writer.recorded_at();
    let reasons: Vec<(i64, Option<&str>)> = heads
        .iter()
        .map(|head| (head.number, Some(shown.reason.trim())))
        .collect();
    let reasons = maybe_texts(writer, &reasons).await?;
    let rows = fillings.iter().zip(&heads).zip(reasons);
    let rows = rows.filter_map(|((one, head), reason)| {
        Some(fact!(on_behalf_filling, head.clone(), {
            municipality: one.permit.municipality().as_str().to_owned(),
            period: shown.period.as_str().to_owned(),
            number: one.number,
            edition: shown.edition.to_owned(),
            reason_text: reason?,
            channel: shown.channel.to_owned(),
            filled_at: filled_at,
        }))
    });
    insert(writer, "filling in on behalf", rows.collect()).await?;
    let answers: Vec<(&NewFilling<'_>, &Head, &ToKeep)> = fillings
        .iter()
        .zip(&heads)
        .flat_map(|(one, head)| one.answers.iter().map(move |answer| (one, head, answer)))
        .collect();
    let texts: Vec<(i64, Option<&str>)> = answers
        .iter()
        .map(|(_, head, answer)| (head.number, answer.explanation.as_deref()))
        .collect();
    let texts = maybe_texts(writer, &texts).await?;
    let rows = answers
        .into_iter()
        .zip(texts)
        .map(|((one, head, answer), text)| {
            fact!(on_behalf_answer, head.clone(), {
                municipality: one.permit.municipality().as_str().to_owned(),
                period: shown.period.as_str().to_owned(),
                filling: one.number,
                criterion: answer.criterion.clone(),
                answer: answer.answer.code().to_owned(),
                explanation_text: text,
            })
        });
    insert(writer, "filling in answers on behalf", rows.collect()).await
}

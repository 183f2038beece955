//! Motions and what answers them, as they are recorded and taken back.

use entity::{motion, motion_answer};

use super::Sourced;
use database::DbError;
use domain::policy::MayManagePlan;
use ledger::{EntryDraft, Writer, fact, fact_again};

/// A motion to record.
pub(super) struct NewMotion {
    pub(super) key: String,
    pub(super) kind: &'static str,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) asks_nl: String,
    pub(super) asks_en: String,
    pub(super) outcome: String,
    pub(super) reference: Option<String>,
    pub(super) amount_euros: Option<i32>,
    pub(super) source: Sourced,
}

/// Records a motion, in the place of what was recorded of it.
pub(super) async fn append_motion(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: &NewMotion,
    before: Option<&motion::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "motion.recorded",
        Some(_) => "motion.changed",
    };
    let source = Some(new.source.clone());
    let draft = EntryDraft::sourced(operation, "Motion", new.key.clone(), source);
    let row = fact!(motion, writer.open_entry(draft), {
        corrects: before.map(|row| row.id),
        key: new.key.clone(),
        kind: new.kind.to_owned(),
        title_nl: new.title_nl.clone(),
        title_en: new.title_en.clone(),
        outcome: new.outcome.clone(),
        reference: new.reference.clone(),
        asks_nl: new.asks_nl.clone(),
        asks_en: new.asks_en.clone(),
        amount_euros: new.amount_euros,
    });
    writer.append("recording a motion", vec![row]).await
}

/// What answers a motion, to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewAnswer {
    pub(super) plan: String,
    pub(super) number: Option<i32>,
    pub(super) text_nl: String,
    pub(super) text_en: String,
}

impl NewAnswer {
    /// Whether this is what was recorded.
    fn is_as(&self, row: &motion_answer::Model) -> bool {
        (&self.plan, self.number) == (&row.plan, row.number)
            && (&self.text_nl, &self.text_en) == (&row.text_nl, &row.text_en)
    }
}

/// Records what answers a motion, in its order: those given, and no other. What stands there
/// already stays.
pub(super) async fn append_answers(
    writer: &mut Writer,
    permit: &MayManagePlan,
    motion: &NewMotion,
    answers: &[NewAnswer],
    known: &[motion_answer::Model],
) -> Result<(), DbError> {
    let count = i32::try_from(answers.len()).unwrap_or(i32::MAX);
    let beyond = known.iter().filter(|row| row.position > count);
    let gone: Vec<motion_answer::Model> = beyond.cloned().collect();
    take_answers(writer, permit, &gone, &motion.source).await?;
    let mut rows = Vec::new();
    for (position, answer) in (1..).zip(answers) {
        let before = known.iter().find(|row| row.position == position);
        if before.is_some_and(|row| answer.is_as(row)) {
            continue;
        }
        let subject = format!("{}/{position}", motion.key);
        let source = Some(motion.source.clone());
        let draft = EntryDraft::sourced("motionAnswer.recorded", "MotionAnswer", subject, source);
        rows.push(fact!(motion_answer, writer.open_entry(draft), {
            corrects: before.map(|row| row.id),
            motion: motion.key.clone(),
            position: position,
            plan: answer.plan.clone(),
            number: answer.number,
            text_nl: answer.text_nl.clone(),
            text_en: answer.text_en.clone(),
        }));
    }
    writer.append("recording what answers a motion", rows).await
}

async fn take_answers(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    gone: &[motion_answer::Model],
    source: &Sourced,
) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(gone.len());
    for before in gone {
        let subject = before.subject_key.clone();
        let source = Some(source.clone());
        let draft = EntryDraft::sourced("motionAnswer.withdrawn", "MotionAnswer", subject, source);
        let head = writer.open_entry(draft);
        rows.push(fact_again!(motion_answer, head, before, { withdrawn: true }));
    }
    writer
        .append("taking back what answers a motion", rows)
        .await
}

/// Takes a motion back, with what answers it.
pub(super) async fn append_withdrawal(
    writer: &mut Writer,
    permit: &MayManagePlan,
    (before, answers): (&motion::Model, &[motion_answer::Model]),
    source: Sourced,
) -> Result<(), DbError> {
    take_answers(writer, permit, answers, &source).await?;
    let subject = before.subject_key.clone();
    let draft = EntryDraft::sourced("motion.withdrawn", "Motion", subject, Some(source));
    let row = fact_again!(motion, writer.open_entry(draft), before, { withdrawn: true });
    writer.append("taking a motion back", vec![row]).await
}

//! Goals with their targets, as they are recorded and taken back.

use chrono::NaiveDate;
use entity::{goal_target, operational_goal};

use crate::sources::Sourced;
use database::DbError;
use domain::policy::MayManagePlan;
use ledger::{EntryDraft, Writer, fact, fact_again};

/// When a goal begins or is to be reached: as a document prints it, and as a day.
pub(super) type Term = (Option<String>, Option<NaiveDate>);

/// A goal to record.
pub(super) struct NewGoal {
    pub(super) plan: String,
    pub(super) line: i32,
    pub(super) number: i32,
    pub(super) text_nl: String,
    pub(super) text_en: String,
    pub(super) starts: Term,
    pub(super) deadline: Term,
    pub(super) source: Sourced,
}

impl NewGoal {
    pub(super) fn subject(&self) -> String {
        format!("{}/{}/{}", self.plan, self.line, self.number)
    }
}

/// Records a goal, in the place of what was recorded of it.
pub(super) async fn append_goal(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: &NewGoal,
    before: Option<&operational_goal::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "operationalGoal.recorded",
        Some(_) => "operationalGoal.changed",
    };
    let source = Some(new.source.clone());
    let draft = EntryDraft::sourced(operation, "OperationalGoal", new.subject(), source);
    let row = fact!(operational_goal, writer.open_entry(draft), {
        corrects: before.map(|row| row.id),
        plan: new.plan.clone(),
        line: new.line,
        number: new.number,
        is_overarching: new.number == 0,
        text_nl: new.text_nl.clone(),
        text_en: new.text_en.clone(),
        starts_text: new.starts.0.clone(),
        starts_on: new.starts.1,
        deadline_text: new.deadline.0.clone(),
        deadline_on: new.deadline.1,
    });
    writer.append("recording a goal", vec![row]).await
}

/// A target value of a goal, to record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewTarget {
    pub(super) kind: &'static str,
    pub(super) direction: &'static str,
    pub(super) value: i32,
    pub(super) value_to: Option<i32>,
    pub(super) unit_nl: String,
    pub(super) unit_en: String,
    pub(super) text_nl: String,
    pub(super) baseline: &'static str,
}

impl NewTarget {
    /// Whether this is what was recorded.
    fn is_as(&self, row: &goal_target::Model) -> bool {
        let codes = (self.kind, self.direction, self.baseline);
        let words = (&self.unit_nl, &self.unit_en, &self.text_nl);
        codes
            == (
                row.kind.as_str(),
                row.direction.as_str(),
                row.baseline_state.as_str(),
            )
            && (self.value, self.value_to) == (row.value, row.value_to)
            && words == (&row.unit_nl, &row.unit_en, &row.text_nl)
    }
}

/// Records the target values of a goal, in their order: those given, and no other. What stands
/// there already stays.
pub(super) async fn append_targets(
    writer: &mut Writer,
    permit: &MayManagePlan,
    goal: &NewGoal,
    targets: &[NewTarget],
    known: &[goal_target::Model],
) -> Result<(), DbError> {
    let count = i32::try_from(targets.len()).unwrap_or(i32::MAX);
    let beyond = known.iter().filter(|row| row.position > count);
    let gone: Vec<goal_target::Model> = beyond.cloned().collect();
    take_targets(writer, permit, &gone, &goal.source).await?;
    let mut rows = Vec::new();
    for (position, target) in (1..).zip(targets) {
        let before = known.iter().find(|row| row.position == position);
        if before.is_some_and(|row| target.is_as(row)) {
            continue;
        }
        let subject = format!("{}/{position}", goal.subject());
        let source = Some(goal.source.clone());
        let draft = EntryDraft::sourced("goalTarget.recorded", "GoalTarget", subject, source);
        rows.push(fact!(goal_target, writer.open_entry(draft), {
            corrects: before.map(|row| row.id),
            plan: goal.plan.clone(),
            line: goal.line,
            goal: goal.number,
            position: position,
            kind: target.kind.to_owned(),
            direction: target.direction.to_owned(),
            value: target.value,
            value_to: target.value_to,
            unit_nl: target.unit_nl.clone(),
            unit_en: target.unit_en.clone(),
            text_nl: target.text_nl.clone(),
            baseline_state: target.baseline.to_owned(),
        }));
    }
    writer.append("recording target values", rows).await
}

async fn take_targets(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    gone: &[goal_target::Model],
    source: &Sourced,
) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(gone.len());
    for before in gone {
        let subject = before.subject_key.clone();
        let source = Some(source.clone());
        let draft = EntryDraft::sourced("goalTarget.withdrawn", "GoalTarget", subject, source);
        let head = writer.open_entry(draft);
        rows.push(fact_again!(goal_target, head, before, { withdrawn: true }));
    }
    writer.append("taking target values back", rows).await
}

/// Takes a goal back, with its target values.
pub(super) async fn append_withdrawal(
    writer: &mut Writer,
    permit: &MayManagePlan,
    (before, targets): (&operational_goal::Model, &[goal_target::Model]),
    source: Sourced,
) -> Result<(), DbError> {
    take_targets(writer, permit, targets, &source).await?;
    let subject = before.subject_key.clone();
    let (operation, kind) = ("operationalGoal.withdrawn", "OperationalGoal");
    let draft = EntryDraft::sourced(operation, kind, subject, Some(source));
    let row = fact_again!(operational_goal, writer.open_entry(draft), before, { withdrawn: true });
    writer.append("taking a goal back", vec![row]).await
}

//! Versions of the plan and their lines, as they are recorded and taken back.

use entity::{action_line, plan_version};

use crate::sources::Sourced;
use database::DbError;
use domain::policy::MayManagePlan;
use ledger::{EntryDraft, Writer, fact, fact_again};

/// A version of the plan to record.
pub(super) struct NewVersion {
    pub(super) key: String,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) state: &'static str,
    pub(super) source: Sourced,
}

/// Records a version of the plan, in the place of what was recorded of it.
pub(super) async fn append_version(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: NewVersion,
    before: Option<&plan_version::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "planVersion.recorded",
        Some(_) => "planVersion.changed",
    };
    let draft = EntryDraft::sourced(operation, "PlanVersion", new.key.clone(), Some(new.source));
    let row = fact!(plan_version, writer.open_entry(draft), {
        corrects: before.map(|row| row.id),
        key: new.key,
        title_nl: new.title_nl,
        title_en: new.title_en,
        state: new.state.to_owned(),
    });
    writer.append("recording a plan version", vec![row]).await
}

/// Takes a version of the plan back.
pub(super) async fn take_version(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    before: &plan_version::Model,
    source: Sourced,
) -> Result<(), DbError> {
    let subject = before.subject_key.clone();
    let draft = EntryDraft::sourced(
        "planVersion.withdrawn",
        "PlanVersion",
        subject,
        Some(source),
    );
    let row = fact_again!(plan_version, writer.open_entry(draft), before, { withdrawn: true });
    writer.append("taking a plan version back", vec![row]).await
}

/// A line to record.
pub(super) struct NewLine {
    pub(super) plan: String,
    pub(super) number: i32,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) short_title_nl: Option<String>,
    pub(super) narrative_nl: Option<String>,
    pub(super) is_new: bool,
    pub(super) source: Sourced,
}

/// Records a line, in the place of what was recorded of it.
pub(super) async fn append_line(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: NewLine,
    before: Option<&action_line::Model>,
) -> Result<(), DbError> {
    let operation = match before {
        None => "actionLine.recorded",
        Some(_) => "actionLine.changed",
    };
    let subject = format!("{}/{}", new.plan, new.number);
    let draft = EntryDraft::sourced(operation, "ActionLine", subject, Some(new.source));
    let row = fact!(action_line, writer.open_entry(draft), {
        corrects: before.map(|row| row.id),
        plan: new.plan,
        number: new.number,
        title_nl: new.title_nl,
        title_en: new.title_en,
        short_title_nl: new.short_title_nl,
        narrative_nl: new.narrative_nl,
        is_new: new.is_new,
    });
    writer.append("recording a line", vec![row]).await
}

/// Takes a line back.
pub(super) async fn take_line(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    before: &action_line::Model,
    source: Sourced,
) -> Result<(), DbError> {
    let subject = before.subject_key.clone();
    let draft = EntryDraft::sourced("actionLine.withdrawn", "ActionLine", subject, Some(source));
    let row = fact_again!(action_line, writer.open_entry(draft), before, { withdrawn: true });
    writer.append("taking a line back", vec![row]).await
}

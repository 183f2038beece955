//! What owners of actions and the ministry measure.

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;

use entity::measurement;

use crate::sources::Sourced;
use database::DbError;
use domain::policy::MayReportOn;
use ledger::{EntryDraft, TextKind, Writer, fact};

/// A text in Dutch and in English.
pub(super) type Pair = (String, String);

/// A measurement to record.
pub(super) struct NewMeasurement {
    pub(super) key: String,
    /// The line, the goal and the target that it is of.
    pub(super) line: Option<i32>,
    pub(super) goal: Option<i32>,
    pub(super) target: Option<i32>,
    pub(super) kind: &'static str,
    pub(super) group: Option<Pair>,
    pub(super) state: &'static str,
    pub(super) value: Option<i32>,
    pub(super) unit: Option<Pair>,
    pub(super) measured_on: Option<NaiveDate>,
    /// The day as a document prints it.
    pub(super) date_text: Option<String>,
    pub(super) explanation: String,
    pub(super) summary_en: String,
    pub(super) source: Option<Sourced>,
    /// The measurement that it takes the place of.
    pub(super) before: Option<Uuid>,
}

/// Records a measurement of an action.
pub(super) async fn append_measurement(
    writer: &mut Writer,
    permit: &MayReportOn,
    new: NewMeasurement,
) -> Result<(), DbError> {
    let (plan, action) = permit.action().split_once('/').unwrap_or_default();
    let operation = match new.before {
        None => "measurement.recorded",
        Some(_) => "measurement.changed",
    };
    let draft = EntryDraft::sourced(operation, "Measurement", new.key.clone(), new.source);
    let head = writer.open_entry(draft);
    let bodies = [(head.number, new.explanation)];
    let text = writer
        .texts(TextKind::Public, &bodies)
        .await?
        .first()
        .copied();
    let (group_nl, group_en) = new.group.unzip();
    let (unit_nl, unit_en) = new.unit.unzip();
    let row = fact!(measurement, head, {
        corrects: new.before,
        key: new.key,
        plan: plan.to_owned(),
        action: action.parse().ok(),
        line: new.line,
        goal: new.goal,
        target: new.target,
        kind: new.kind.to_owned(),
        group_nl: group_nl,
        group_en: group_en,
        state: new.state.to_owned(),
        value: new.value,
        unit_nl: unit_nl,
        unit_en: unit_en,
        measured_on: new.measured_on,
        date_text: new.date_text,
        explanation_text: text,
        summary_en: new.summary_en,
        reported_by: Some(permit.reported_by().to_owned()),
    });
    writer.append("recording a measurement", vec![row]).await
}

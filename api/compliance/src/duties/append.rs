//! Appends what regions record of their duties, and take back; every append wants a permit.

use chrono::NaiveDate;
use database::DbError;
use domain::{
    ledger::REGIONAL,
    policy::{MayKeepRegional, MayReviewRegional},
};
use entity::{
    regional_bottleneck, regional_decision, regional_meeting, regional_report,
    regional_report_review,
};
use ledger::{EntryDraft, Head, Part, TextKind, Writer, fact};
use sea_orm::{EntityTrait as _, prelude::Uuid};

use super::repo::{BottleneckRow, DecisionRow, MeetingRow};

/// An entry on a duty, which is the area's own; `rest` is its key within the area.
struct DutyEntry<'a> {
    operation: &'static str,
    subject_kind: &'static str,
    area: &'a str,
    rest: String,
}

impl DutyEntry<'_> {
    fn open(self, writer: &mut Writer) -> Head {
        let area = self.area;
        writer.open_entry(EntryDraft {
            operation: self.operation,
            subject_kind: self.subject_kind,
            subject_key: format!("{area}/{}", self.rest),
            source: None,
            part: Part::Compliance,
            own: Some((area.to_owned(), REGIONAL.to_owned())),
        })
    }
}

async fn texts<const N: usize>(
    writer: &mut Writer,
    number: i64,
    bodies: [&str; N],
) -> Result<[Uuid; N], DbError> {
    let bodies = bodies.map(|body| (number, body.trim().to_owned()));
    let ids = writer.texts(TextKind::Answer, &bodies).await?;
    ids.try_into()
        .map_err(|_| DbError::doing("keeping texts")(sea_orm::DbErr::RecordNotInserted))
}

/// A meeting to append.
#[derive(Debug)]
pub(super) struct NewMeeting<'a> {
    pub(super) held_on: NaiveDate,
    pub(super) kind: &'a str,
    /// The row that took it back before.
    pub(super) corrects: Option<Uuid>,
}

/// Appends a meeting.
pub(super) async fn append_meeting(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewMeeting<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalMeeting.recorded",
        subject_kind: "RegionalMeeting",
        area,
        rest: format!("{}/{}", new.held_on, new.kind),
    };
    let head = entry.open(writer);
    let row = fact!(regional_meeting, head, {
        corrects: new.corrects,
        withdrawn: false,
        area: area.to_owned(),
        held_on: new.held_on,
        kind: new.kind.to_owned(),
    });
    regional_meeting::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording a meeting"))?;
    Ok(())
}

/// Takes a meeting back.
pub(super) async fn withdraw_meeting(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    meeting: &MeetingRow,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalMeeting.withdrawn",
        subject_kind: "RegionalMeeting",
        area,
        rest: format!("{}/{}", meeting.held_on, meeting.kind),
    };
    let head = entry.open(writer);
    let row = fact!(regional_meeting, head, {
        corrects: Some(meeting.id),
        withdrawn: true,
        area: area.to_owned(),
        held_on: meeting.held_on,
        kind: meeting.kind.clone(),
    });
    regional_meeting::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("withdrawing a meeting"))?;
    Ok(())
}

/// A bottleneck to append.
#[derive(Debug)]
pub(super) struct NewBottleneck<'a> {
    pub(super) number: i32,
    pub(super) text: &'a str,
    pub(super) since: NaiveDate,
    /// The key of the action that it stands in the way of.
    pub(super) action: Option<&'a str>,
    /// The key of the partner that takes it up.
    pub(super) partner: Option<&'a str>,
}

/// Appends a bottleneck under its number.
pub(super) async fn append_bottleneck(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewBottleneck<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalBottleneck.raised",
        subject_kind: "RegionalBottleneck",
        area,
        rest: new.number.to_string(),
    };
    let head = entry.open(writer);
    let [remark] = texts(writer, head.number, [new.text]).await?;
    let row = fact!(regional_bottleneck, head, {
        valid_from: Some(new.since),
        withdrawn: false,
        area: area.to_owned(),
        number: new.number,
        remark_text: remark,
        action: new.action.map(str::to_owned),
        partner: new.partner.map(str::to_owned),
    });
    regional_bottleneck::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("raising a bottleneck"))?;
    Ok(())
}

/// Appends that a bottleneck was resolved.
pub(super) async fn append_resolution(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    bottleneck: &BottleneckRow,
    on: NaiveDate,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalBottleneck.resolved",
        subject_kind: "RegionalBottleneck",
        area,
        rest: bottleneck.number.to_string(),
    };
    let head = entry.open(writer);
    let row = fact!(regional_bottleneck, head, {
        valid_from: Some(bottleneck.valid_from),
        valid_to: Some(on),
        corrects: Some(bottleneck.id),
        withdrawn: false,
        area: area.to_owned(),
        number: bottleneck.number,
        remark_text: bottleneck.remark_text,
        action: bottleneck.action.clone(),
        partner: bottleneck.partner.clone(),
    });
    regional_bottleneck::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("resolving a bottleneck"))?;
    Ok(())
}

/// Takes a bottleneck back that was never one.
pub(super) async fn withdraw_bottleneck(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    bottleneck: &BottleneckRow,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalBottleneck.withdrawn",
        subject_kind: "RegionalBottleneck",
        area,
        rest: bottleneck.number.to_string(),
    };
    let head = entry.open(writer);
    let row = fact!(regional_bottleneck, head, {
        valid_from: Some(bottleneck.valid_from),
        valid_to: bottleneck.valid_to,
        corrects: Some(bottleneck.id),
        withdrawn: true,
        area: area.to_owned(),
        number: bottleneck.number,
        remark_text: bottleneck.remark_text,
        action: bottleneck.action.clone(),
        partner: bottleneck.partner.clone(),
    });
    regional_bottleneck::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("withdrawing a bottleneck"))?;
    Ok(())
}

/// A decision to append.
#[derive(Debug)]
pub(super) struct NewDecision<'a> {
    pub(super) number: i32,
    pub(super) text: &'a str,
    pub(super) decided_on: NaiveDate,
    pub(super) needs_ratification: bool,
}

/// Appends a decision.
pub(super) async fn append_decision(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewDecision<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalDecision.recorded",
        subject_kind: "RegionalDecision",
        area,
        rest: new.number.to_string(),
    };
    let head = entry.open(writer);
    let [remark] = texts(writer, head.number, [new.text]).await?;
    let row = fact!(regional_decision, head, {
        withdrawn: false,
        area: area.to_owned(),
        number: new.number,
        remark_text: remark,
        decided_on: new.decided_on,
        needs_ratification: new.needs_ratification,
    });
    regional_decision::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording a decision"))?;
    Ok(())
}

/// Takes a decision back that was never taken, or not so.
pub(super) async fn withdraw_decision(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    decision: &DecisionRow,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalDecision.withdrawn",
        subject_kind: "RegionalDecision",
        area,
        rest: decision.number.to_string(),
    };
    let head = entry.open(writer);
    let row = fact!(regional_decision, head, {
        corrects: Some(decision.id),
        withdrawn: true,
        area: area.to_owned(),
        number: decision.number,
        remark_text: decision.remark_text,
        decided_on: decision.decided_on,
        needs_ratification: decision.needs_ratification,
    });
    regional_decision::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("withdrawing a decision"))?;
    Ok(())
}

/// A version of a half-year report to append.
#[derive(Debug)]
pub(super) struct NewReport<'a> {
    pub(super) half: &'a str,
    pub(super) version: i32,
    pub(super) progress: &'a str,
    pub(super) particulars: &'a str,
    pub(super) bottlenecks: &'a str,
}

/// Appends a version of a half-year report.
pub(super) async fn append_report(
    writer: &mut Writer,
    permit: &MayKeepRegional,
    new: &NewReport<'_>,
) -> Result<(), DbError> {
    let area = permit.area().as_str();
    let entry = DutyEntry {
        operation: "regionalReport.submitted",
        subject_kind: "RegionalReport",
        area,
        rest: new.half.to_owned(),
    };
    let head = entry.open(writer);
    let given = [new.progress, new.particulars, new.bottlenecks];
    let [progress, particulars, bottlenecks] = texts(writer, head.number, given).await?;
    let row = fact!(regional_report, head, {
        withdrawn: false,
        area: area.to_owned(),
        half: new.half.to_owned(),
        version: new.version,
        progress_text: progress,
        particulars_text: particulars,
        bottlenecks_text: bottlenecks,
        submitted_at: writer.recorded_at(),
    });
    regional_report::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("submitting a half-year report"))?;
    Ok(())
}

/// Appends that VNG confirmed a version of a half-year report.
pub(super) async fn append_confirmation(
    writer: &mut Writer,
    permit: &MayReviewRegional,
    half: &str,
    version: i32,
) -> Result<(), DbError> {
    let area = permit.area();
    let entry = DutyEntry {
        operation: "regionalReport.confirmed",
        subject_kind: "RegionalReport",
        area,
        rest: half.to_owned(),
    };
    let head = entry.open(writer);
    let row = fact!(regional_report_review, head, {
        withdrawn: false,
        area: area.to_owned(),
        half: half.to_owned(),
        version: version,
        confirmed_at: writer.recorded_at(),
    });
    regional_report_review::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("confirming a half-year report"))?;
    Ok(())
}

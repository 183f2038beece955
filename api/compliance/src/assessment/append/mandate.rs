//! That a municipality lets its region submit for it.

use chrono::NaiveDate;
use entity::submission_mandate;
use sea_orm::prelude::Uuid;

use super::insert;
use database::DbError;
use domain::policy::MayDecideForItself;
use ledger::{EntryDraft, Part, Writer, fact};

/// A mandate to append: the region, the first day, and the first day on which it no longer holds.
#[derive(Debug)]
pub(crate) struct NewMandate<'a> {
    pub(crate) area: &'a str,
    pub(crate) from: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
    /// The row that this one takes the place of, when a mandate is ended.
    pub(crate) ends: Option<Uuid>,
}

/// Appends a mandate, or the end of one.
pub(crate) async fn mandate(
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

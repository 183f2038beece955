//! What is stored of periods, and how a period gets in.

use entity::reporting_period;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::PeriodKey;
use crate::{
    db::{DbError, Session},
    ids,
    ledger::{EntryDraft, Writer},
    policy::MayManageFramework,
};

/// A period by its key.
pub(crate) async fn find_period(
    session: &Session,
    key: &PeriodKey,
) -> Result<Option<reporting_period::Model>, DbError> {
    reporting_period::Entity::find()
        .filter(reporting_period::Column::Key.eq(key.as_str()))
        .one(session)
        .await
        .map_err(DbError::doing("reading a period"))
}

/// A period as it is opened.
#[derive(Debug, Clone)]
pub(super) struct NewPeriod {
    pub(super) key: PeriodKey,
    pub(super) edition: String,
    pub(super) opens_on: chrono::NaiveDate,
    pub(super) deadline_on: chrono::NaiveDate,
    pub(super) closes_on: chrono::NaiveDate,
}

/// Opens a period.
pub(super) async fn append_period(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    period: &NewPeriod,
) -> Result<(), DbError> {
    let key = period.key.as_str().to_owned();
    let number = writer.entry(EntryDraft::public(
        "reportingPeriod.opened",
        "ReportingPeriod",
        key.clone(),
    ));
    reporting_period::Entity::insert(reporting_period::ActiveModel {
        id: Set(ids::row_id()),
        ledger_no: Set(number),
        subject_key: Set(key.clone()),
        withdrawn: Set(false),
        key: Set(key),
        edition: Set(period.edition.clone()),
        opens_on: Set(period.opens_on),
        deadline_on: Set(period.deadline_on),
        closes_on: Set(period.closes_on),
        ..Default::default()
    })
    .exec_without_returning(writer.session())
    .await
    .map_err(DbError::doing("opening a period"))?;
    Ok(())
}

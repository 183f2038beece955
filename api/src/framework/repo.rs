//! What is stored of periods, and how a period gets in.

use std::collections::BTreeSet;

use entity::{criterion, framework_edition, reporting_period};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

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

/// A period by its key as somebody writes it; none when it is no key.
pub(crate) async fn find_period_by_text(
    session: &Session,
    key: &str,
) -> Result<Option<reporting_period::Model>, DbError> {
    match PeriodKey::parse(key) {
        Some(key) => find_period(session, &key).await,
        None => Ok(None),
    }
}

/// An edition by its code.
pub(crate) async fn find_edition(
    session: &Session,
    code: &str,
) -> Result<Option<framework_edition::Model>, DbError> {
    framework_edition::Entity::find()
        .filter(framework_edition::Column::Code.eq(code))
        .one(session)
        .await
        .map_err(DbError::doing("reading an edition"))
}

/// The criteria of an edition, in its order.
pub(crate) async fn criteria(
    session: &Session,
    edition: &str,
) -> Result<Vec<criterion::Model>, DbError> {
    criterion::Entity::find()
        .filter(criterion::Column::Edition.eq(edition))
        .order_by_asc(criterion::Column::Position)
        .all(session)
        .await
        .map_err(DbError::doing("reading criteria"))
}

/// The required criteria that a region may answer, by code.
pub(crate) fn regional<'a>(
    criteria: impl IntoIterator<Item = &'a criterion::Model>,
) -> BTreeSet<String> {
    criteria
        .into_iter()
        .filter(|row| {
            row.required && matches!(row.scope.as_str(), "REGIONAL_ALLOWED" | "REGIONAL_ONLY")
        })
        .map(|row| row.code.clone())
        .collect()
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

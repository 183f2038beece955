//! What is stored of territory, and how a registration gets in.

use chrono::NaiveDate;
use entity::reporting_region;
use sea_orm::{ActiveValue::Set, EntityTrait as _, FromQueryResult, Value};

use super::AreaCode;
use crate::{
    db::{DbError, Session},
    ids,
    ledger::{EntryDraft, Writer},
    policy::MayManageFramework,
};

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Whether an area of this code exists.
pub(super) async fn area_exists(session: &Session, area: &AreaCode) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for an area",
            "select exists (select from known.area where code = $1) as found",
            [Value::from(area.as_str())],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

#[derive(FromQueryResult)]
struct Overlap {
    area: String,
}

/// A registered area that would share a municipality with this one from a day on; perhaps this one itself.
pub(super) async fn overlapping(
    session: &Session,
    area: &AreaCode,
    from: NaiveDate,
) -> Result<Option<String>, DbError> {
    let row: Option<Overlap> = session
        .row(
            "looking for an overlap",
            "select r.area from known.reporting_region r
             where (r.valid_to is null or r.valid_to > $2)
               and (r.area = $1 or exists (
                 select from known.area_membership a
                 join known.area_membership b on b.municipality = a.municipality
                 where a.area = $1 and b.area = r.area
                   and (a.valid_to is null or a.valid_to > $2) and (b.valid_to is null or b.valid_to > $2)
                   and (a.valid_to is null or b.valid_from is null or b.valid_from < a.valid_to)
                   and (b.valid_to is null or a.valid_from is null or a.valid_from < b.valid_to)))
             order by r.area limit 1",
            [Value::from(area.as_str()), Value::from(from)],
        )
        .await?;
    Ok(row.map(|row| row.area))
}

/// Registers an area as reporting region from a day on.
pub(super) async fn append_registration(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    area: &AreaCode,
    from: NaiveDate,
) -> Result<(), DbError> {
    let number = writer.entry(EntryDraft::public(
        "reportingRegion.registered",
        "Area",
        area.as_str().to_owned(),
    ));
    reporting_region::Entity::insert(reporting_region::ActiveModel {
        id: Set(ids::row_id()),
        ledger_no: Set(number),
        subject_key: Set(area.as_str().to_owned()),
        valid_from: Set(Some(from)),
        withdrawn: Set(false),
        area: Set(area.as_str().to_owned()),
        ..Default::default()
    })
    .exec_without_returning(writer.session())
    .await
    .map_err(DbError::doing("registering a region"))?;
    Ok(())
}

//! What is stored of territory, and how registrations, memberships and reorganisations get in.

use chrono::NaiveDate;
use entity::{area, area_membership, municipality, reorganisation, reporting_region};
use sea_orm::{ActiveModelTrait, EntityTrait, FromQueryResult, Value, prelude::Uuid};

use super::undo;
use crate::sources::Sourced;
use database::{DbError, Session};
use domain::{
    policy::MayManageFramework,
    territory::{AreaCode, MunicipalityCode, rules::Becomes},
};
use ledger::{EntryDraft, Head, Writer, fact};

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Whether an area of this code exists.
pub(crate) async fn area_exists(session: &Session, area: &AreaCode) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for an area",
            "select exists (select from known.area where code = $1) as found",
            [Value::from(area.as_str())],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

/// Whether a municipality exists on a day.
pub(crate) async fn municipality_exists(
    session: &Session,
    municipality: &MunicipalityCode,
    day: NaiveDate,
) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for a municipality on a day",
            "select exists (
                select from known.municipality where code = $1
                  and (valid_from is null or valid_from <= $2)
                  and (valid_to is null or valid_to > $2)) as found",
            [Value::from(municipality.as_str()), Value::from(day)],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

/// Which of these municipalities handed in an assessment on a day or later.
pub(super) async fn acted_since(
    session: &Session,
    _permit: &MayManageFramework,
    codes: &[String],
    day: NaiveDate,
) -> Result<Vec<String>, DbError> {
    #[derive(FromQueryResult)]
    struct Acted {
        municipality: String,
    }
    let rows: Vec<Acted> = session
        .rows(
            "looking who handed in",
            "select distinct municipality from known.assessment_version
             where municipality = any ($1)
               and (submitted_at at time zone 'Europe/Amsterdam')::date >= $2
             order by municipality",
            [Value::from(codes.to_vec()), Value::from(day)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.municipality).collect())
}

/// All rows of a table of the territory that are known.
pub(super) async fn all<E: EntityTrait>(session: &Session) -> Result<Vec<E::Model>, DbError> {
    E::find()
        .all(session)
        .await
        .map_err(DbError::doing("reading the territory"))
}

/// An area to register as reporting region.
#[derive(Debug, Clone)]
pub(super) struct NewRegistration {
    pub(super) area: AreaCode,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) source: Option<Sourced>,
}

/// Registers an area as reporting region.
pub(super) async fn append_registration(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    new: NewRegistration,
) -> Result<(), DbError> {
    let area = new.area.as_str().to_owned();
    let head = writer.open_entry(EntryDraft::sourced(
        "reportingRegion.registered",
        "Area",
        area.clone(),
        new.source,
    ));
    let row = fact!(reporting_region, head, {
        valid_from: Some(new.from),
        valid_to: new.until,
        area: area,
    });
    reporting_region::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("registering a region"))?;
    Ok(())
}

/// An area to register.
#[derive(Debug, Clone)]
pub(super) struct NewArea {
    pub(super) code: AreaCode,
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) parent: Option<String>,
    pub(super) source: Sourced,
    pub(super) corrects: Option<Uuid>,
}

/// Registers an area, in the place of an earlier row or as a new one.
pub(super) async fn append_area(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    new: NewArea,
) -> Result<(), DbError> {
    let code = new.code.as_str().to_owned();
    let head = writer.open_entry(EntryDraft {
        source: Some(new.source),
        ..EntryDraft::public("area.registered", "Area", code.clone())
    });
    let row = fact!(area, head, {
        corrects: new.corrects,
        code: code,
        kind: new.kind.to_owned(),
        name: new.name,
        parent: new.parent,
    });
    area::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("registering an area"))?;
    Ok(())
}

/// A membership that begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NewMembership {
    pub(super) area: String,
    pub(super) municipality: String,
}

/// What becomes of a membership that is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct MembershipChange<'a> {
    pub(super) row: &'a area_membership::Model,
    pub(super) becomes: Becomes,
}

/// What becomes of memberships on a day: of all rows that are there, and which begin.
#[derive(Debug)]
pub(super) struct MembershipChanges<'a> {
    pub(super) day: NaiveDate,
    pub(super) known: Vec<MembershipChange<'a>>,
    pub(super) new: Vec<NewMembership>,
}

/// Appends what becomes of memberships, one entry for each area and municipality.
pub(super) async fn append_memberships(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    changes: MembershipChanges<'_>,
    source: &Sourced,
) -> Result<(), DbError> {
    let day = changes.day;
    let mut rows = Vec::new();
    for MembershipChange { row, becomes } in changes.known {
        let (valid_to, withdrawn) = match becomes {
            Becomes::Kept => continue,
            Becomes::Ended => (Some(day), false),
            Becomes::Prolonged => (None, false),
            Becomes::Withdrawn => (row.valid_to, true),
        };
        let head = entry_on_membership(writer, &row.area, &row.municipality, source.clone());
        rows.push(fact!(area_membership, head, {
            corrects: Some(row.id),
            withdrawn: withdrawn,
            valid_from: row.valid_from,
            valid_to: valid_to,
            area: row.area.clone(),
            municipality: row.municipality.clone(),
        }));
    }
    for NewMembership { area, municipality } in changes.new {
        let head = entry_on_membership(writer, &area, &municipality, source.clone());
        rows.push(fact!(area_membership, head, {
            corrects: None,
            withdrawn: false,
            valid_from: Some(day),
            valid_to: None,
            area: area,
            municipality: municipality,
        }));
    }
    append_all(writer, rows, "setting the members of an area").await
}

fn entry_on_membership(
    writer: &mut Writer,
    area: &str,
    municipality: &str,
    source: Sourced,
) -> Head {
    let key = format!("{area}/{municipality}");
    let draft = EntryDraft::sourced("areaMembership.set", "AreaMembership", key, Some(source));
    entry_on(writer, draft)
}

/// The entry of this transaction on a subject: the one that there is, or a new one.
fn entry_on(writer: &mut Writer, draft: EntryDraft) -> Head {
    match writer.entry_on(draft.subject_kind, &draft.subject_key) {
        Some(number) => Head {
            number,
            subject_key: draft.subject_key,
            source: draft.source,
        },
        None => writer.open_entry(draft),
    }
}

/// Appends rows, of which there may be none.
async fn append_all<A>(writer: &Writer, rows: Vec<A>, doing: &'static str) -> Result<(), DbError>
where
    A: ActiveModelTrait + Send,
{
    if rows.is_empty() {
        return Ok(());
    }
    A::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing(doing))?;
    Ok(())
}

/// A municipality that goes over into another, wholly or in part.
#[derive(Debug, Clone)]
pub(super) struct NewStep {
    pub(super) kind: &'static str,
    pub(super) predecessor: String,
    pub(super) successor: String,
    pub(super) is_largest: Option<bool>,
}

/// A municipality that begins.
#[derive(Debug, Clone)]
pub(super) struct NewMunicipality {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) aliases: Vec<String>,
}

/// A reorganisation to record: who goes over into whom, who ends and who begins on its day.
#[derive(Debug)]
pub(super) struct NewReorganisation<'a> {
    pub(super) day: NaiveDate,
    pub(super) steps: Vec<NewStep>,
    pub(super) ending: Vec<&'a municipality::Model>,
    pub(super) beginning: Vec<NewMunicipality>,
    pub(super) source: Sourced,
}

/// Records a reorganisation, each step and each municipality as an entry. Gives the subjects,
/// as in `2027-01-01/GM1696/GM0402`.
pub(super) async fn append_reorganisation(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    new: NewReorganisation<'_>,
) -> Result<Vec<String>, DbError> {
    let (day, source) = (new.day, Some(new.source));
    let mut subjects = Vec::new();
    let mut rows = Vec::new();
    for step in new.steps {
        let subject = format!("{day}/{}/{}", step.predecessor, step.successor);
        let draft = EntryDraft::sourced(
            undo::RECORDED,
            "Reorganisation",
            subject.clone(),
            source.clone(),
        );
        let head = entry_on(writer, draft);
        subjects.push(subject);
        rows.push(fact!(reorganisation, head, {
            effective_on: day,
            kind: step.kind.to_owned(),
            predecessor: step.predecessor,
            successor: step.successor,
            is_largest: step.is_largest,
        }));
    }
    append_all(writer, rows, "recording a reorganisation").await?;
    let mut rows = Vec::new();
    for row in new.ending {
        let head = entry_on(writer, of_municipality(&row.code, source.clone()));
        rows.push(fact!(municipality, head, {
            corrects: Some(row.id),
            valid_from: row.valid_from,
            valid_to: Some(day),
            code: row.code.clone(),
            name: row.name.clone(),
            label: row.label.clone(),
            aliases: row.aliases.clone(),
        }));
    }
    for new in new.beginning {
        let head = entry_on(writer, of_municipality(&new.code, source.clone()));
        rows.push(fact!(municipality, head, {
            corrects: None,
            valid_from: Some(day),
            valid_to: None,
            code: new.code,
            name: new.name,
            label: new.label,
            aliases: new.aliases,
        }));
    }
    append_all(writer, rows, "ending and beginning municipalities").await?;
    Ok(subjects)
}

/// The entry of a municipality that ends or begins.
fn of_municipality(code: &str, source: Option<Sourced>) -> EntryDraft {
    let operation = "municipality.reorganised";
    EntryDraft::sourced(operation, "Municipality", code.to_owned(), source)
}

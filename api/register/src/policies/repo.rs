//! What is stored of policies, adoptions and what is said of them, and how they get in.

use chrono::NaiveDate;
use entity::{policy_adoption, policy_declaration, policy_document};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _, Value,
    prelude::Uuid,
};

use crate::sources::Sourced;
use database::{DbError, Session};
use domain::policy::{MayDeclarePolicyState, MayRecordAdoption, MayRecordPolicy};
use ledger::{EntryDraft, Writer, fact};

/// A policy document by its key.
pub(super) async fn find_document(
    session: &Session,
    key: &str,
) -> Result<Option<policy_document::Model>, DbError> {
    policy_document::Entity::find()
        .filter(policy_document::Column::Key.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a policy document"))
}

/// All policy documents.
pub(super) async fn documents(session: &Session) -> Result<Vec<policy_document::Model>, DbError> {
    policy_document::Entity::find()
        .all(session)
        .await
        .map_err(DbError::doing("reading policy documents"))
}

/// The adoptions of a municipality, by document.
pub(super) async fn adoptions_of(
    session: &Session,
    municipality: &str,
) -> Result<Vec<policy_adoption::Model>, DbError> {
    policy_adoption::Entity::find()
        .filter(policy_adoption::Column::Municipality.eq(municipality))
        .order_by_asc(policy_adoption::Column::Policy)
        .all(session)
        .await
        .map_err(DbError::doing("reading the adoptions of a municipality"))
}

/// What was said of the policy of a municipality, in the order of its days.
pub(super) async fn declarations_of(
    session: &Session,
    municipality: &str,
) -> Result<Vec<policy_declaration::Model>, DbError> {
    policy_declaration::Entity::find()
        .filter(policy_declaration::Column::Municipality.eq(municipality))
        .order_by_asc(policy_declaration::Column::ValidFrom)
        .all(session)
        .await
        .map_err(DbError::doing("reading what is said of a policy"))
}

#[derive(FromQueryResult)]
struct Coded {
    code: String,
}

/// The municipalities whose verdict depends on an adoption of a policy, by code: those that adopted
/// it and those that went over from them. Of one municipality, or of all.
pub(super) async fn judged_by(
    session: &Session,
    policy: &str,
    municipality: Option<&str>,
) -> Result<Vec<String>, DbError> {
    let rows: Vec<Coded> = session
        .rows(
            "reading whom an adoption concerns",
            "with adopted as (
                select municipality as code from known.policy_adoption
                where policy = $1 and municipality is not null
                  and ($2::text is null or municipality = $2)
                union select $2::text where $2::text is not null)
             select code from adopted
             union select r.successor from known.reorganisation r
                join adopted a on a.code = r.predecessor
             order by code",
            [
                Value::from(policy),
                Value::from(municipality.map(str::to_owned)),
            ],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The name of an area.
pub(super) async fn area_name(session: &Session, code: &str) -> Result<Option<String>, DbError> {
    let row: Option<Coded> = session
        .row(
            "reading the name of an area",
            "select name as code from known.area where code = $1",
            [Value::from(code)],
        )
        .await?;
    Ok(row.map(|row| row.code))
}

/// A policy document to record.
#[derive(Debug, Clone)]
pub(super) struct NewPolicy {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) level: &'static str,
    pub(super) area_name: Option<String>,
    pub(super) ends_on: Option<NaiveDate>,
    pub(super) ends_on_text: Option<String>,
    pub(super) revised_on: Option<NaiveDate>,
    pub(super) reference: Option<String>,
    pub(super) source: Sourced,
    pub(super) corrects: Option<Uuid>,
}

/// Records a policy document, in the place of an earlier row or as a new one.
pub(super) async fn append_policy(
    writer: &mut Writer,
    permit: &MayRecordPolicy,
    new: NewPolicy,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft {
        source: Some(new.source),
        ..EntryDraft::public("policy.recorded", "PolicyDocument", new.key.clone())
    });
    let row = fact!(policy_document, head, {
        corrects: new.corrects,
        key: new.key,
        title_nl: new.title,
        level: new.level.to_owned(),
        area_name: new.area_name,
        ends_on: new.ends_on,
        ends_on_text: new.ends_on_text,
        revised_on: new.revised_on,
        reference: new.reference,
        municipality: permit.place().municipality().map(str::to_owned),
        area: permit.place().area().map(str::to_owned),
    });
    policy_document::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording a policy"))?;
    Ok(())
}

/// An adoption to record.
#[derive(Debug, Clone)]
pub(super) struct NewAdoption {
    pub(super) policy: String,
    pub(super) body: Option<&'static str>,
    pub(super) adopted_on: Option<NaiveDate>,
    pub(super) in_force_on: Option<NaiveDate>,
    /// The day of publication, as printed.
    pub(super) published_on: Option<String>,
    pub(super) until: Option<NaiveDate>,
    pub(super) reference: Option<String>,
    pub(super) source: Sourced,
    pub(super) corrects: Option<Uuid>,
}

/// Records that the municipality of the permit adopted a policy; gives the subject, as in
/// `de-bilt-2024/GM0310`.
pub(super) async fn append_adoption(
    writer: &mut Writer,
    permit: &MayRecordAdoption,
    new: NewAdoption,
) -> Result<String, DbError> {
    let municipality = permit.municipality().as_str().to_owned();
    let subject = format!("{}/{municipality}", new.policy);
    let head = writer.open_entry(EntryDraft {
        source: Some(new.source),
        ..EntryDraft::public("adoption.recorded", "PolicyAdoption", subject.clone())
    });
    let row = fact!(policy_adoption, head, {
        corrects: new.corrects,
        valid_to: new.until,
        policy: new.policy,
        municipality: Some(municipality),
        body: new.body.map(str::to_owned),
        adopted_on: new.adopted_on,
        in_force_on: new.in_force_on,
        published_on_text: new.published_on,
        reference: new.reference,
    });
    policy_adoption::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording an adoption"))?;
    Ok(subject)
}

/// A word on the policy of a municipality.
#[derive(Debug, Clone)]
pub(super) struct NewDeclaration {
    pub(super) state: &'static str,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) source: Option<Sourced>,
    pub(super) corrects: Option<Uuid>,
}

/// Keeps what is said of the policy of the municipality of the permit.
pub(super) async fn append_declaration(
    writer: &mut Writer,
    permit: &MayDeclarePolicyState,
    new: NewDeclaration,
) -> Result<(), DbError> {
    let municipality = permit.municipality().as_str().to_owned();
    let head = writer.open_entry(EntryDraft {
        source: new.source,
        ..EntryDraft::public(
            "policyState.declared",
            "PolicyDeclaration",
            municipality.clone(),
        )
    });
    let row = fact!(policy_declaration, head, {
        corrects: new.corrects,
        valid_from: Some(new.from),
        valid_to: new.until,
        municipality: municipality,
        state: new.state.to_owned(),
    });
    policy_declaration::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("declaring the state of a policy"))?;
    Ok(())
}

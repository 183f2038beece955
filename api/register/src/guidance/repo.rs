//! What is stored of who fills a function, and how it gets in.

use chrono::NaiveDate;
use entity::{function_assignment, function_registrar, function_vacancy};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, Value, prelude::Uuid,
};

use crate::sources::Sourced;
use database::{DbError, Session};
use domain::policy::{MayAssignFunction, MayManageFramework};
use ledger::{EntryDraft, TextKind, Writer, fact, fact_again};

/// An assignment by its key.
pub(super) async fn find_assignment(
    session: &Session,
    key: &str,
) -> Result<Option<function_assignment::Model>, DbError> {
    function_assignment::Entity::find()
        .filter(function_assignment::Column::Key.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading an assignment"))
}

/// What VNG named a partner for, if it did.
pub(super) async fn find_registrar(
    session: &Session,
    partner: &str,
) -> Result<Option<function_registrar::Model>, DbError> {
    function_registrar::Entity::find()
        .filter(function_registrar::Column::Partner.eq(partner))
        .one(session)
        .await
        .map_err(DbError::doing("reading a named partner"))
}

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Whether a partner of this key is known.
pub(super) async fn partner_exists(session: &Session, key: &str) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for a partner",
            "select exists (select from known.partner where key = $1) as found",
            [Value::from(key)],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

/// An assignment to record.
#[derive(Debug, Clone)]
pub(super) struct NewAssignment {
    pub(super) key: String,
    pub(super) role: &'static str,
    pub(super) organisation: String,
    pub(super) partner: Option<String>,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    pub(super) trained: &'static str,
    pub(super) enough_time: &'static str,
    pub(super) text: String,
    pub(super) source: Sourced,
    pub(super) corrects: Option<Uuid>,
}

/// Records who fills a function of the place of the permit.
pub(super) async fn append_assignment(
    writer: &mut Writer,
    permit: &MayAssignFunction,
    new: NewAssignment,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft {
        source: Some(new.source),
        ..EntryDraft::public("function.assigned", "FunctionAssignment", new.key.clone())
    });
    let words = [(head.number, new.text)];
    let words = writer.texts(TextKind::Function, &words).await?;
    let row = fact!(function_assignment, head, {
        corrects: new.corrects,
        valid_from: new.from,
        valid_to: new.until,
        key: new.key,
        role: new.role.to_owned(),
        area: permit.place().area().map(str::to_owned),
        municipality: permit.place().municipality().map(str::to_owned),
        organisation_nl: new.organisation,
        partner: new.partner,
        trained: new.trained.to_owned(),
        enough_time: new.enough_time.to_owned(),
        text_nl: None,
        words_text: words.first().copied(),
    });
    function_assignment::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording an assignment"))?;
    Ok(())
}

/// A vacancy by its key.
pub(super) async fn find_vacancy(
    session: &Session,
    key: &str,
) -> Result<Option<function_vacancy::Model>, DbError> {
    function_vacancy::Entity::find()
        .filter(function_vacancy::Column::Key.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a vacancy"))
}

/// A vacancy to declare.
#[derive(Debug, Clone)]
pub(super) struct NewVacancy {
    pub(super) key: String,
    pub(super) role: &'static str,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) text: String,
    pub(super) source: Sourced,
    pub(super) corrects: Option<Uuid>,
}

/// Declares that nobody fills a function of the place of the permit.
pub(super) async fn append_vacancy(
    writer: &mut Writer,
    permit: &MayAssignFunction,
    new: NewVacancy,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft {
        source: Some(new.source),
        ..EntryDraft::public(
            "functionVacancy.declared",
            "FunctionVacancy",
            new.key.clone(),
        )
    });
    let words = [(head.number, new.text)];
    let words = writer.texts(TextKind::Function, &words).await?;
    let row = fact!(function_vacancy, head, {
        corrects: new.corrects,
        valid_from: Some(new.from),
        valid_to: new.until,
        key: new.key,
        role: new.role.to_owned(),
        area: permit.place().area().map(str::to_owned),
        municipality: permit.place().municipality().map(str::to_owned),
        text_nl: None,
        words_text: words.first().copied(),
    });
    function_vacancy::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("declaring a vacancy"))?;
    Ok(())
}

/// Takes the declaration back that nobody fills a function of the place of the permit.
pub(super) async fn append_withdrawal(
    writer: &mut Writer,
    _permit: &MayAssignFunction,
    vacancy: &function_vacancy::Model,
    source: Sourced,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft {
        source: Some(source),
        ..EntryDraft::public(
            "functionVacancy.withdrawn",
            "FunctionVacancy",
            vacancy.key.clone(),
        )
    });
    let row = fact_again!(function_vacancy, head, vacancy, { withdrawn: true });
    function_vacancy::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("withdrawing a vacancy"))?;
    Ok(())
}

/// A partner to name.
#[derive(Debug, Clone)]
pub(super) struct NewRegistrar {
    pub(super) partner: String,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) source: Sourced,
    pub(super) corrects: Option<Uuid>,
}

/// Names a partner to record who fills a function.
pub(super) async fn append_registrar(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    new: NewRegistrar,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft::sourced(
        "functionRegistrar.named",
        "FunctionRegistrar",
        new.partner.clone(),
        Some(new.source),
    ));
    let row = fact!(function_registrar, head, {
        corrects: new.corrects,
        valid_from: Some(new.from),
        valid_to: new.until,
        partner: new.partner,
    });
    function_registrar::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("naming a partner"))?;
    Ok(())
}

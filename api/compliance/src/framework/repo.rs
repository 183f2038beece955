//! What is stored of editions and periods, and how they get in.

use chrono::NaiveDate;
use entity::{
    criterion, criterion_lineage, framework_edition, regional_answer, reporting_period, theme,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use database::{DbError, Session};
use domain::{framework::key::PeriodKey, policy::MayManageFramework};
use ledger::{EntryDraft, Writer, fact};

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

/// The edition that is in use: the latest that is endorsed, or while none is, the latest proposal.
pub(crate) async fn edition_in_use(
    session: &Session,
) -> Result<Option<framework_edition::Model>, DbError> {
    framework_edition::Entity::find()
        .filter(framework_edition::Column::State.ne("RETIRED"))
        .order_by_desc(framework_edition::Column::State.eq("ENDORSED"))
        .order_by_desc(framework_edition::Column::LedgerNo)
        .one(session)
        .await
        .map_err(DbError::doing("reading the edition in use"))
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

/// The last period under an edition that has opened; none while none has.
pub(super) async fn last_opened(
    session: &Session,
    edition: &str,
) -> Result<Option<reporting_period::Model>, DbError> {
    reporting_period::Entity::find()
        .filter(reporting_period::Column::Edition.eq(edition))
        .filter(reporting_period::Column::OpensOn.lte(session.today()))
        .order_by_desc(reporting_period::Column::OpensOn)
        .order_by_desc(reporting_period::Column::Key)
        .one(session)
        .await
        .map_err(DbError::doing("looking for the last period of an edition"))
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
    let draft = EntryDraft::public("reportingPeriod.opened", "ReportingPeriod", key.clone());
    let row = fact!(reporting_period, writer.open_entry(draft), {
        key: key,
        edition: period.edition.clone(),
        opens_on: period.opens_on,
        deadline_on: period.deadline_on,
        closes_on: period.closes_on,
    });
    reporting_period::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("opening a period"))?;
    Ok(())
}

/// The days of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NewDays {
    pub(super) opens_on: NaiveDate,
    pub(super) deadline_on: NaiveDate,
    pub(super) closes_on: NaiveDate,
}

/// Changes the days of a period: a fact in the place of the one before, with the reason as its
/// note.
pub(super) async fn append_days(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    before: &reporting_period::Model,
    days: NewDays,
    reason: &str,
) -> Result<(), DbError> {
    let key = before.key.clone();
    let draft = EntryDraft::public(
        "reportingPeriod.rescheduled",
        "ReportingPeriod",
        key.clone(),
    );
    let row = fact!(reporting_period, writer.open_entry(draft), {
        key: key,
        edition: before.edition.clone(),
        opens_on: days.opens_on,
        deadline_on: days.deadline_on,
        closes_on: days.closes_on,
        corrects: Some(before.id),
        note: Some(reason.trim().to_owned()),
    });
    reporting_period::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("changing the days of a period"))?;
    Ok(())
}

/// The themes of an edition, in their order.
pub(super) async fn themes(session: &Session, edition: &str) -> Result<Vec<theme::Model>, DbError> {
    theme::Entity::find()
        .filter(theme::Column::Edition.eq(edition))
        .order_by_asc(theme::Column::Position)
        .all(session)
        .await
        .map_err(DbError::doing("reading themes"))
}

/// Whether a period under an edition is open or to come.
pub(super) async fn has_open_period(
    session: &Session,
    edition: &str,
    today: NaiveDate,
) -> Result<bool, DbError> {
    let open = reporting_period::Entity::find()
        .filter(reporting_period::Column::Edition.eq(edition))
        .filter(reporting_period::Column::ClosesOn.gte(today))
        .count(session)
        .await
        .map_err(DbError::doing("looking for open periods"))?;
    Ok(open > 0)
}

/// What became of the criteria of an edition.
pub(super) async fn lineage(
    session: &Session,
    edition: &str,
) -> Result<Vec<criterion_lineage::Model>, DbError> {
    criterion_lineage::Entity::find()
        .filter(criterion_lineage::Column::Edition.eq(edition))
        .all(session)
        .await
        .map_err(DbError::doing("reading what became of criteria"))
}

/// Whether anything rests on an edition: a period, an answer of a region, or another edition.
pub(super) async fn is_edition_used(session: &Session, edition: &str) -> Result<bool, DbError> {
    let periods = reporting_period::Entity::find()
        .filter(reporting_period::Column::Edition.eq(edition))
        .count(session)
        .await
        .map_err(DbError::doing("looking for periods of an edition"))?;
    let answers = regional_answer::Entity::find()
        .filter(regional_answer::Column::Edition.eq(edition))
        .count(session)
        .await
        .map_err(DbError::doing("looking for answers under an edition"))?;
    let editions = criterion_lineage::Entity::find()
        .filter(criterion_lineage::Column::FromEdition.eq(edition))
        .count(session)
        .await
        .map_err(DbError::doing("looking for editions that come from one"))?;
    Ok(periods + answers + editions > 0)
}

/// The state that an edition gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NewState {
    /// VNG endorsed it, perhaps with its term of months.
    Endorsed {
        /// Whether the term is endorsed too.
        norm_endorsed: bool,
    },
    /// Another edition took its place; what was endorsed of its term stays so.
    Retired,
}

/// Changes the state of an edition: a fact in the place of the one before.
pub(super) async fn append_state(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    before: &framework_edition::Model,
    state: NewState,
) -> Result<(), DbError> {
    let (code, operation, norm_endorsed) = match state {
        NewState::Endorsed { norm_endorsed } => {
            ("ENDORSED", "frameworkEdition.endorsed", norm_endorsed)
        }
        NewState::Retired => ("RETIRED", "frameworkEdition.retired", before.norm_endorsed),
    };
    // The text of the edition still stands where it stood.
    let source = before.source_document.clone();
    let source = source.zip(before.source_lines.clone());
    let draft = EntryDraft::sourced(operation, "FrameworkEdition", before.code.clone(), source);
    let row = fact!(framework_edition, writer.open_entry(draft), {
        code: before.code.clone(),
        title_nl: before.title_nl.clone(),
        title_en: before.title_en.clone(),
        state: code.to_owned(),
        rule_set: before.rule_set.clone(),
        norm_months: before.norm_months,
        norm_endorsed: norm_endorsed,
        inheritance_grace_months: before.inheritance_grace_months,
        corrects: Some(before.id),
    });
    framework_edition::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("changing the state of an edition"))?;
    Ok(())
}

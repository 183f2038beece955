//! What is stored of editions and periods, and how they get in.

use chrono::NaiveDate;
use entity::{criterion, criterion_lineage, framework_edition, reporting_period, theme};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use database::{DbError, Session};
use domain::{
    framework::{key::PeriodKey, lineage::Lineage},
    policy::MayManageFramework,
    verdict::rules::RULE_SET,
};
use ledger::{EntryDraft, Head, Writer, fact};

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

/// A theme of a new edition.
#[derive(Debug, Clone)]
pub(super) struct NewTheme {
    pub(super) code: String,
    pub(super) title_nl: String,
    pub(super) title_en: String,
}

impl From<theme::Model> for NewTheme {
    fn from(row: theme::Model) -> Self {
        Self {
            code: row.code,
            title_nl: row.title_nl,
            title_en: row.title_en,
        }
    }
}

impl NewTheme {
    fn row(&self, head: Head, edition: &str, position: i32) -> theme::ActiveModel {
        fact!(theme, head, {
            edition: edition.to_owned(),
            code: self.code.clone(),
            position: position,
            title_nl: self.title_nl.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
        })
    }
}

/// A criterion of a new edition.
#[derive(Debug, Clone)]
pub(super) struct NewCriterion {
    pub(super) code: String,
    pub(super) theme: String,
    pub(super) level: String,
    pub(super) required: bool,
    pub(super) answered_by: String,
    pub(super) scope: String,
    pub(super) not_applicable_allowed: bool,
    pub(super) review_months: i32,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) text_nl: String,
    pub(super) text_en: String,
    pub(super) evidence_kinds: Vec<String>,
    pub(super) basis: String,
    pub(super) basis_note: Option<String>,
}

impl From<&criterion::Model> for NewCriterion {
    fn from(row: &criterion::Model) -> Self {
        let row = row.clone();
        Self {
            code: row.code,
            theme: row.theme,
            level: row.level,
            required: row.required,
            answered_by: row.answered_by,
            scope: row.scope,
            not_applicable_allowed: row.not_applicable_allowed,
            review_months: row.review_months,
            title_nl: row.title_nl,
            title_en: row.title_en,
            text_nl: row.text_nl,
            text_en: row.text_en,
            evidence_kinds: row.evidence_kinds,
            basis: row.basis,
            basis_note: row.basis_note,
        }
    }
}

impl NewCriterion {
    fn row(&self, head: Head, edition: &str, position: i32) -> criterion::ActiveModel {
        fact!(criterion, head, {
            edition: edition.to_owned(),
            code: self.code.clone(),
            theme: self.theme.clone(),
            position: position,
            level: self.level.clone(),
            required: self.required,
            answered_by: self.answered_by.clone(),
            scope: self.scope.clone(),
            not_applicable_allowed: self.not_applicable_allowed,
            review_months: self.review_months,
            title_nl: self.title_nl.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
            text_nl: self.text_nl.trim().to_owned(),
            text_en: self.text_en.trim().to_owned(),
            evidence_kinds: self.evidence_kinds.clone(),
            basis: self.basis.clone(),
            basis_note: self.basis_note.clone(),
        })
    }
}

/// A new edition as a whole.
#[derive(Debug)]
pub(super) struct NewEdition<'a> {
    pub(super) code: &'a str,
    /// The edition that it comes from; its rule set goes on.
    pub(super) from: &'a framework_edition::Model,
    pub(super) titles: (&'a str, &'a str),
    pub(super) norm_months: i32,
    pub(super) inheritance_grace_months: i32,
    pub(super) themes: Vec<NewTheme>,
    pub(super) criteria: Vec<NewCriterion>,
    pub(super) lineage: Vec<Lineage>,
    /// The document in which it stands, and the place in it.
    pub(super) source: Option<(String, String)>,
}

/// Appends a new edition: an entry for itself, with what became of each criterion, and one for each
/// theme and criterion.
pub(super) async fn append_edition(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    new: &NewEdition<'_>,
) -> Result<(), DbError> {
    let mut open = |kind: &'static str, key: String| -> Head {
        let operation = "frameworkEdition.proposed";
        let source = new.source.clone();
        writer.open_entry(EntryDraft::sourced(operation, kind, key, source))
    };
    let head = open("FrameworkEdition", new.code.to_owned());
    let edition = fact!(framework_edition, head.clone(), {
        code: new.code.to_owned(),
        title_nl: new.titles.0.trim().to_owned(),
        title_en: new.titles.1.trim().to_owned(),
        state: "PROPOSED".to_owned(),
        rule_set: RULE_SET.to_owned(),
        norm_months: new.norm_months,
        norm_endorsed: false,
        inheritance_grace_months: new.inheritance_grace_months,
    });
    let lineage = new.lineage.iter().map(|row| {
        fact!(criterion_lineage, head.clone(), {
            edition: new.code.to_owned(),
            criterion: row.criterion.clone(),
            from_edition: new.from.code.clone(),
            from_criterion: row.from.clone(),
            change: row.change.code().to_owned(),
        })
    });
    let lineage: Vec<_> = lineage.collect();
    let themes: Vec<_> = (1..)
        .zip(&new.themes)
        .map(|(position, one)| {
            let head = open("Theme", format!("{}/{}", new.code, one.code));
            one.row(head, new.code, position)
        })
        .collect();
    let criteria: Vec<_> = (1..)
        .zip(&new.criteria)
        .map(|(position, one)| {
            let head = open("Criterion", format!("{}/{}", new.code, one.code));
            one.row(head, new.code, position)
        })
        .collect();
    let session = writer.session();
    let doing = DbError::doing("proposing an edition");
    framework_edition::Entity::insert(edition)
        .exec_without_returning(session)
        .await
        .map_err(doing)?;
    theme::Entity::insert_many(themes)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing("proposing themes"))?;
    criterion::Entity::insert_many(criteria)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing("proposing criteria"))?;
    criterion_lineage::Entity::insert_many(lineage)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing("keeping what becomes of criteria"))?;
    Ok(())
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

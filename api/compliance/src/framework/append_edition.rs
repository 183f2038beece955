//! How an edition gets into the ledger as a whole, takes the place of one that was a proposal, and
//! is taken away again.

use entity::{criterion, criterion_lineage, framework_edition, theme};
use sea_orm::prelude::Uuid;

use super::repo;
use database::{DbError, Session};
use domain::{framework::lineage::Lineage, policy::MayManageFramework, verdict::rules::RULE_SET};
use ledger::{EntryDraft, Head, Writer, fact, fact_again};

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
    fn row(
        &self,
        head: Head,
        edition: &str,
        position: i32,
        corrects: Option<Uuid>,
    ) -> theme::ActiveModel {
        fact!(theme, head, {
            edition: edition.to_owned(),
            code: self.code.clone(),
            position: position,
            title_nl: self.title_nl.trim().to_owned(),
            title_en: self.title_en.trim().to_owned(),
            corrects: corrects,
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
    fn row(
        &self,
        head: Head,
        edition: &str,
        position: i32,
        corrects: Option<Uuid>,
    ) -> criterion::ActiveModel {
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
            corrects: corrects,
        })
    }
}

/// An edition as it stands, with all that is of it.
#[derive(Debug)]
pub(super) struct Recorded {
    edition: framework_edition::Model,
    themes: Vec<theme::Model>,
    criteria: Vec<criterion::Model>,
    lineage: Vec<criterion_lineage::Model>,
}

impl Recorded {
    /// All that is of an edition.
    pub(super) async fn find(
        session: &Session,
        edition: framework_edition::Model,
    ) -> Result<Self, DbError> {
        Ok(Self {
            themes: repo::themes(session, &edition.code).await?,
            criteria: repo::criteria(session, &edition.code).await?,
            lineage: repo::lineage(session, &edition.code).await?,
            edition,
        })
    }

    fn theme(&self, code: &str) -> Option<Uuid> {
        let row = self.themes.iter().find(|row| row.code == code)?;
        Some(row.id)
    }

    fn criterion(&self, code: &str) -> Option<Uuid> {
        let row = self.criteria.iter().find(|row| row.code == code)?;
        Some(row.id)
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
    /// The proposal that it takes the place of.
    pub(super) before: Option<Recorded>,
}

/// Appends a new edition: an entry for itself, with what became of each criterion, and one for each
/// theme and criterion, also for those of the proposal before that it no longer has.
pub(super) async fn append(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    new: &NewEdition<'_>,
) -> Result<(), DbError> {
    let before = new.before.as_ref();
    let operation = match before {
        Some(_) => "frameworkEdition.changed",
        None => "frameworkEdition.proposed",
    };
    let mut open = |kind: &'static str, key: String| -> Head {
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
        corrects: before.map(|before| before.edition.id),
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
            let corrects = before.and_then(|before| before.theme(&one.code));
            one.row(head, new.code, position, corrects)
        })
        .collect();
    let criteria: Vec<_> = (1..)
        .zip(&new.criteria)
        .map(|(position, one)| {
            let head = open("Criterion", format!("{}/{}", new.code, one.code));
            let corrects = before.and_then(|before| before.criterion(&one.code));
            one.row(head, new.code, position, corrects)
        })
        .collect();
    writer.append("proposing an edition", vec![edition]).await?;
    writer.append("proposing themes", themes).await?;
    writer.append("proposing criteria", criteria).await?;
    if let Some(before) = before {
        let is_gone_theme =
            |row: &&theme::Model| !new.themes.iter().any(|one| one.code == row.code);
        let is_gone =
            |row: &&criterion::Model| !new.criteria.iter().any(|one| one.code == row.code);
        let gone = Gone {
            operation,
            themes: before.themes.iter().filter(is_gone_theme).collect(),
            criteria: before.criteria.iter().filter(is_gone).collect(),
            lineage: &before.lineage,
        };
        gone.append(writer, &head).await?;
    }
    writer
        .append("keeping what becomes of criteria", lineage)
        .await
}

/// Takes an edition away with all that is of it.
pub(super) async fn append_withdrawal(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    recorded: &Recorded,
) -> Result<(), DbError> {
    let operation = "frameworkEdition.withdrawn";
    let code = recorded.edition.code.clone();
    let head = writer.open_entry(EntryDraft::public(operation, "FrameworkEdition", code));
    let row = fact_again!(framework_edition, head.clone(), &recorded.edition, { withdrawn: true });
    writer.append("withdrawing an edition", vec![row]).await?;
    let gone = Gone {
        operation,
        themes: recorded.themes.iter().collect(),
        criteria: recorded.criteria.iter().collect(),
        lineage: &recorded.lineage,
    };
    gone.append(writer, &head).await
}

/// What goes of an edition, under the operation by which it goes.
struct Gone<'a> {
    operation: &'static str,
    themes: Vec<&'a theme::Model>,
    criteria: Vec<&'a criterion::Model>,
    lineage: &'a [criterion_lineage::Model],
}

impl Gone<'_> {
    /// Takes it away: an entry for each theme and criterion, and what became of criteria under that
    /// of the edition.
    async fn append(&self, writer: &mut Writer, head: &Head) -> Result<(), DbError> {
        let source = head.source.clone();
        let mut open = |kind: &'static str, key: String| -> Head {
            let source = source.clone();
            writer.open_entry(EntryDraft::sourced(self.operation, kind, key, source))
        };
        let themes = self.themes.iter().map(|row| {
            let head = open("Theme", row.subject_key.clone());
            fact_again!(theme, head, row, { withdrawn: true })
        });
        let themes: Vec<_> = themes.collect();
        let criteria = self.criteria.iter().map(|row| {
            let head = open("Criterion", row.subject_key.clone());
            fact_again!(criterion, head, row, { withdrawn: true })
        });
        let criteria: Vec<_> = criteria.collect();
        let lineage = self
            .lineage
            .iter()
            .map(|row| fact_again!(criterion_lineage, head.clone(), row, { withdrawn: true }));
        let lineage: Vec<_> = lineage.collect();
        writer.append("taking themes away", themes).await?;
        writer.append("taking criteria away", criteria).await?;
        writer
            .append("taking away what became of criteria", lineage)
            .await
    }
}

//! An edition as a workbook: what it is, its themes, and a row per criterion with where it comes
//! from.

use chrono::NaiveDate;
use entity::{criterion, criterion_lineage, framework_edition, theme};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::columns::{
    ABOUT, COLUMNS, CRITERIA, Column, DATABASE, EDITION, THEME, THEMES, label_of,
};
use crate::table::workbook::{text, titled};
use domain::{
    framework::codes::{Change, CriterionBasis, CriterionLevel},
    verdict::rules::{AnsweredBy, CriterionScope},
};

/// An edition as it is stored, with what becomes of the criteria of the one before.
pub(super) struct Stored {
    pub(super) edition: framework_edition::Model,
    pub(super) themes: Vec<theme::Model>,
    pub(super) criteria: Vec<criterion::Model>,
    /// None where it is written as the beginning of the next edition, which carries all.
    pub(super) lineage: Option<Vec<criterion_lineage::Model>>,
}

/// A criterion with what becomes of it.
pub(super) struct Row<'a> {
    /// None of one that goes.
    pub(super) criterion: Option<&'a criterion::Model>,
    pub(super) change: Change,
    pub(super) from: Vec<&'a str>,
}

impl Stored {
    /// A row per criterion, those that go behind the others.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let Some(lineage) = &self.lineage else {
            let carried = self.criteria.iter().map(|criterion| Row {
                criterion: Some(criterion),
                change: Change::Carried,
                from: vec![criterion.code.as_str()],
            });
            return carried.collect();
        };
        let kept = self.criteria.iter().map(|criterion| {
            let own = lineage
                .iter()
                .filter(|row| row.criterion.as_ref() == Some(&criterion.code));
            let change = own.clone().find_map(|row| Change::from_code(&row.change));
            Row {
                criterion: Some(criterion),
                change: change.unwrap_or(Change::Added),
                from: own
                    .filter_map(|row| row.from_criterion.as_deref())
                    .collect(),
            }
        });
        let dropped = lineage.iter().filter(|row| row.criterion.is_none());
        let dropped = dropped.map(|row| Row {
            criterion: None,
            change: Change::Dropped,
            from: row.from_criterion.as_deref().into_iter().collect(),
        });
        kept.chain(dropped).collect()
    }

    /// What the row of the page of the edition says.
    fn about(&self, member: &str) -> String {
        let edition = &self.edition;
        let of_next = self.lineage.is_none();
        let lineage = self.lineage.iter().flatten().next();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match member {
            "from" => lineage
                .map_or(&edition.code, |row| &row.from_edition)
                .clone(),
            "titleNl" => edition.title_nl.clone(),
            "titleEn" => edition.title_en.clone(),
            "normMonths" => edition.norm_months.to_string(),
            "inheritanceGraceMonths" => edition.inheritance_grace_months.to_string(),
            // The next edition stands elsewhere, and nobody saw a version of it.
            _ if of_next => String::new(),
            "document" => text(&edition.source_document),
            "place" => text(&edition.source_lines),
            "expectedVersion" => edition.ledger_no.to_string(),
            _ => String::new(),
        }
    }
}

impl Row<'_> {
    /// What stands in a column.
    pub(super) fn cell(&self, column: Column) -> String {
        let yes = |is: bool| if is { "ja" } else { "nee" }.to_owned();
        match column {
            Column::Change => return label_of::<Change>(self.change.code()),
            Column::From => return self.from.join(", "),
            _ => {}
        }
        let Some(one) = self.criterion else {
            return String::new();
        };
        match column {
            Column::Code => one.code.clone(),
            Column::Theme => one.theme.clone(),
            Column::Level => label_of::<CriterionLevel>(&one.level),
            Column::Required => yes(one.required),
            Column::AnsweredBy => label_of::<AnsweredBy>(&one.answered_by),
            Column::Scope => label_of::<CriterionScope>(&one.scope),
            Column::NotApplicable => yes(one.not_applicable_allowed),
            Column::ReviewMonths => one.review_months.to_string(),
            Column::TitleNl => one.title_nl.clone(),
            Column::TitleEn => one.title_en.clone(),
            Column::TextNl => one.text_nl.clone(),
            Column::TextEn => one.text_en.clone(),
            Column::EvidenceKinds => one.evidence_kinds.join(", "),
            Column::Basis => label_of::<CriterionBasis>(&one.basis),
            Column::Change | Column::From => String::new(),
        }
    }
}

/// The bytes of the workbook.
pub(super) fn workbook(
    stored: &Stored,
    made_on: NaiveDate,
    database: &str,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = titled(&stored.edition.code, made_on)?;
    let about = ABOUT.map(|(member, name)| vec![name.to_owned(), stored.about(member)]);
    let database = vec![DATABASE.to_owned(), database.to_owned()];
    let about: Vec<Vec<String>> = about.into_iter().chain([database]).collect();
    write(book.add_worksheet(), EDITION, &about)?;
    let head = THEME.map(|(_, name)| name.to_owned()).to_vec();
    let themes = stored.themes.iter();
    let themes =
        themes.map(|row| vec![row.code.clone(), row.title_nl.clone(), row.title_en.clone()]);
    let themes: Vec<Vec<String>> = [head].into_iter().chain(themes).collect();
    write(book.add_worksheet(), THEMES, &themes)?;
    let head = COLUMNS.map(|column| column.dutch().to_owned()).to_vec();
    let rows = stored.rows();
    let rows = rows.iter();
    let rows = rows.map(|row| COLUMNS.map(|column| row.cell(column)).to_vec());
    let criteria: Vec<Vec<String>> = [head].into_iter().chain(rows).collect();
    write(book.add_worksheet(), CRITERIA, &criteria)?;
    book.save_to_buffer()
}

/// A page of texts, so that no program makes a date of one.
fn write(page: &mut Worksheet, name: &str, rows: &[Vec<String>]) -> Result<(), XlsxError> {
    page.set_name(name)?;
    let format = text();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            page.write_string_with_format(row, column, cell.as_str(), &format)?;
        }
    }
    Ok(())
}

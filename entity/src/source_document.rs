//! A document that facts come from. NL: brondocument.

use sea_orm::entity::prelude::*;

/// A row of `known.source_document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "source_document")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The entry that the row came in with.
    pub ledger_no: i64,
    /// The natural key of the thing that the row tells of.
    pub subject_key: String,
    /// First day on which it holds; open when absent.
    pub valid_from: Option<Date>,
    /// First day on which it no longer holds; open when absent.
    pub valid_to: Option<Date>,
    /// The row that this one takes the place of.
    pub corrects: Option<Uuid>,
    /// Whether this row only takes another away.
    pub withdrawn: bool,
    /// The document that says so.
    pub source_document: Option<String>,
    /// Where in the document.
    pub source_lines: Option<String>,
    /// What a reader should know of the row.
    pub note: Option<String>,
    /// The key, as in `monitoring-2025`. NL: sleutel.
    pub key: String,
    /// The kind, as in `MONITORING_OVERVIEW`. NL: soort.
    pub kind: String,
    /// The title in Dutch; of an untitled document it is ours. NL: titel.
    pub title_nl: String,
    /// The title in English; the translation is ours.
    pub title_en: String,
    /// The day that the document prints; null when it prints none. NL: datum.
    pub dated_on: Option<Date>,
    /// The date as printed, or `not printed`. NL: datum zoals gedrukt.
    pub date_text: String,
    /// The official reference, as in a parliamentary paper's number; null when there is none. NL: kenmerk.
    pub reference: Option<String>,
    /// The name of the file that we read it from; null when there is none. NL: bestand.
    pub file: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

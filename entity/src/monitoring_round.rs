//! A monitoring overview. NL: monitoringsronde.

use sea_orm::entity::prelude::*;

/// A row of `known.monitoring_round`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "monitoring_round")]
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
    /// Column `key`.
    pub key: String,
    /// Column `plan`.
    pub plan: String,
    /// Column `title_nl`.
    pub title_nl: String,
    /// Column `title_en`.
    pub title_en: String,
    /// Column `date_earliest`.
    pub date_earliest: Date,
    /// Column `date_latest`.
    pub date_latest: Date,
    /// Column `date_text`.
    pub date_text: String,
    /// Column `state`.
    pub state: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

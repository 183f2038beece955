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
    /// The key, a year and a number within it, as in `2025-1`. NL: sleutel.
    pub key: String,
    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// The first day that the round may be of, not after `date_latest`. NL: vroegste datum.
    pub date_earliest: Date,
    /// The last day that the round may be of; its statuses count from here. NL: laatste datum.
    pub date_latest: Date,
    /// The date as the document prints it, or `not printed`. NL: datum zoals gedrukt.
    pub date_text: String,
    /// Whether the ministry has closed it: `OPEN` or `CLOSED`; only reports of a closed round are told. NL: stand van
    /// de ronde.
    pub state: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

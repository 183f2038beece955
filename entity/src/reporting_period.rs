//! A period in which municipalities report. NL: rapportageperiode.

use sea_orm::entity::prelude::*;

/// A row of `known.reporting_period`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "reporting_period")]
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
    /// The key, a year and a number within it, as in `2026-2`. NL: sleutel.
    pub key: String,
    /// The code of the framework edition that is reported under, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The first day on which municipalities can hand in, not after `deadline_on`. NL: opening.
    pub opens_on: Date,
    /// The last day on which handing in is on time, not after `closes_on`. NL: uiterste datum.
    pub deadline_on: Date,
    /// The last day on which handing in is possible. NL: sluiting.
    pub closes_on: Date,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

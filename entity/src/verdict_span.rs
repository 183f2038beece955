//! A verdict from a day on. NL: oordeel.

use sea_orm::entity::prelude::*;

/// A row of `known.verdict_span`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "verdict_span")]
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
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// Which version is judged: the latest `SUBMITTED` one or the latest `CONFIRMED` one. NL: grondslag van het
    /// oordeel.
    pub basis: String,
    /// The verdict: `NOT_ASSESSED`, `NOT_COMPLIANT`, `PARTLY_COMPLIANT` or `COMPLIANT`. NL: oordeel.
    pub status: String,
    /// The number of the submitted version that was judged, from 1; absent when there is none. NL: beoordeelde versie.
    pub version: Option<i32>,
    /// Why, as an object: edition and its state, rule set, deciding rule, counts, each criterion with the answer that
    /// counts and its reasons, and what would raise the verdict. NL: gronden.
    pub grounds: Json,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

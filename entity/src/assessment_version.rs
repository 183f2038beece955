//! A submitted version of an assessment. NL: ingediende versie.

use sea_orm::entity::prelude::*;

/// A row of `known.assessment_version`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "assessment_version")]
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
    /// The number within the municipality and period, from 1. NL: versienummer.
    pub number: i32,
    /// The code of the framework edition that it answers, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The instant of submission, UTC: that of its ledger entry. NL: ingediend op.
    pub submitted_at: DateTimeUtc,
    /// Whether it was submitted on or before the last day of the deadline. NL: op tijd.
    pub on_time: bool,
    /// The function that approved it, never a person; never empty. NL: akkoord door functie.
    pub approved_by_function: String,
    /// The day of that approval. NL: akkoord op.
    pub approved_on: Date,
    /// SHA-256 of the submitted answers in canonical form, 64 hexadecimal digits; the receipt names its first 12. NL:
    /// controlegetal.
    pub content_hash: String,
    /// The organisation that submitted it, by code: the municipality, or its region with a mandate. NL: ingediend door.
    pub submitted_by: Option<String>,
    /// The id of the reason in `free_text`, where the version corrects a confirmed one. NL: reden.
    pub reason_text: Option<Uuid>,
    /// The number of the filling on behalf that it accepts; null when it was filled in by the municipality or its region. NL:
    /// namens de gemeente ingevuld.
    pub on_behalf: Option<i32>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

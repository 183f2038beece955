//! An answer of a reporting region for its members. NL: regionaal antwoord.

use sea_orm::entity::prelude::*;

/// A row of `known.regional_answer`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "regional_answer")]
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
    /// The code of the area that answers, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The code of the edition of the framework, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The code of the criterion within the edition, as in `OH-01`. NL: criterium.
    pub criterion: String,
    /// The number of the version within area and criterion, from 1. NL: versie.
    pub version: i32,
    /// The answer: `MET`, `PARTLY_MET`, `NOT_MET`, `NOT_APPLICABLE` or `UNKNOWN`. NL: antwoord.
    pub answer: String,
    /// The id of the explanation in `free_text`; null when there is none. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// When it was submitted, UTC. NL: ingediend op.
    pub submitted_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

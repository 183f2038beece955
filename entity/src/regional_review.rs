//! What VNG says of a version of a regional answer. NL: controle van een regionaal antwoord.

use sea_orm::entity::prelude::*;

/// A row of `known.regional_review`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "regional_review")]
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
    /// `QUESTIONED`, `RETURNED` or `CONFIRMED`. NL: uitkomst.
    pub outcome: String,
    /// The id of the question or the reason in `free_text`; null for a confirmation. NL: opmerking.
    pub remark_text: Option<Uuid>,
    /// When it was said, UTC. NL: tijdstip.
    pub decided_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

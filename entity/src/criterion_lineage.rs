//! What became of a criterion from one edition to the next. NL: herkomst van een criterium.

use sea_orm::entity::prelude::*;

/// A row of `known.criterion_lineage`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "criterion_lineage")]
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
    /// The code of the new edition. NL: editie.
    pub edition: String,
    /// The code of the criterion in the new edition; null when it went. NL: criterium.
    pub criterion: Option<String>,
    /// The code of the old edition. NL: vorige editie.
    pub from_edition: String,
    /// The code of the criterion in the old edition; null when it is new. NL: vorig criterium.
    pub from_criterion: Option<String>,
    /// What became of it: `CARRIED`, `CHANGED`, `DROPPED` or `ADDED`. NL: verandering.
    pub change: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

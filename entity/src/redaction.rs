//! A text that was blanked by law. NL: geschrapte tekst.

use sea_orm::entity::prelude::*;

/// A row of `known.redaction`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "redaction")]
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
    /// The id of the text in `free_text`.
    pub text_id: Uuid,
    /// Where the text stood: the column, as in `explanation`, or the criterion that it explained. NL: veld.
    pub field: String,
    /// Why it was blanked, as the operator says. NL: reden.
    pub reason: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

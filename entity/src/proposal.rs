//! A proposal for the plan and what became of it. NL: voorstel.

use sea_orm::entity::prelude::*;

/// A row of `known.proposal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "proposal")]
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
    /// The key. NL: sleutel.
    pub key: String,
    /// The plan version that it was made for. NL: planversie.
    pub plan: String,
    /// The title, in Dutch. NL: titel.
    pub title_nl: String,
    /// The title, in English. NL: titel in het Engels.
    pub title_en: String,
    /// What became of it. NL: uitkomst.
    pub outcome: String,
    /// The numbers of the actions that it became. NL: acties.
    pub actions: Vec<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

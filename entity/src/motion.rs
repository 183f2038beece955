//! A motion, commitment or amendment in the House of Representatives. NL: motie of toezegging.

use sea_orm::entity::prelude::*;

/// A row of `known.motion`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "motion")]
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
    /// The key, as in `motie-krul-bikker`. NL: sleutel.
    pub key: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// The name, in Dutch. NL: naam.
    pub title_nl: String,
    /// The name, in English. NL: naam in het Engels.
    pub title_en: String,
    /// What became of it by the source. NL: uitkomst.
    pub outcome: String,
    /// The parliamentary paper, as printed. NL: kamerstuk.
    pub reference: Option<String>,
    /// What it asks, in Dutch. NL: verzoek.
    pub asks_nl: String,
    /// What it asks, in English. NL: verzoek in het Engels.
    pub asks_en: String,
    /// Money that it is about, in whole euros; never part of a sum. NL: bedrag.
    pub amount_euros: Option<i32>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

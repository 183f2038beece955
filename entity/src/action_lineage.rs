//! Which action became which. NL: herkomst van een actie.

use sea_orm::entity::prelude::*;

/// A row of `known.action_lineage`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "action_lineage")]
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
    /// The key of the earlier plan version, as in `2023`. NL: planversie van de voorganger.
    pub from_plan: String,
    /// The number of the action in the earlier version. NL: actienummer van de voorganger.
    pub from_number: i32,
    /// The key of the later plan version, as in `2024`. NL: planversie van de opvolger.
    pub to_plan: String,
    /// The number of the action in the later version. NL: actienummer van de opvolger.
    pub to_number: i32,
    /// How sure the link is: `CERTAIN` or `LIKELY`. NL: zekerheid.
    pub confidence: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

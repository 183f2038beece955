//! A goal that a later version of the plan worded anew. NL: herkomst van een doel.

use sea_orm::entity::prelude::*;

/// A row of `known.goal_lineage`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "goal_lineage")]
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
    /// The earlier plan version. NL: planversie van de voorganger.
    pub from_plan: String,
    /// Its line. NL: actielijn van de voorganger.
    pub from_line: i32,
    /// Its goal. NL: doel van de voorganger.
    pub from_goal: i32,
    /// The later plan version. NL: planversie van de opvolger.
    pub to_plan: String,
    /// Its line. NL: actielijn van de opvolger.
    pub to_line: i32,
    /// Its goal. NL: doel van de opvolger.
    pub to_goal: i32,
    /// What changed, in Dutch. NL: wijziging.
    pub change_nl: String,
    /// What changed, in English. NL: wijziging in het Engels.
    pub change_en: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

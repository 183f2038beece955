//! An action of a plan version. NL: actie.

use sea_orm::entity::prelude::*;

/// A row of `known.action`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "action")]
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
    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number within the plan version, 1 or more; another version may give it to another action. NL: actienummer.
    pub number: i32,
    /// The number of the line of the same plan version that the action belongs to. NL: actielijn.
    pub line: i32,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// Whether the action is new in this plan version. NL: nieuw in deze versie.
    pub is_new: bool,
    /// Why it ended, in Dutch; `valid_to` says when. NL: reden van beëindiging.
    pub end_reason_nl: Option<String>,
    /// Why it ended, in English. NL: reden in het Engels.
    pub end_reason_en: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

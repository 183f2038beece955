//! The status of an action in a round. NL: stand van zaken.

use sea_orm::entity::prelude::*;

/// A row of `known.status_report`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "status_report")]
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
    /// Column `round`.
    pub round: String,
    /// Column `plan`.
    pub plan: String,
    /// Column `action`.
    pub action: i32,
    /// Column `status`.
    pub status: String,
    /// Column `explanation_text`.
    pub explanation_text: Option<Uuid>,
    /// Column `period_text`.
    pub period_text: Option<String>,
    /// Column `delay_amount_text`.
    pub delay_amount_text: Option<String>,
    /// Column `delay_cause_nl`.
    pub delay_cause_nl: Option<String>,
    /// Column `delay_cause_state`.
    pub delay_cause_state: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

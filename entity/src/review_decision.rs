//! What VNG decided on a version. NL: besluit op een beoordeling.

use sea_orm::entity::prelude::*;

/// A row of `known.review_decision`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "review_decision")]
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
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the submitted version that was decided on, from 1. NL: versienummer.
    pub version: i32,
    /// What was decided: `CONFIRMED` (NL: bevestigd) or `RETURNED` (NL: teruggegeven).
    pub outcome: String,
    /// The instant of the decision, UTC: that of its ledger entry. NL: besloten op.
    pub decided_at: DateTimeUtc,
    /// The id of the reason in `free_text`, where the version was returned. NL: reden.
    pub reason_text: Option<Uuid>,
    /// Whether the period was closed by then: such a confirmation stands beside the verdict of the period. NL: na sluiting.
    pub after_closing: Option<bool>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

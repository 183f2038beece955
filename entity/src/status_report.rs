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
    /// The key of the monitoring round, as in `2025-1`. NL: monitoringsronde.
    pub round: String,
    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number of the action within the plan version. NL: actienummer.
    pub action: i32,
    /// The status: `COMPLETED`, `IN_PROGRESS`, `IN_PROGRESS_DELAYED`, `ONGOING` or `NOT_STARTED`. NL: status.
    pub status: String,
    /// The id of the explanation in `free_text`, verbatim in Dutch; null when the overview gives none. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// The years that the overview prints with the status, as printed, as in `2024–2027`; null where it prints none.
    /// NL: looptijd.
    pub period_text: Option<String>,
    /// How long the delay is, as printed in Dutch, as in `3 maanden`; null when the source does not say. NL: omvang van
    /// de vertraging.
    pub delay_amount_text: Option<String>,
    /// Why there is a delay, as printed in Dutch; null unless `delay_cause_state` is `GIVEN`. NL: oorzaak van de
    /// vertraging.
    pub delay_cause_nl: Option<String>,
    /// Whether the cause is known: `GIVEN` or `NOT_IN_SOURCE`; null unless the status is `IN_PROGRESS_DELAYED`. NL:
    /// bekendheid van de oorzaak.
    pub delay_cause_state: Option<String>,
    /// Who reported it when no document says so: the key of the partner, or `MINISTRY`. NL: gerapporteerd door.
    pub reported_by: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

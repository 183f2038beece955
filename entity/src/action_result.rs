//! What an action reached, as a figure with its unit and qualifier, or in words. NL: resultaat.

use sea_orm::entity::prelude::*;

/// A row of `known.action_result`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "action_result")]
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
    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// The monitoring round that reported it. NL: monitoringsronde.
    pub round: Option<String>,
    /// Whether it is a figure, a thing that was made, or the word that it cannot be measured. NL: soort.
    pub kind: String,
    /// The figure, or the lower end of a range; none in words. NL: waarde.
    pub value: Option<i32>,
    /// The upper end of a range. NL: bovengrens.
    pub value_to: Option<i32>,
    /// How sure the figure is; NONE without a figure. NL: nauwkeurigheid.
    pub qualifier: String,
    /// The qualifier as printed, as in `ruim`. NL: nauwkeurigheid zoals gedrukt.
    pub qualifier_text: Option<String>,
    /// The unit, in Dutch. NL: eenheid.
    pub unit_nl: Option<String>,
    /// The unit, in English. NL: eenheid in het Engels.
    pub unit_en: Option<String>,
    /// The words of the source, apart; see `free_text`. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// Our translation. NL: vertaling.
    pub summary_en: String,
    /// Who reported it when no document says so: the key of the partner, or `MINISTRY`. NL: gerapporteerd door.
    pub reported_by: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A target value of a goal; a goal is met when all of its targets are. NL: streefwaarde.

use sea_orm::entity::prelude::*;

/// A row of `known.goal_target`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "goal_target")]
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
    /// The number of the line. NL: actielijn.
    pub line: i32,
    /// The number of the goal. NL: doel.
    pub goal: i32,
    /// The place within the goal, from 1. NL: volgorde.
    pub position: i32,
    /// Whether it is a rise in per cent or a number. NL: soort.
    pub kind: String,
    /// How the value is meant. NL: richting.
    pub direction: String,
    /// The value, or the lower end. NL: waarde.
    pub value: i32,
    /// The upper end of a range. NL: bovengrens.
    pub value_to: Option<i32>,
    /// Of what, in Dutch. NL: eenheid.
    pub unit_nl: String,
    /// Of what, in English. NL: eenheid in het Engels.
    pub unit_en: String,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Whether there is a baseline to compare with: the sources give none, are measuring it, or none is needed for a count. NL: nulmeting.
    pub baseline_state: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

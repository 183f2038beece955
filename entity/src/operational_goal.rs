//! What a line wants to have reached by when. NL: operationeel doel.

use sea_orm::entity::prelude::*;

/// A row of `known.operational_goal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "operational_goal")]
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
    /// The number within the line, in the order of print; 0 is the overarching goal. NL: nummer.
    pub number: i32,
    /// Whether it is the overarching goal of the line. NL: overkoepelend doel.
    pub is_overarching: bool,
    /// The goal, verbatim. NL: doel.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
    /// The start as printed, as in `Vanaf 2025`. NL: begin zoals gedrukt.
    pub starts_text: Option<String>,
    /// First day of the period. NL: begindatum.
    pub starts_on: Option<Date>,
    /// The deadline as printed, as in `Eind 2026`. NL: einddatum zoals gedrukt.
    pub deadline_text: Option<String>,
    /// Last day to reach it: an unknown day counts from the end of its year. NL: einddatum.
    pub deadline_on: Option<Date>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

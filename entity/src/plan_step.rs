//! How a version of the plan came about, step by step. NL: totstandkoming.

use sea_orm::entity::prelude::*;

/// A row of `known.plan_step`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "plan_step")]
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
    /// The place in the order of time, from 1. NL: volgorde.
    pub position: i32,
    /// Whether the step tells a state of the version, a method or a group that was consulted. NL: soort.
    pub kind: String,
    /// The state that the version came into; only of kind STATE. NL: stand.
    pub state: Option<String>,
    /// When, as printed. NL: datum zoals gedrukt.
    pub date_text: Option<String>,
    /// First day that it may be. NL: vroegste datum.
    pub date_earliest: Option<Date>,
    /// Last day that it may be. NL: laatste datum.
    pub date_latest: Option<Date>,
    /// What happened, in Dutch. NL: omschrijving.
    pub text_nl: String,
    /// What happened, in English. NL: omschrijving in het Engels.
    pub text_en: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

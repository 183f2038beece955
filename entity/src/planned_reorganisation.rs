//! A reorganisation that was announced and is not yet known to be law: it changes nothing. NL: voorgenomen herindeling.

use sea_orm::entity::prelude::*;

/// A row of `known.planned_reorganisation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "planned_reorganisation")]
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
    /// The first day of the new situation. NL: ingangsdatum.
    pub effective_on: Date,
    /// The kind. NL: soort.
    pub kind: String,
    /// The code of the municipality that would go over. NL: voorganger.
    pub predecessor: String,
    /// The code of the municipality that would take it in. NL: opvolger.
    pub successor: String,
    /// How far it is. NL: stand.
    pub state: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A municipality going over into another. NL: herindeling.

use sea_orm::entity::prelude::*;

/// A row of `known.reorganisation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "reorganisation")]
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
    /// The kind: `MERGER` (NL: samenvoeging), `ABSORPTION` (NL: toevoeging, lichte samenvoeging) or `SPLIT` (NL:
    /// splitsing).
    pub kind: String,
    /// The CBS code of the municipality that went over, wholly or in part, as in `GM0009`. NL: voorganger.
    pub predecessor: String,
    /// The CBS code of the municipality that took it in, as in `GM0014`. NL: opvolger.
    pub successor: String,
    /// Whether the predecessor is the largest of those that went over into the successor, so that its policy is inherited; null
    /// where nobody said. NL: grootste voorganger.
    pub is_largest: Option<bool>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

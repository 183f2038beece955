//! An organisation that takes part, or a group of them. NL: partner.

use sea_orm::entity::prelude::*;

/// A row of `known.partner`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "partner")]
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
    /// The key, as in `comensha`. NL: sleutel.
    pub key: String,
    /// The name. NL: naam.
    pub name: String,
    /// The name in English, or the name again. NL: naam in het Engels.
    pub name_en: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// Other names and spellings by which it is found. NL: andere namen.
    pub aliases: Vec<String>,
    /// The CBS code, of a municipality. NL: gemeente.
    pub municipality: Option<String>,
    /// The code of the area that it works in. NL: gebied.
    pub area: Option<String>,
    /// The https address, where a source prints one. NL: website.
    pub website: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

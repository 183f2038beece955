//! A function in the approach to human trafficking: what it does and does not do. NL: functie.

use sea_orm::entity::prelude::*;

/// A row of `known.function_role`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "function_role")]
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
    /// The code. NL: code.
    pub code: String,
    /// The place in the order. NL: volgorde.
    pub position: i32,
    /// The name, in Dutch. NL: naam.
    pub title_nl: String,
    /// The name, in English. NL: naam in het Engels.
    pub title_en: String,
    /// The level at which it works. NL: niveau.
    pub level: String,
    /// What it does, verbatim. NL: taken.
    pub does_nl: String,
    /// Our translation. NL: vertaling van de taken.
    pub does_en: String,
    /// What it does not do, verbatim; none where the source names nothing. NL: wat de functie niet doet.
    pub does_not_nl: Option<String>,
    /// Our translation. NL: vertaling daarvan.
    pub does_not_en: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

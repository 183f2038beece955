//! An edition of the framework. NL: editie van het VNG-kader.

use sea_orm::entity::prelude::*;

/// A row of `known.framework_edition`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "framework_edition")]
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
    /// The code, as in `VOORSTEL-1`. NL: code.
    pub code: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// How far the edition is: `PROPOSED`, `ENDORSED` (by VNG) or `RETIRED`. NL: stand van de editie.
    pub state: String,
    /// The code of the rule set by which it is judged, as in `VOORSTEL-1`. NL: regelset.
    pub rule_set: String,
    /// Months after its adoption or revision in which a policy must be renewed, 1 or more. NL: termijn in maanden.
    pub norm_months: i32,
    /// Whether VNG has endorsed that term; only then may a policy be called overdue by it in public. NL: termijn
    /// vastgesteld.
    pub norm_endorsed: bool,
    /// Months in which the policy of a predecessor counts for a new municipality, 0 or more. NL: overgangstermijn in
    /// maanden.
    pub inheritance_grace_months: i32,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

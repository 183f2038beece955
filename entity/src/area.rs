//! An area of some kind. NL: gebied.

use sea_orm::entity::prelude::*;

/// A row of `known.area`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "area")]
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
    /// The code, as in `VR14`; codes of police units (`PE01` to `PE10`) and size classes (`GK01` to `GK05`) are our own. NL: gebiedscode.
    pub code: String,
    /// The kind: `SAFETY_REGION`, `PROVINCE`, `POLICE_UNIT`, `RIEC`, `COOPERATION_AREA` or `SIZE_CLASS`. NL: soort gebied.
    pub kind: String,
    /// The name in Dutch, without the kind. NL: naam.
    pub name: String,
    /// The code of the area that this one lies in, as a safety region in its police unit; null when there is none. NL:
    /// bovenliggend gebied.
    pub parent: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

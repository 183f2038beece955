//! A text that everybody may read, apart from the fact that refers to it. NL: openbare tekst.

use sea_orm::entity::prelude::*;

/// A row of `known.public_text`, a view: selected, never written.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "public_text")]
pub struct Model {
    /// The text.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The entry that it came in with.
    pub ledger_no: i64,
    /// The text itself; null once it was blanked by law.
    pub body: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

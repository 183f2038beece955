//! Whether a database is real or a demo.

use sea_orm::entity::prelude::*;

/// The row of `public.database_kind`; none before the first fact.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "database_kind")]
pub struct Model {
    /// There is one row, and this is `true`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: bool,
    /// `REAL` or `DEMO`.
    pub kind: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

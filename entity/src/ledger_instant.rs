//! The number at which each transaction ended, and when.

use sea_orm::entity::prelude::*;

/// A row of `public.ledger_instant`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "ledger_instant")]
pub struct Model {
    /// Column `number`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

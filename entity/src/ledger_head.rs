//! The last entry: locked by every writer.

use sea_orm::entity::prelude::*;

/// A row of `public.ledger_head`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "ledger_head")]
pub struct Model {
    /// Column `only_row`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: bool,
    /// Column `number`.
    pub number: i64,
    /// Column `hash`.
    pub hash: Vec<u8>,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

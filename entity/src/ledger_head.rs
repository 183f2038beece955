//! The last entry: locked by every writer.

use sea_orm::entity::prelude::*;

/// A row of `public.ledger_head`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "ledger_head")]
pub struct Model {
    /// Always true: the table has one row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: bool,
    /// The number of the last entry; 0 while the ledger is empty.
    pub number: i64,
    /// The hash of the last entry, 32 bytes; all zero while the ledger is empty.
    pub hash: Vec<u8>,
    /// The instant of the last entry, UTC; the start of 2000 while the ledger is empty.
    pub recorded_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

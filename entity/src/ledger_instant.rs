//! The number at which each transaction ended, and when.

use sea_orm::entity::prelude::*;

/// A row of `public.ledger_instant`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "ledger_instant")]
pub struct Model {
    /// The number of the last entry of the transaction.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The instant of the transaction, UTC; no two transactions share one. NL: vastgelegd op.
    pub recorded_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

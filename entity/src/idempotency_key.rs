//! A call that may be repeated without changing anything twice.

use sea_orm::entity::prelude::*;

/// A row of `work.idempotency_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "idempotency_key")]
pub struct Model {
    /// Column `organisation`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: String,
    /// Column `subject`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// Column `field`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    /// Column `key`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Column `input_hash`.
    pub input_hash: Vec<u8>,
    /// Column `outcome`.
    pub outcome: Option<Json>,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

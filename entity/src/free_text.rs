//! A free text, apart from the facts so that it can be redacted.

use sea_orm::entity::prelude::*;

/// A row of `public.free_text`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "free_text")]
pub struct Model {
    /// Column `id`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Column `ledger_no`.
    pub ledger_no: i64,
    /// Column `kind`.
    pub kind: String,
    /// Column `nonce`.
    pub nonce: Vec<u8>,
    /// Column `digest`.
    pub digest: Vec<u8>,
    /// Column `body`.
    pub body: Option<String>,
    /// Column `redacted_by`.
    pub redacted_by: Option<i64>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

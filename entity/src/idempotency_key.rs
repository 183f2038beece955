//! A call that may be repeated without changing anything twice.

use sea_orm::entity::prelude::*;

/// A row of `work.idempotency_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "idempotency_key")]
pub struct Model {
    /// The organisation of the caller, as in `GM0402`, `VR14` or `VNG`; empty for a caller without one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: String,
    /// The pseudonym of the caller, never a name; empty for a caller without one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    /// The mutation that was called, as in `submitAssessment`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    /// The key that the caller chose, 1 to 200 characters. NL: idempotentiesleutel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the input, 32 bytes: the same key with another input is refused.
    pub input_hash: Vec<u8>,
    /// The form of the input that was hashed, from 1: hashes of two forms are never compared.
    pub input_form: i16,
    /// The key of what the call led to, as a JSON string, never the answer itself; null until the call ends well.
    pub outcome: Option<Json>,
    /// The instant at which the key was taken, UTC.
    pub recorded_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

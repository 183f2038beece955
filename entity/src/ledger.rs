//! One entry of the ledger.

use sea_orm::entity::prelude::*;

/// A row of `public.ledger`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "public", table_name = "ledger")]
pub struct Model {
    /// Column `number`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// Column `form`.
    pub form: i16,
    /// Column `recorded_at`.
    pub recorded_at: DateTimeUtc,
    /// Column `actor_role`.
    pub actor_role: String,
    /// Column `actor_organisation`.
    pub actor_organisation: Option<String>,
    /// Column `actor_subject`.
    pub actor_subject: Option<String>,
    /// Column `operation`.
    pub operation: String,
    /// Column `subject_kind`.
    pub subject_kind: String,
    /// Column `subject_key`.
    pub subject_key: String,
    /// Column `source_document`.
    pub source_document: Option<String>,
    /// Column `source_place`.
    pub source_place: Option<String>,
    /// Column `part`.
    pub part: String,
    /// Column `municipality`.
    pub municipality: Option<String>,
    /// Column `period`.
    pub period: Option<String>,
    /// Column `nonce`.
    pub nonce: Vec<u8>,
    /// Column `digest`.
    pub digest: Vec<u8>,
    /// Column `previous_hash`.
    pub previous_hash: Vec<u8>,
    /// Column `hash`.
    pub hash: Vec<u8>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

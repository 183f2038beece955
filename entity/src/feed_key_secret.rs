//! What a feed key is compared with: hashes of its secrets, and nothing else. NL: geheim van een feedsleutel.

use sea_orm::entity::prelude::*;

/// A row of `work.feed_key_secret`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "feed_key_secret")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
    /// SHA-256 of the secret before it; none before the first rotation.
    pub previous_hash: Option<Vec<u8>>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

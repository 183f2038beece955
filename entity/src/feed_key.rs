//! A key with which a program of an organisation pulls feeds. NL: feedsleutel.

use sea_orm::entity::prelude::*;

/// A row of `work.feed_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "feed_key")]
pub struct Model {
    /// Twelve digits that name the key and open nothing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The role whose present scope the key has.
    pub role: String,
    /// The organisation whose present scope the key has.
    pub organisation: String,
    /// What the organisation calls it.
    pub label: String,
    /// The tables that it opens, by name.
    pub tables: Vec<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// The last day on which it opens anything.
    pub expires_on: Date,
    /// When the secret was last replaced.
    pub rotated_at: Option<DateTimeUtc>,
    /// When the key was revoked.
    pub revoked_at: Option<DateTimeUtc>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

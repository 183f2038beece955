//! A review taken in hand. NL: in behandeling.

use sea_orm::entity::prelude::*;

/// A row of `work.claim`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "claim")]
pub struct Model {
    /// Column `municipality`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality: String,
    /// Column `period`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// Column `version`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Column `holder`.
    pub holder: String,
    /// Column `expires_at`.
    pub expires_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

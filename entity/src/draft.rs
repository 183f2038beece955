//! An assessment being filled in. NL: concept.

use sea_orm::entity::prelude::*;

/// A row of `work.draft`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "draft")]
pub struct Model {
    /// Column `municipality`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality: String,
    /// Column `period`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// Column `edition`.
    pub edition: String,
    /// Column `created_at`.
    pub created_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

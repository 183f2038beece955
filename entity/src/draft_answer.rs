//! An answer of a draft. NL: conceptantwoord.

use sea_orm::entity::prelude::*;

/// A row of `work.draft_answer`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "draft_answer")]
pub struct Model {
    /// Column `municipality`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality: String,
    /// Column `period`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// Column `criterion`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub criterion: String,
    /// Column `answer`.
    pub answer: String,
    /// Column `explanation`.
    pub explanation: Option<String>,
    /// Column `revision`.
    pub revision: i32,
    /// Column `changed_by_role`.
    pub changed_by_role: String,
    /// Column `changed_at`.
    pub changed_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

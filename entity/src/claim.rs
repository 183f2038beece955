//! A review taken in hand. NL: in behandeling.

use sea_orm::entity::prelude::*;

/// A row of `work.claim`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "claim")]
pub struct Model {
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// The number of the submitted version in hand, from 1. NL: versienummer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// The pseudonym of the reviewer who has it in hand, never a name. NL: behandelaar.
    pub holder: String,
    /// The instant, UTC, from which somebody else may take it: two hours after the latest claim. NL: vervalt op.
    pub expires_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

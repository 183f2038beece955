//! A decision that becomes known at an instant to come. NL: embargo.

use sea_orm::entity::prelude::*;

/// A row of `work.timed_release`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "timed_release")]
pub struct Model {
    /// What becomes known: `MONITORING_ROUND` or `PUBLICATION`. NL: soort.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// Its natural key, as in `2026-1`. NL: sleutel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The instant, UTC, from which it is known. NL: einde van het embargo.
    pub release_at: DateTimeUtc,
    /// What was decided, as the kind needs it. NL: besluit.
    pub decision: Json,
    /// The pseudonym of whoever decided, for the ministry. NL: besluitnemer.
    pub decided_by: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

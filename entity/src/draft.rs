//! An assessment being filled in. NL: concept.

use sea_orm::entity::prelude::*;

/// A row of `work.draft`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "work", table_name = "draft")]
pub struct Model {
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    #[sea_orm(primary_key, auto_increment = false)]
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: String,
    /// The code of the framework edition that is answered, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The instant of the first save, UTC. NL: aangemaakt op.
    pub created_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

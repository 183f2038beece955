//! Answers that VNG filled in on behalf of a municipality. NL: namens de gemeente ingevuld.

use sea_orm::entity::prelude::*;

/// A row of `known.on_behalf_filling`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "on_behalf_filling")]
pub struct Model {
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The entry that the row came in with.
    pub ledger_no: i64,
    /// The natural key of the thing that the row tells of.
    pub subject_key: String,
    /// First day on which it holds; open when absent.
    pub valid_from: Option<Date>,
    /// First day on which it no longer holds; open when absent.
    pub valid_to: Option<Date>,
    /// The row that this one takes the place of.
    pub corrects: Option<Uuid>,
    /// Whether this row only takes another away.
    pub withdrawn: bool,
    /// The document that says so.
    pub source_document: Option<String>,
    /// Where in the document.
    pub source_lines: Option<String>,
    /// What a reader should know of the row.
    pub note: Option<String>,
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number within the municipality and period, from 1. NL: nummer.
    pub number: i32,
    /// The code of the edition that it answers. NL: editie.
    pub edition: String,
    /// The id of the reason in `free_text`. NL: reden.
    pub reason_text: Uuid,
    /// How the municipality told it: `TELEPHONE`, `EMAIL`, `LETTER`, `MEETING` or `TABLE`. NL: kanaal.
    pub channel: String,
    /// The instant, UTC. NL: ingevuld op.
    pub filled_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

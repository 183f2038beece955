//! Evidence that goes with an answer of a submitted version. NL: bewijs.

use sea_orm::entity::prelude::*;

/// A row of `known.evidence`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "evidence")]
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
    /// The number of the submitted version, from 1. NL: versienummer.
    pub version: i32,
    /// The code of the criterion within the edition, as in `BB-03`. NL: code van het criterium.
    pub criterion: String,
    /// The place in the list of the answer, from 1. NL: volgnummer.
    pub position: i32,
    /// The kind, one of those that the criterion names or `OTHER`. NL: soort bewijs.
    pub kind: String,
    /// The id of the title in `free_text`. NL: titel.
    pub title_text: Uuid,
    /// Where it stands, an `https` address. NL: adres.
    pub address: Option<String>,
    /// The id of the reference in `free_text`, where there is no address. NL: kenmerk.
    pub reference_text: Option<Uuid>,
    /// The day from which it shows what it shows. NL: datum van het bewijs.
    pub effective_on: Date,
    /// The instant at which the service first received it, UTC. NL: ontvangen op.
    pub received_at: DateTimeUtc,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A publication in one of its states. NL: publicatie.

use sea_orm::entity::prelude::*;

/// A row of `known.publication`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "publication")]
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
    /// The key, as in `compliance-2026-2-1`. NL: sleutel.
    pub key: String,
    /// `COMPLIANCE_PICTURE`, `MONITORING_OVERVIEW` or `BUDGET`. NL: soort.
    pub kind: String,
    /// How far it goes into detail: `COUNTRY`, `AREA` or `BY_NAME`. NL: niveau.
    pub level: String,
    /// `PREPARED`, `EMBARGOED`, `RELEASED` or `WITHDRAWN`. NL: stand.
    pub state: String,
    /// The key of the period, the round or the plan version that it tells of. NL: onderwerp.
    pub about: String,
    /// The day that it tells of. NL: peildatum.
    pub reference_date: Date,
    /// How it was made, as an object: ledger number and hash, edition, rules, what is withheld. NL: verantwoording.
    pub manifest: Json,
    /// The last day on which a municipality may respond; none unless it is by name. NL: reactietermijn.
    pub response_until: Option<Date>,
    /// The instant, UTC, from which everybody may read it. NL: einde van het embargo.
    pub release_at: Option<DateTimeUtc>,
    /// The instant, UTC, at which it was released. NL: openbaar sinds.
    pub released_at: Option<DateTimeUtc>,
    /// The instant, UTC, at which it was withdrawn. NL: ingetrokken op.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was withdrawn, a free text. NL: reden van intrekken.
    pub reason_text: Option<Uuid>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

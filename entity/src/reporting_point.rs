//! Where one can turn with a signal or a question; this service takes none itself. NL: meldpunt.

use sea_orm::entity::prelude::*;

/// A row of `known.reporting_point`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "reporting_point")]
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
    /// The key. NL: sleutel.
    pub key: String,
    /// The name, in Dutch. NL: naam.
    pub name_nl: String,
    /// The name, in English. NL: naam in het Engels.
    pub name_en: String,
    /// For whom: VICTIM, CITIZEN, PROFESSIONAL. NL: doelgroepen.
    pub audiences: Vec<String>,
    /// The key of the partner behind it. NL: partner.
    pub partner: Option<String>,
    /// The https address, where a source prints one. NL: adres.
    pub address: Option<String>,
    /// Whether it works, went over into another, or is planned. NL: stand.
    pub state: String,
    /// The key of the point that took it over. NL: opvolger.
    pub successor: Option<String>,
    /// The day on which the address was last checked; none when it never was. NL: gecontroleerd op.
    pub checked_on: Option<Date>,
    /// What it is for, in Dutch. NL: omschrijving.
    pub text_nl: String,
    /// What it is for, in English. NL: omschrijving in het Engels.
    pub text_en: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

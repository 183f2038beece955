//! A paper, report or law that a source document cites. NL: verwijzing.

use sea_orm::entity::prelude::*;

/// A row of `known.reference_citation`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "reference_citation")]
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
    /// The key, as in `kst-28638-247`. NL: sleutel.
    pub key: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// The citation as printed. NL: verwijzing zoals gedrukt.
    pub text_nl: String,
    /// The number of the parliamentary dossier. NL: dossier.
    pub dossier: Option<String>,
    /// The number within the dossier. NL: nummer.
    pub number: Option<String>,
    /// The session of parliament, as in `2023/24`. NL: vergaderjaar.
    pub session: Option<String>,
    /// What it is cited for, in Dutch. NL: waarover.
    pub about_nl: Option<String>,
    /// What it is cited for, in English. NL: waarover in het Engels.
    pub about_en: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

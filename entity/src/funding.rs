//! Money that was made available, apart from how it is planned. NL: dekking.

use sea_orm::entity::prelude::*;

/// A row of `known.funding`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "funding")]
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
    /// The plan version that it pays for; none for other money. NL: planversie.
    pub plan: Option<String>,
    /// Whether it is the base, extra for the strengthened plan, other money, or was rejected. NL: soort.
    pub kind: String,
    /// Whether it is part of the programme's money; other and rejected money never is. NL: telt mee.
    pub counts: bool,
    /// What it is, in Dutch. NL: omschrijving.
    pub title_nl: String,
    /// What it is, in English. NL: omschrijving in het Engels.
    pub title_en: String,
    /// The amount in whole euros, each year. NL: bedrag per jaar in euro's.
    pub amount_euros: i32,
    /// First year. NL: eerste jaar.
    pub year_from: Option<i32>,
    /// Last year; none when the source names no end. NL: laatste jaar.
    pub year_to: Option<i32>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! How many municipalities gave which answer to a criterion, as published. NL: gepubliceerde aantallen per criterium.

use sea_orm::entity::prelude::*;

/// A row of `known.published_criterion_count`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "published_criterion_count")]
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
    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The code of the criterion within its edition, as in `BB-01`. NL: criterium.
    pub criterion: String,
    /// The day that it tells of. NL: peildatum.
    pub reference_date: Date,
    /// Assessed municipalities that meet it. NL: voldaan.
    pub met: i32,
    /// Those that meet it in part. NL: deels voldaan.
    pub partly_met: i32,
    /// Those that do not. NL: niet voldaan.
    pub not_met: i32,
    /// Those to which it does not apply. NL: niet van toepassing.
    pub not_applicable: i32,
    /// Those for which nobody answered. NL: onbekend.
    pub unknown: i32,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

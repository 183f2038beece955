//! A step of a route for reporting signals, or a branch of one: information only. NL: stap van de meldroute.

use sea_orm::entity::prelude::*;

/// A row of `known.reporting_step`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "reporting_step")]
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
    /// The key of the route. NL: meldroute.
    pub route: String,
    /// The number of the step, from 1. NL: stap.
    pub step: i32,
    /// The branch within the step; 0 is the step itself. NL: vertakking.
    pub branch: i32,
    /// For whom the branch is, as printed. NL: doelgroep.
    pub audience_nl: Option<String>,
    /// For whom, in English. NL: doelgroep in het Engels.
    pub audience_en: Option<String>,
    /// The functions or partners to turn to. NL: contact.
    pub contact_roles: Vec<String>,
    /// An address that the source prints. NL: adres.
    pub address: Option<String>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

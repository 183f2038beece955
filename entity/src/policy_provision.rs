//! What a policy document says: its goals, lines, cadence, chain. NL: bepaling van beleid.

use sea_orm::entity::prelude::*;

/// A row of `known.policy_provision`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "policy_provision")]
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
    /// The key of the policy document. NL: beleidsdocument.
    pub policy: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// The place within its kind, from 1. NL: volgorde.
    pub position: i32,
    /// The group that it stands in, as printed. NL: groep.
    pub group_nl: Option<String>,
    /// The form of exploitation, of a form in or out of scope. NL: vorm van uitbuiting.
    pub form: Option<String>,
    /// How often a year, at least. NL: keer per jaar.
    pub times_per_year: Option<i32>,
    /// How often a year, at most. NL: ten hoogste per jaar.
    pub at_most_per_year: Option<i32>,
    /// At least once in so many years. NL: eens per zoveel jaar.
    pub every_years: Option<i32>,
    /// The year by which it had to be done. NL: uiterlijk jaar.
    pub due_year: Option<i32>,
    /// The key of the partner that it names. NL: partner.
    pub partner: Option<String>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

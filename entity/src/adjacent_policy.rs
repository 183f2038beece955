//! Policy that touches the plan or a regional policy and is no part of it. NL: aanpalend beleid.

use sea_orm::entity::prelude::*;

/// A row of `known.adjacent_policy`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "adjacent_policy")]
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
    /// The key, as in `roemeragenda`. NL: sleutel.
    pub key: String,
    /// The plan version that it touches; none when it touches a policy document. NL: planversie.
    pub plan: Option<String>,
    /// The policy document that it touches. NL: beleidsdocument.
    pub policy: Option<String>,
    /// The title, in Dutch. NL: titel.
    pub title_nl: String,
    /// The title, in English. NL: titel in het Engels.
    pub title_en: String,
    /// Its end as printed. NL: einddatum zoals gedrukt.
    pub ends_on_text: Option<String>,
    /// Its last day, where a period is printed. NL: einddatum.
    pub ends_on: Option<Date>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A function that an organisation fills for an area or municipality: never a person. NL: invulling van een functie.

use sea_orm::entity::prelude::*;

/// A row of `known.function_assignment`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "function_assignment")]
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
    /// The code of the function. NL: functie.
    pub role: String,
    /// The code of the area. NL: gebied.
    pub area: Option<String>,
    /// The CBS code of the municipality; none when the source does not name it, and then it counts for nobody. NL: gemeente.
    pub municipality: Option<String>,
    /// The organisation or team that fills it, as printed. NL: organisatie.
    pub organisation_nl: String,
    /// The key of that partner. NL: partner.
    pub partner: Option<String>,
    /// Whether the one who fills it was trained. NL: getraind.
    pub trained: String,
    /// Whether there is enough time for it. NL: voldoende tijd.
    pub enough_time: String,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

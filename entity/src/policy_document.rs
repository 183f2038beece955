//! A policy document. NL: beleidsdocument.

use sea_orm::entity::prelude::*;

/// A row of `known.policy_document`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "policy_document")]
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
    /// The key, a name and a year, as in `de-bilt-2024`. NL: sleutel.
    pub key: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// Whose plan it is: `LOCAL` one municipality's, `JOINT` that of several together, `REGIONAL` that of a region. NL:
    /// niveau.
    pub level: String,
    /// The area of a joint or regional plan in words, as in `Oost-Brabant`; null for a local one. NL: gebied.
    pub area_name: Option<String>,
    /// The last day of the plan by its own end date; null when none is printed. NL: einddatum.
    pub ends_on: Option<Date>,
    /// The end date as printed, as in `2023-2026`; null when none is. NL: einddatum zoals gedrukt.
    pub ends_on_text: Option<String>,
    /// The official publication, as in `CVDR716097`, several with `;` between them; null when the source gives none.
    /// NL: kenmerk.
    pub reference: Option<String>,
    /// The CBS code of the municipality whose it is, of one that people recorded. NL: gemeentecode.
    pub municipality: Option<String>,
    /// The code of the area whose it is, of one that people recorded. NL: gebiedscode.
    pub area: Option<String>,
    /// The day of its last revision; null when none is known. NL: herzien op.
    pub revised_on: Option<Date>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

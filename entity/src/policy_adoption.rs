//! A decision to adopt a policy. NL: vaststelling.

use sea_orm::entity::prelude::*;

/// A row of `known.policy_adoption`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "policy_adoption")]
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
    /// The key of the policy document, as in `de-bilt-2024`. NL: beleidsdocument.
    pub policy: String,
    /// The CBS code of the municipality that adopted it, as in `GM0310`; null when the source does not name it, and
    /// then it counts for nobody. NL: gemeentecode.
    pub municipality: Option<String>,
    /// Who decided: `MUNICIPAL_EXECUTIVE` (NL: college van B&W) or `MUNICIPAL_COUNCIL` (NL: gemeenteraad); null when
    /// the source does not say.
    pub body: Option<String>,
    /// The day of the decision; null when the source does not say. NL: vastgesteld op.
    pub adopted_on: Option<Date>,
    /// The first day on which it is in force; null when the source does not say. NL: inwerkingtreding.
    pub in_force_on: Option<Date>,
    /// The day of publication as the source gives it; null when it gives none. NL: bekendmaking.
    pub published_on_text: Option<String>,
    /// The official publication, as in `gmb-2024-84827` or `CVDR738954`; null when the source gives none. NL: kenmerk.
    pub reference: Option<String>,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

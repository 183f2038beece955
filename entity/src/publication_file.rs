//! A file of a publication, written once. NL: bestand van een publicatie.

use sea_orm::entity::prelude::*;

/// A row of `known.publication_file`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(schema_name = "known", table_name = "publication_file")]
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
    /// The kind of publication, for row-level security. NL: soort publicatie.
    pub kind: String,
    /// `JSON` or `CSV`. NL: bestandsvorm.
    pub format: String,
    /// SHA-256 of the bytes, in hexadecimal digits. NL: controlegetal.
    pub sha256: String,
    /// The bytes, which are UTF-8: a free text, because they tell what municipalities responded. NL: inhoud.
    pub body_text: Uuid,
}

/// Relations are made in SQL, by natural key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

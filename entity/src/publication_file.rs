//! A file of a publication, written once. NL: bestand van een publicatie.

fact_table! {
    "publication_file":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The kind of publication, for row-level security. NL: soort publicatie.
    pub kind: String,
    /// `JSON` or `CSV`. NL: bestandsvorm.
    pub format: String,
    /// SHA-256 of the bytes, in hexadecimal digits. NL: controlegetal.
    pub sha256: String,
    /// The bytes, which are UTF-8: a free text, because they tell what municipalities responded.
    /// NL: inhoud.
    pub body_text: Uuid,
}

//! What is frozen of a publication when it is prepared. NL: inhoud van een publicatie.

fact_table! {
    "publication_content":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The kind of publication, for row-level security. NL: soort publicatie.
    pub kind: String,
    /// The lines, as a list of objects. NL: regels.
    pub lines: Json,
}

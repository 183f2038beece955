//! What stands beside a publication since a day: its rule set was replaced, and the new one tells
//! its figures otherwise. NL: kanttekening bij een publicatie.

fact_table! {
    "publication_note":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The rule set that its figures follow from, as in `VOORSTEL-1`. NL: regelset.
    pub rule_set: String,
    /// The rule set that took its place. NL: vervangende regelset.
    pub replaced_by: String,
}

//! A theme of an edition. NL: thema.

fact_table! {
    "theme":

    /// The code of the framework edition, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The code within the edition, as in `BB`. NL: code.
    pub code: String,
    /// The place in the order of the edition, from 1. NL: volgorde.
    pub position: i32,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
}

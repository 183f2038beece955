//! A motion, commitment or amendment in the House of Representatives. NL: motie of toezegging.

fact_table! {
    "motion":

    /// The key, as in `motie-krul-bikker`. NL: sleutel.
    pub key: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// The name, in Dutch. NL: naam.
    pub title_nl: String,
    /// The name, in English. NL: naam in het Engels.
    pub title_en: String,
    /// What became of it by the source. NL: uitkomst.
    pub outcome: String,
    /// The parliamentary paper, as printed. NL: kamerstuk.
    pub reference: Option<String>,
    /// What it asks, in Dutch. NL: verzoek.
    pub asks_nl: String,
    /// What it asks, in English. NL: verzoek in het Engels.
    pub asks_en: String,
    /// Money that it is about, in whole euros; never part of a sum. NL: bedrag.
    pub amount_euros: Option<i32>,
}

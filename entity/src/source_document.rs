//! A document that facts come from. NL: brondocument.

fact_table! {
    "source_document":

    /// The key, as in `monitoring-2025`. NL: sleutel.
    pub key: String,
    /// The kind, as in `MONITORING_OVERVIEW`. NL: soort.
    pub kind: String,
    /// The title in Dutch; of an untitled document it is ours. NL: titel.
    pub title_nl: String,
    /// The title in English; the translation is ours.
    pub title_en: String,
    /// The day that the document prints; null when it prints none. NL: datum.
    pub dated_on: Option<Date>,
    /// The date as printed, or `not printed`. NL: datum zoals gedrukt.
    pub date_text: String,
    /// The official reference, as in a parliamentary paper's number; null when there is none. NL:
    /// kenmerk.
    pub reference: Option<String>,
    /// The name of the file that we read it from; null when there is none. NL: bestand.
    pub file: Option<String>,
}

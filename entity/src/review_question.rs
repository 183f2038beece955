//! A question of VNG about a submitted version. NL: vraag bij een beoordeling.

fact_table! {
    "review_question":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the submitted version, from 1. NL: versienummer.
    pub version: i32,
    /// The number within the municipality and period, from 1. NL: nummer.
    pub number: i32,
    /// The criterion that it is about, by code; null when it is about the whole. NL: criterium.
    pub criterion: Option<String>,
    /// The id of the question in `free_text`. NL: vraag.
    pub question_text: Uuid,
    /// The instant, UTC. NL: gesteld op.
    pub asked_at: DateTimeUtc,
}

//! A submitted version of an assessment. NL: ingediende versie.

fact_table! {
    "assessment_version":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number within the municipality and period, from 1. NL: versienummer.
    pub number: i32,
    /// The code of the framework edition that it answers, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The instant of submission, UTC: that of its ledger entry. NL: ingediend op.
    pub submitted_at: DateTimeUtc,
    /// Whether it was submitted on or before the last day of the deadline. NL: op tijd.
    pub on_time: bool,
    /// The function that approved it, never a person; never empty. NL: akkoord door functie.
    pub approved_by_function: String,
    /// The day of that approval. NL: akkoord op.
    pub approved_on: Date,
    /// SHA-256 of the submitted answers in canonical form, 64 hexadecimal digits; the receipt names
    /// its first 12. NL: controlegetal.
    pub content_hash: String,
    /// The organisation that submitted it, by code: the municipality, or its region with a mandate.
    /// NL: ingediend door.
    pub submitted_by: Option<String>,
    /// The id of the reason in `free_text`, where the version corrects a confirmed one. NL: reden.
    pub reason_text: Option<Uuid>,
    /// The number of the filling on behalf that it accepts; null when it was filled in by the
    /// municipality or its region. NL: namens de gemeente ingevuld.
    pub on_behalf: Option<i32>,
}

//! The verdict of a municipality, as published by name. NL: gepubliceerd oordeel.

fact_table! {
    "published_verdict":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// Its name. NL: gemeentenaam.
    pub municipality_name: String,
    /// The day that it tells of. NL: peildatum.
    pub reference_date: Date,
    /// The verdict: `NOT_ASSESSED`, `NOT_COMPLIANT`, `PARTLY_COMPLIANT` or `COMPLIANT`. NL:
    /// oordeel.
    pub status: String,
    /// The first day on which the verdict is so; none while nothing was judged. NL: sinds.
    pub verdict_from: Option<Date>,
    /// What the municipality says beside it, a free text. NL: reactie.
    pub response_text: Option<Uuid>,
    /// What the municipality handed in: `ON_TIME`, `LATE`, `MISSING` or `EXEMPT`; none in a
    /// publication before this was kept. NL: stand van indienen.
    pub submission: Option<String>,
    /// The same in Dutch, as printed. NL: stand van indienen in woorden.
    pub submission_nl: Option<String>,
    /// The same in English, as printed.
    pub submission_en: Option<String>,
    /// The day on which the version was submitted that VNG has yet to review. NL: wacht sinds.
    pub waiting_since: Option<Date>,
    /// The day from which it was judged so; none while nothing was judged, and in a publication
    /// before this was kept. NL: zo beoordeeld vanaf.
    pub judged_from: Option<Date>,
}

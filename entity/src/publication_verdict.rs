//! A verdict as it will stand in a publication by name. NL: te publiceren oordeel.

fact_table! {
    "publication_verdict":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The verdict: `NOT_ASSESSED`, `NOT_COMPLIANT`, `PARTLY_COMPLIANT` or `COMPLIANT`. NL:
    /// oordeel.
    pub status: String,
    /// The first day on which the verdict is so; none while nothing was judged. NL: sinds.
    pub verdict_from: Option<Date>,
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

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
}

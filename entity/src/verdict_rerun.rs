//! A verdict that was judged after its period had closed: it stands beside and is counted nowhere.
//! NL: herberekend oordeel.

fact_table! {
    "verdict_rerun":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// Which version is judged: the latest `SUBMITTED` one or the latest `CONFIRMED` one. NL:
    /// grondslag van het oordeel.
    pub basis: String,
    /// The verdict: `NOT_ASSESSED`, `NOT_COMPLIANT`, `PARTLY_COMPLIANT` or `COMPLIANT`. NL:
    /// oordeel.
    pub status: String,
    /// The number of the submitted version that was judged, from 1; absent when there is none. NL:
    /// beoordeelde versie.
    pub version: Option<i32>,
    /// Why, as an object: edition and its state, rule set, deciding rule, counts, each criterion
    /// with the answer that counts and its reasons, and what would raise the verdict. NL: gronden.
    pub grounds: Json,
}

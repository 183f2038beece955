//! An answer of a reporting region for its members. NL: regionaal antwoord.

fact_table! {
    "regional_answer":

    /// The code of the area that answers, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The code of the edition of the framework, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The code of the criterion within the edition, as in `OH-01`. NL: criterium.
    pub criterion: String,
    /// The number of the version within area and criterion, from 1. NL: versie.
    pub version: i32,
    /// The answer: `MET`, `PARTLY_MET`, `NOT_MET`, `NOT_APPLICABLE` or `UNKNOWN`. NL: antwoord.
    pub answer: String,
    /// The id of the explanation in `free_text`; null when there is none. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// When it was submitted, UTC. NL: ingediend op.
    pub submitted_at: DateTimeUtc,
}

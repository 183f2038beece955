//! An answer that VNG filled in on behalf of a municipality. NL: namens de gemeente ingevuld
//! antwoord.

fact_table! {
    "on_behalf_answer":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the filling that it belongs to. NL: nummer.
    pub filling: i32,
    /// The code of the criterion within the edition, as in `BB-03`. NL: code van het criterium.
    pub criterion: String,
    /// The answer: `MET`, `PARTLY_MET`, `NOT_MET`, `NOT_APPLICABLE` or `UNKNOWN`. NL: antwoord.
    pub answer: String,
    /// The id of the explanation in `free_text`; null when none was given. NL: toelichting.
    pub explanation_text: Option<Uuid>,
}

//! A difference between sources, or between a source and our sum, that we know of. NL: bekend
//! verschil.

fact_table! {
    "known_difference":

    /// The comparison, as in `action_title`. NL: controle.
    pub check: String,
    /// Of what, as in `2024/7`. NL: onderwerp.
    pub subject: String,
    /// What a document prints. NL: gepubliceerd.
    pub published: String,
    /// What we compute, or another document prints. NL: berekend.
    pub computed: String,
    /// Why, in Dutch. NL: reden.
    pub reason_nl: String,
    /// Why, in English. NL: reden in het Engels.
    pub reason_en: String,
}

//! What the data set does not know. NL: bekende leemte.

fact_table! {
    "known_gap":

    /// The key. NL: sleutel.
    pub key: String,
    /// The gap, in Dutch. NL: leemte.
    pub text_nl: String,
    /// The gap, in English. NL: leemte in het Engels.
    pub text_en: String,
}

//! A text that was blanked by law. NL: geschrapte tekst.

fact_table! {
    "redaction":

    /// The id of the text in `free_text`.
    pub text_id: Uuid,
    /// Where the text stood: the column, as in `explanation`, or the criterion that it explained.
    /// NL: veld.
    pub field: String,
    /// Why it was blanked, as the operator says. NL: reden.
    pub reason: String,
}

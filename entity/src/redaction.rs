//! A text that was blanked by law. NL: geschrapte tekst.

fact_table! {
    "redaction":

    /// The id of the text in `free_text`; of words of a fact, that of their digest.
    pub text_id: Uuid,
    /// Where the text stood: the column, as in `explanation`, or the criterion that it explained.
    /// NL: veld.
    pub field: String,
    /// Why it was blanked, as the operator says. NL: reden.
    pub reason: String,
    /// The table of facts in which the words stood; null of a free text. NL: tabel.
    pub fact_table: Option<String>,
    /// The row of it. NL: rij.
    pub fact_id: Option<Uuid>,
    /// The id of their digest in `free_text` once more, so that the entry binds it. NL: tekst.
    pub words_text: Option<Uuid>,
    /// The entry in which they stood. NL: nummer van de regel.
    pub entry_no: Option<i64>,
    /// The digest of what is left of that entry. NL: controlegetal.
    pub entry_digest: Option<Vec<u8>>,
}

//! That nobody fills a function for a municipality or an area, as it was declared. NL: witte vlek.

fact_table! {
    "function_vacancy":

    /// The key, as in `chain-coordinator-vacant-rotterdam-rijnmond`. NL: sleutel.
    pub key: String,
    /// The code of the function. NL: functie.
    pub role: String,
    /// The code of the area; null when it is of a municipality. NL: gebied.
    pub area: Option<String>,
    /// The CBS code of the municipality; null when it is of an area. NL: gemeente.
    pub municipality: Option<String>,
    /// The words of a declaration of before they were kept apart, in Dutch. NL: tekst.
    pub text_nl: Option<String>,
    /// The words of the declaration. NL: tekst.
    pub words_text: Option<Uuid>,
}

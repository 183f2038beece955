//! A function that an organisation fills for an area or municipality: never a person. NL: invulling
//! van een functie.

fact_table! {
    "function_assignment":

    /// The key. NL: sleutel.
    pub key: String,
    /// The code of the function. NL: functie.
    pub role: String,
    /// The code of the area. NL: gebied.
    pub area: Option<String>,
    /// The CBS code of the municipality; none when the source does not name it, and then it counts
    /// for nobody. NL: gemeente.
    pub municipality: Option<String>,
    /// The organisation or team that fills it, as printed. NL: organisatie.
    pub organisation_nl: String,
    /// The key of that partner. NL: partner.
    pub partner: Option<String>,
    /// Whether the one who fills it was trained. NL: getraind.
    pub trained: String,
    /// Whether there is enough time for it. NL: voldoende tijd.
    pub enough_time: String,
    /// The words of the source, verbatim, as a data file gives them. NL: tekst van de bron.
    pub text_nl: Option<String>,
    /// The words of the source as somebody recorded them. NL: tekst van de bron.
    pub words_text: Option<Uuid>,
}

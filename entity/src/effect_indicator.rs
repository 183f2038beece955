//! What could show an effect, and who counts it. NL: effectindicator.

fact_table! {
    "effect_indicator":

    /// The key. NL: sleutel.
    pub key: String,
    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the line. NL: actielijn.
    pub line: i32,
    /// The number of the intended effect. NL: effect.
    pub effect: i32,
    /// What is counted, in Dutch. NL: omschrijving.
    pub text_nl: String,
    /// What is counted, in English. NL: omschrijving in het Engels.
    pub text_en: String,
    /// The keys of the partners that count it. NL: bronhouders.
    pub counted_by: Vec<String>,
}

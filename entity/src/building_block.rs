//! A building block for cooperation; the sources name some of them. NL: bouwsteen.

fact_table! {
    "building_block":

    /// The key. NL: sleutel.
    pub key: String,
    /// The title or subject, in Dutch. NL: titel.
    pub title_nl: String,
    /// The title or subject, in English. NL: titel in het Engels.
    pub title_en: String,
    /// Whether it was adopted or is being made. NL: stand.
    pub state: String,
    /// When, as printed. NL: datum zoals gedrukt.
    pub date_text: Option<String>,
}

//! A line of a plan version. NL: actielijn.

fact_table! {
    "action_line":

    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number within the plan version, from 1. NL: nummer.
    pub number: i32,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// The short Dutch title of the dashboard; null where no source prints one. NL: korte titel.
    pub short_title_nl: Option<String>,
    /// What the line is about, verbatim in Dutch; null where no source tells. NL: beschrijving.
    pub narrative_nl: Option<String>,
    /// Whether the line is new in this plan version. NL: nieuw in deze versie.
    pub is_new: bool,
}

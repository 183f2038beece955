//! A theme that runs across the lines of the plan. NL: thema.

fact_table! {
    "plan_theme":

    /// The code, as in `SHELTER`. NL: code.
    pub code: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English. NL: titel in het Engels.
    pub title_en: String,
}

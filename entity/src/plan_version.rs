//! A version of the action plan. NL: versie van het actieplan.

fact_table! {
    "plan_version":

    /// The year of the version, as in `2024`. NL: sleutel.
    pub key: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// How far the version itself is: `PROPOSED`, `DISCUSSED`, `SENT`, `IN_FORCE` or `SUPERSEDED`.
    /// NL: stand van de versie.
    pub state: String,
}

//! A proposal for the plan and what became of it. NL: voorstel.

fact_table! {
    "proposal":

    /// The key. NL: sleutel.
    pub key: String,
    /// The plan version that it was made for. NL: planversie.
    pub plan: String,
    /// The title, in Dutch. NL: titel.
    pub title_nl: String,
    /// The title, in English. NL: titel in het Engels.
    pub title_en: String,
    /// What became of it. NL: uitkomst.
    pub outcome: String,
    /// The numbers of the actions that it became. NL: acties.
    pub actions: Vec<String>,
}

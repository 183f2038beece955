//! A policy document. NL: beleidsdocument.

fact_table! {
    "policy_document":

    /// The key, a name and a year, as in `de-bilt-2024`. NL: sleutel.
    pub key: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// Whose plan it is: `LOCAL` one municipality's, `JOINT` that of several together, `REGIONAL`
    /// that of a region. NL: niveau.
    pub level: String,
    /// The area of a joint or regional plan in words, as in `Oost-Brabant`; null for a local one.
    /// NL: gebied.
    pub area_name: Option<String>,
    /// The last day of the plan by its own end date; null when none is printed. NL: einddatum.
    pub ends_on: Option<Date>,
    /// The end date as printed, as in `2023-2026`; null when none is. NL: einddatum zoals gedrukt.
    pub ends_on_text: Option<String>,
    /// The official publication, as in `CVDR716097`, several with `;` between them; null when the
    /// source gives none. NL: kenmerk.
    pub reference: Option<String>,
    /// The CBS code of the municipality whose it is, of one that people recorded. NL: gemeentecode.
    pub municipality: Option<String>,
    /// The code of the area whose it is, of one that people recorded. NL: gebiedscode.
    pub area: Option<String>,
    /// The day of its last revision; null when none is known. NL: herzien op.
    pub revised_on: Option<Date>,
}

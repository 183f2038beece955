//! Where one can turn with a signal or a question; this service takes none itself. NL: meldpunt.

fact_table! {
    "reporting_point":

    /// The key. NL: sleutel.
    pub key: String,
    /// The name, in Dutch. NL: naam.
    pub name_nl: String,
    /// The name, in English. NL: naam in het Engels.
    pub name_en: String,
    /// For whom: VICTIM, CITIZEN, PROFESSIONAL. NL: doelgroepen.
    pub audiences: Vec<String>,
    /// The key of the partner behind it. NL: partner.
    pub partner: Option<String>,
    /// The https address, where a source prints one. NL: adres.
    pub address: Option<String>,
    /// Whether it works, went over into another, or is planned. NL: stand.
    pub state: String,
    /// The key of the point that took it over. NL: opvolger.
    pub successor: Option<String>,
    /// The day on which the address was last checked; none when it never was. NL: gecontroleerd op.
    pub checked_on: Option<Date>,
    /// What it is for, in Dutch. NL: omschrijving.
    pub text_nl: String,
    /// What it is for, in English. NL: omschrijving in het Engels.
    pub text_en: String,
}

//! A step of a route for reporting signals, or a branch of one: information only. NL: stap van de
//! meldroute.

fact_table! {
    "reporting_step":

    /// The key of the route. NL: meldroute.
    pub route: String,
    /// The number of the step, from 1. NL: stap.
    pub step: i32,
    /// The branch within the step; 0 is the step itself. NL: vertakking.
    pub branch: i32,
    /// For whom the branch is, as printed. NL: doelgroep.
    pub audience_nl: Option<String>,
    /// For whom, in English. NL: doelgroep in het Engels.
    pub audience_en: Option<String>,
    /// The functions or partners to turn to. NL: contact.
    pub contact_roles: Vec<String>,
    /// An address that the source prints. NL: adres.
    pub address: Option<String>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

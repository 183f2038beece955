//! A partner with a role in an action, as a source tells it. NL: rol van een partner.

fact_table! {
    "action_partner":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The key of the partner. NL: partner.
    pub partner: String,
    /// The role. NL: rol.
    pub role: String,
    /// Of an IMPLEMENTER: whether a source reports that it has been done. NL: uitvoering gemeld.
    pub implementation: Option<String>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
}

//! A partner named in the text of an action without a role. NL: vermelding.

fact_table! {
    "partner_mention":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The key of the partner. NL: partner.
    pub partner: String,
    /// The name as printed. NL: naam zoals gedrukt.
    pub printed: String,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
}

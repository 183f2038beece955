//! What a policy document says: its goals, lines, cadence, chain. NL: bepaling van beleid.

fact_table! {
    "policy_provision":

    /// The key of the policy document. NL: beleidsdocument.
    pub policy: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// The place within its kind, from 1. NL: volgorde.
    pub position: i32,
    /// The group that it stands in, as printed. NL: groep.
    pub group_nl: Option<String>,
    /// The form of exploitation, of a form in or out of scope. NL: vorm van uitbuiting.
    pub form: Option<String>,
    /// How often a year, at least. NL: keer per jaar.
    pub times_per_year: Option<i32>,
    /// How often a year, at most. NL: ten hoogste per jaar.
    pub at_most_per_year: Option<i32>,
    /// At least once in so many years. NL: eens per zoveel jaar.
    pub every_years: Option<i32>,
    /// The year by which it had to be done. NL: uiterlijk jaar.
    pub due_year: Option<i32>,
    /// The key of the partner that it names. NL: partner.
    pub partner: Option<String>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

//! How one action hangs together with another. NL: samenhang tussen acties.

fact_table! {
    "action_relation":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The relation: it starts after the other is completed, it coincides with it, it is linked to
    /// it, or its outcome feeds it. NL: soort samenhang.
    pub kind: String,
    /// The plan version of the other action. NL: planversie van de andere actie.
    pub to_plan: String,
    /// The number of the other action. NL: nummer van de andere actie.
    pub to_number: i32,
    /// The words of the source, verbatim, as a data file gives them. NL: tekst van de bron.
    pub text_nl: Option<String>,
    /// The words of the source as somebody recorded them. NL: tekst van de bron.
    pub words_text: Option<Uuid>,
}

//! Policy that touches the plan or a regional policy and is no part of it. NL: aanpalend beleid.

fact_table! {
    "adjacent_policy":

    /// The key, as in `roemeragenda`. NL: sleutel.
    pub key: String,
    /// The plan version that it touches; none when it touches a policy document. NL: planversie.
    pub plan: Option<String>,
    /// The policy document that it touches. NL: beleidsdocument.
    pub policy: Option<String>,
    /// The title, in Dutch. NL: titel.
    pub title_nl: String,
    /// The title, in English. NL: titel in het Engels.
    pub title_en: String,
    /// Its end as printed. NL: einddatum zoals gedrukt.
    pub ends_on_text: Option<String>,
    /// Its last day, where a period is printed. NL: einddatum.
    pub ends_on: Option<Date>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: Option<String>,
}

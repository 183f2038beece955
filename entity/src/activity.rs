//! Something that was held or done for an action: an exercise, a training, a campaign. NL:
//! activiteit.

fact_table! {
    "activity":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// The kind. NL: soort.
    pub kind: String,
    /// Where, as printed. NL: plaats.
    pub place_nl: Option<String>,
    /// For whom, as printed. NL: doelgroep.
    pub audience_nl: Option<String>,
    /// When, as printed. NL: datum zoals gedrukt.
    pub date_text: Option<String>,
    /// First day that it may be. NL: vroegste datum.
    pub date_earliest: Option<Date>,
    /// Last day that it may be. NL: laatste datum.
    pub date_latest: Option<Date>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

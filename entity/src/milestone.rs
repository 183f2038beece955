//! A moment in the life of an action, with the date as printed. NL: mijlpaal.

fact_table! {
    "milestone":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// Whether it is expected, is a start that was made, is reached, or is a deadline. NL: soort.
    pub kind: String,
    /// The date as printed, as in `eind Q2 2025`. NL: datum zoals gedrukt.
    pub date_text: String,
    /// First day that it may be; none when the year is not printed. NL: vroegste datum.
    pub date_earliest: Option<Date>,
    /// Last day that it may be. NL: laatste datum.
    pub date_latest: Option<Date>,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

//! A meeting of partners. NL: bijeenkomst.

fact_table! {
    "event":

    /// The key. NL: sleutel.
    pub key: String,
    /// The title, in Dutch. NL: titel.
    pub title_nl: String,
    /// The title, in English. NL: titel in het Engels.
    pub title_en: String,
    /// The day. NL: datum.
    pub held_on: Option<Date>,
    /// The date as printed. NL: datum zoals gedrukt.
    pub date_text: String,
    /// What it was for, verbatim. NL: doel.
    pub text_nl: Option<String>,
    /// What the source says of how many took part. NL: aantal deelnemers zoals gedrukt.
    pub printed_participants_text: Option<String>,
}

//! A monitoring overview. NL: monitoringsronde.

fact_table! {
    "monitoring_round":

    /// The key, a year and a number within it, as in `2025-1`. NL: sleutel.
    pub key: String,
    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// The first day that the round may be of, not after `date_latest`. NL: vroegste datum.
    pub date_earliest: Date,
    /// The last day that the round may be of; its statuses count from here. NL: laatste datum.
    pub date_latest: Date,
    /// The date as the document prints it, or `not printed`. NL: datum zoals gedrukt.
    pub date_text: String,
    /// Whether the ministry has closed it: `OPEN` or `CLOSED`; only reports of a closed round are
    /// told. NL: stand van de ronde.
    pub state: String,
}

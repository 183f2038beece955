//! What an organisation is told on a day of what waits for it, and what became of it. NL: dagelijks
//! overzicht.

table! {
    "work"."digest":

    primary key {
        /// The role whose tasks it tells of.
        pub role: String,
        /// The organisation, as in `GM0402`.
        pub organisation: String,
        /// The day that it is of, in Europe/Amsterdam.
        pub day: Date,
    }

    /// What became of it, as in `WAITING`.
    pub state: String,
    /// Its Message-ID, the same at each try.
    pub message_id: String,
    /// When it was made, UTC.
    pub made_at: DateTimeUtc,
    /// The subject of the mail; none once it waits no more.
    pub subject: Option<String>,
    /// The text of the mail; none once it waits no more.
    pub body: Option<String>,
    /// How often its delivery was tried.
    pub tries: i32,
    /// When its delivery may be tried, UTC; none once it waits no more.
    pub next_try_at: Option<DateTimeUtc>,
    /// When it was delivered or given up, UTC; none while it waits.
    pub settled_at: Option<DateTimeUtc>,
}

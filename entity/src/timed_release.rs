//! A decision that becomes known at an instant to come. NL: embargo.

table! {
    "work"."timed_release":

    primary key {
        /// What becomes known: `MONITORING_ROUND` or `PUBLICATION`. NL: soort.
        pub kind: String,
        /// Its natural key, as in `2026-1`. NL: sleutel.
        pub key: String,
    }

    /// The instant, UTC, from which it is known. NL: einde van het embargo.
    pub release_at: DateTimeUtc,
    /// What was decided, as the kind needs it. NL: besluit.
    pub decision: Json,
    /// The pseudonym of whoever decided, for the ministry. NL: besluitnemer.
    pub decided_by: Option<String>,
}

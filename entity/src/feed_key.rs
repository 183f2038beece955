//! A key with which a program of an organisation pulls feeds. NL: feedsleutel.

table! {
    "work"."feed_key":

    primary key {
        /// Twelve digits that name the key and open nothing.
        pub id: String,
    }

    /// The role whose present scope the key has.
    pub role: String,
    /// The organisation whose present scope the key has.
    pub organisation: String,
    /// What the organisation calls it.
    pub label: String,
    /// The tables that it opens, by name.
    pub tables: Vec<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// The last day on which it opens anything.
    pub expires_on: Date,
    /// When the secret was last replaced.
    pub rotated_at: Option<DateTimeUtc>,
    /// When the key was revoked.
    pub revoked_at: Option<DateTimeUtc>,
}

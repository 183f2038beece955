//! When a feed key was last used. NL: laatste gebruik van een feedsleutel.

table! {
    "work"."feed_key_use":

    primary key {
        /// The key.
        pub id: String,
    }

    /// When it was last used, to the minute.
    pub used_at: DateTimeUtc,
}

//! A browser that is signed in at the workplace. NL: sessie.

table! {
    "work"."browser_session":

    primary key {
        /// A digest of what the browser holds.
        pub id: String,
    }

    /// The access token, sealed with a key that the browser alone has.
    pub sealed_token: Vec<u8>,
    /// When the session ends at the latest.
    pub expires_at: DateTimeUtc,
}

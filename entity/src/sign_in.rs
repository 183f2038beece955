//! A browser that was sent to an issuer to sign in, and has not come back yet. NL: aanmelding.

table! {
    "work"."sign_in":

    primary key {
        /// A digest of what the browser holds.
        pub id: String,
    }

    /// The issuer at which.
    pub issuer: String,
    /// The page to go on with, from the root.
    pub return_to: String,
    /// When it must have come back.
    pub expires_at: DateTimeUtc,
}

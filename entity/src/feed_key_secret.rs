//! What a feed key is compared with: hashes of its secrets, and nothing else. NL: geheim van een
//! feedsleutel.

table! {
    "work"."feed_key_secret":

    primary key {
        /// The key.
        pub id: String,
    }

    /// SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
    /// SHA-256 of the secret before it; none before the first rotation.
    pub previous_hash: Option<Vec<u8>>,
}

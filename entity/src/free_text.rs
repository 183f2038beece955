//! A free text, apart from the facts so that it can be redacted.

table! {
    "public"."free_text":

    primary key {
        /// The id that a fact names in a column `…_text`.
        pub id: Uuid,
    }

    /// The number of the ledger entry that the text came in with.
    pub ledger_no: i64,
    /// Who sees it: `PUBLIC` for everybody, `ANSWER` for whoever sees the answer that it explains.
    pub kind: String,
    /// Sixteen random bytes that keep the digest from being guessed.
    pub nonce: Vec<u8>,
    /// SHA-256 of the nonce and the text, 32 bytes: what the digest of the fact holds in place of
    /// the text.
    pub digest: Vec<u8>,
    /// The text, never empty; null once it was redacted by law.
    pub body: Option<String>,
    /// The number of the ledger entry that redacted the text; null while the text is there.
    pub redacted_by: Option<i64>,
}

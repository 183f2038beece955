//! A call that may be repeated without changing anything twice.

table! {
    "work"."idempotency_key":

    primary key {
        /// The organisation of the caller, as in `GM0402`, `VR14` or `VNG`; empty for a caller
        /// without one.
        pub organisation: String,
        /// The pseudonym of the caller, never a name; empty for a caller without one.
        pub subject: String,
        /// The mutation that was called, as in `submitAssessment`.
        pub field: String,
        /// The key that the caller chose, 1 to 200 characters. NL: idempotentiesleutel.
        pub key: String,
    }

    /// SHA-256 of the input, 32 bytes: the same key with another input is refused.
    pub input_hash: Vec<u8>,
    /// The form of the input that was hashed, from 1: hashes of two forms are never compared.
    pub input_form: i16,
    /// The key of what the call led to, as a JSON string, never the answer itself; null until the
    /// call ends well.
    pub outcome: Option<Json>,
    /// The instant at which the key was taken, UTC.
    pub recorded_at: DateTimeUtc,
}

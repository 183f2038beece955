//! The number at which each transaction ended, and when.

table! {
    "public"."ledger_instant":

    primary key {
        /// The number of the last entry of the transaction.
        pub number: i64,
    }

    /// The instant of the transaction, UTC; no two transactions share one. NL: vastgelegd op.
    pub recorded_at: DateTimeUtc,
    /// The hash of that entry.
    pub hash: Vec<u8>,
}

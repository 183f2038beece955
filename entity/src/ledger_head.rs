//! The last entry: locked by every writer.

table! {
    "public"."ledger_head":

    primary key {
        /// Always true: the table has one row.
        pub only_row: bool,
    }

    /// The number of the last entry; 0 while the ledger is empty.
    pub number: i64,
    /// The hash of the last entry, 32 bytes; all zero while the ledger is empty.
    pub hash: Vec<u8>,
    /// The instant of the last entry, UTC; the start of 2000 while the ledger is empty.
    pub recorded_at: DateTimeUtc,
}

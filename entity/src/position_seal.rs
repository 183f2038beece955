//! What seals cursors.
//!
//! The table has one row, which is never changed.

table! {
    "public"."position_seal":

    primary key {
        /// There is one row, and this is `true`.
        pub only_row: bool,
    }

    /// The key of the seal.
    pub key: Vec<u8>,
    /// The last ledger number of what bears no seal.
    pub after_number: i64,
}

//! Whether a database is real or a demo.
//!
//! The table has one row, and none before the first fact.

table! {
    "public"."database_kind":

    primary key {
        /// There is one row, and this is `true`.
        pub only_row: bool,
    }

    /// `REAL` or `DEMO`.
    pub kind: String,
}

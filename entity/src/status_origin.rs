//! On which day a status was reported or corrected here. NL: herkomst van een stand.
//!
//! This is a view: selected, never written.

table! {
    "known"."status_origin":

    primary key {
        /// The row of `status_report`.
        pub id: Uuid,
    }

    /// The entry that it came in with.
    pub ledger_no: i64,
    /// The civil day of that entry in Europe/Amsterdam. NL: gemeld op.
    pub reported_on: Date,
}

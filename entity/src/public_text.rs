//! A text that everybody may read, apart from the fact that refers to it. NL: openbare tekst.
//!
//! This is a view: selected, never written.

table! {
    "known"."public_text":

    primary key {
        /// The text.
        pub id: Uuid,
    }

    /// The entry that it came in with.
    pub ledger_no: i64,
    /// The text itself; null once it was blanked by law.
    pub body: Option<String>,
}

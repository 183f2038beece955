//! What can be found by its words. NL: zoekdocument.
//!
//! Its words themselves (`words`, a `tsvector`) stay in Postgres.

table! {
    "public"."search_document":

    primary key {
        /// The kind of thing, as in `ACTION`. NL: soort.
        pub kind: String,
        /// Its key, as in `2024/33`. NL: sleutel.
        pub key: String,
        /// The entry after which this is what can be found of it. NL: nummer in het grootboek.
        pub ledger_no: i64,
    }

    /// The title in Dutch; none when the thing is gone. NL: titel.
    pub title_nl: Option<String>,
    /// The title in English. NL: titel in het Engels.
    pub title_en: Option<String>,
    /// Its names and numbers, one a line. NL: namen.
    pub names: Option<String>,
    /// What its texts say, one passage a line. NL: teksten.
    pub body: Option<String>,
    /// The words of what it is linked to. NL: verwante woorden.
    pub terms: Option<String>,
    /// What a hit counts for, from 0 to 1. NL: gewicht.
    pub factor: f32,
}

//! Until when an edition of the framework is laid open for comment. NL: consultatie van een editie.

fact_table! {
    "edition_consultation":

    /// The code of the edition, as in `VOORSTEL-2`. NL: editie.
    pub edition: String,
    /// The last day on which remarks are taken in. NL: laatste dag.
    pub last_day: Date,
}

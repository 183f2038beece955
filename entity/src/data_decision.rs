//! A decision that was taken when a source was read: a unit, a repair, an order. NL:
//! gegevensbeslissing.

fact_table! {
    "data_decision":

    /// The key. NL: sleutel.
    pub key: String,
    /// What was decided on: a unit, a repair of damaged text, the order of mixed text, a conflict
    /// between sources, or that something stays unresolved. NL: soort.
    pub kind: String,
    /// Of what, as in `2024/8`. NL: onderwerp.
    pub subject: String,
    /// What the source prints. NL: zoals gedrukt.
    pub printed: String,
    /// What was stored. NL: overgenomen als.
    pub taken_as: String,
    /// Why, in Dutch. NL: reden.
    pub reason_nl: String,
    /// Why, in English. NL: reden in het Engels.
    pub reason_en: String,
}

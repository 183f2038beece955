//! What is said of a municipality's policy, from a day on. NL: verklaring over het beleid.

fact_table! {
    "policy_declaration":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// What is said: `NONE_DECLARED` (NL: geen beleid), `IN_DEVELOPMENT` (NL: in ontwikkeling) or
    /// `BEING_UPDATED` (NL: wordt geactualiseerd).
    pub state: String,
}

//! What became of a criterion from one edition to the next. NL: herkomst van een criterium.

fact_table! {
    "criterion_lineage":

    /// The code of the new edition. NL: editie.
    pub edition: String,
    /// The code of the criterion in the new edition; null when it went. NL: criterium.
    pub criterion: Option<String>,
    /// The code of the old edition. NL: vorige editie.
    pub from_edition: String,
    /// The code of the criterion in the old edition; null when it is new. NL: vorig criterium.
    pub from_criterion: Option<String>,
    /// What became of it: `CARRIED`, `CHANGED`, `DROPPED` or `ADDED`. NL: verandering.
    pub change: String,
}

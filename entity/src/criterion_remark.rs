//! What a municipality or a region remarks on a criterion of an edition that is laid open. NL:
//! opmerking bij een criterium.

fact_table! {
    "criterion_remark":

    /// The code of the edition, as in `VOORSTEL-2`. NL: editie.
    pub edition: String,
    /// The code of the criterion within the edition, as in `SV-03`. NL: criterium.
    pub criterion: String,
    /// The CBS code of the municipality; null when it is of an area. NL: gemeente.
    pub municipality: Option<String>,
    /// The code of the area; null when it is of a municipality. NL: gebied.
    pub area: Option<String>,
    /// The id of the remark in `free_text`. NL: opmerking.
    pub remark_text: Uuid,
    /// When, UTC. NL: opgemerkt op.
    pub remarked_at: DateTimeUtc,
}

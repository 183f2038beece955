//! That a submitted version was withdrawn. NL: intrekking van een beoordeling.

fact_table! {
    "assessment_withdrawal":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the submitted version, from 1. NL: versienummer.
    pub version: i32,
    /// The id of the reason in `free_text`. NL: reden.
    pub reason_text: Uuid,
    /// The instant, UTC. NL: ingetrokken op.
    pub withdrawn_at: DateTimeUtc,
}

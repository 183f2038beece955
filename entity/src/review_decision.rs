//! What VNG decided on a version. NL: besluit op een beoordeling.

fact_table! {
    "review_decision":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the submitted version that was decided on, from 1. NL: versienummer.
    pub version: i32,
    /// What was decided: `CONFIRMED` (NL: bevestigd) or `RETURNED` (NL: teruggegeven).
    pub outcome: String,
    /// The instant of the decision, UTC: that of its ledger entry. NL: besloten op.
    pub decided_at: DateTimeUtc,
    /// The id of the reason in `free_text`, where the version was returned. NL: reden.
    pub reason_text: Option<Uuid>,
    /// Whether the period was closed by then: such a confirmation stands beside the verdict of the
    /// period. NL: na sluiting.
    pub after_closing: Option<bool>,
}

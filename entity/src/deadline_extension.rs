//! A later deadline for one municipality. NL: uitstel.

fact_table! {
    "deadline_extension":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The last day on which handing in is on time for it. NL: uiterste datum.
    pub deadline_on: Date,
    /// The id of the reason in `free_text`. NL: reden.
    pub reason_text: Uuid,
}

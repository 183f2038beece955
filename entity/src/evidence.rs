//! Evidence that goes with an answer of a submitted version. NL: bewijs.

fact_table! {
    "evidence":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the submitted version, from 1. NL: versienummer.
    pub version: i32,
    /// The code of the criterion within the edition, as in `BB-03`. NL: code van het criterium.
    pub criterion: String,
    /// The place in the list of the answer, from 1. NL: volgnummer.
    pub position: i32,
    /// The kind, one of those that the criterion names or `OTHER`. NL: soort bewijs.
    pub kind: String,
    /// The id of the title in `free_text`. NL: titel.
    pub title_text: Uuid,
    /// Where it stands, an `https` address. NL: adres.
    pub address: Option<String>,
    /// The id of the reference in `free_text`, where there is no address. NL: kenmerk.
    pub reference_text: Option<Uuid>,
    /// The day from which it shows what it shows. NL: datum van het bewijs.
    pub effective_on: Date,
    /// The instant at which the service first received it, UTC. NL: ontvangen op.
    pub received_at: DateTimeUtc,
}

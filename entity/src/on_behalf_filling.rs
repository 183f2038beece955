//! Answers that VNG filled in on behalf of a municipality. NL: namens de gemeente ingevuld.

fact_table! {
    "on_behalf_filling":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number within the municipality and period, from 1. NL: nummer.
    pub number: i32,
    /// The code of the edition that it answers. NL: editie.
    pub edition: String,
    /// The id of the reason in `free_text`. NL: reden.
    pub reason_text: Uuid,
    /// How the municipality told it: `TELEPHONE`, `EMAIL`, `LETTER`, `MEETING` or `TABLE`. NL:
    /// kanaal.
    pub channel: String,
    /// The instant, UTC. NL: ingevuld op.
    pub filled_at: DateTimeUtc,
}

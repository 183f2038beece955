//! A period in which municipalities report. NL: rapportageperiode.

fact_table! {
    "reporting_period":

    /// The key, a year and a number within it, as in `2026-2`. NL: sleutel.
    pub key: String,
    /// The code of the framework edition that is reported under, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The first day on which municipalities can hand in, not after `deadline_on`. NL: opening.
    pub opens_on: Date,
    /// The last day on which handing in is on time, not after `closes_on`. NL: uiterste datum.
    pub deadline_on: Date,
    /// The last day on which handing in is possible. NL: sluiting.
    pub closes_on: Date,
}

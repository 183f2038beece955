//! A publication in one of its states. NL: publicatie.

fact_table! {
    "publication":

    /// The key, as in `compliance-2026-2-1`. NL: sleutel.
    pub key: String,
    /// `COMPLIANCE_PICTURE`, `MONITORING_OVERVIEW` or `BUDGET`. NL: soort.
    pub kind: String,
    /// How far it goes into detail: `COUNTRY`, `AREA` or `BY_NAME`. NL: niveau.
    pub level: String,
    /// `PREPARED`, `EMBARGOED`, `RELEASED` or `WITHDRAWN`. NL: stand.
    pub state: String,
    /// The key of the period, the round or the plan version that it tells of. NL: onderwerp.
    pub about: String,
    /// The day that it tells of. NL: peildatum.
    pub reference_date: Date,
    /// How it was made, as an object: ledger number and hash, edition, rules, what is withheld. NL:
    /// verantwoording.
    pub manifest: Json,
    /// The last day on which a municipality may respond; none unless it is by name. NL:
    /// reactietermijn.
    pub response_until: Option<Date>,
    /// The instant, UTC, from which everybody may read it. NL: einde van het embargo.
    pub release_at: Option<DateTimeUtc>,
    /// The instant, UTC, at which it was released. NL: openbaar sinds.
    pub released_at: Option<DateTimeUtc>,
    /// The instant, UTC, at which it was withdrawn. NL: ingetrokken op.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was withdrawn, a free text. NL: reden van intrekken.
    pub reason_text: Option<Uuid>,
    /// Why it tells by name while the period is open or reviews wait, a free text. NL: reden van
    /// onvolledigheid.
    pub incomplete_text: Option<Uuid>,
}

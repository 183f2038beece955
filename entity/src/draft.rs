//! An assessment being filled in. NL: concept.

table! {
    "work"."draft":

    primary key {
        /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
        pub municipality: String,
        /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
        pub period: String,
    }

    /// The code of the framework edition that is answered, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The instant of the first save, UTC. NL: aangemaakt op.
    pub created_at: DateTimeUtc,
}

//! A review taken in hand. NL: in behandeling.

table! {
    "work"."claim":

    primary key {
        /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
        pub municipality: String,
        /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
        pub period: String,
        /// The number of the submitted version in hand, from 1. NL: versienummer.
        pub version: i32,
    }

    /// The pseudonym of the reviewer who has it in hand, never a name. NL: behandelaar.
    pub holder: String,
    /// The instant, UTC, from which somebody else may take it: two hours after the latest claim.
    /// NL: vervalt op.
    pub expires_at: DateTimeUtc,
}

//! That VNG confirmed a half-year report. NL: bevestiging van een halfjaarrapportage.

fact_table! {
    "regional_report_review":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The half year, as in `2026-2`. NL: halfjaar.
    pub half: String,
    /// The number of the version, from 1. NL: versie.
    pub version: i32,
    /// When it was confirmed, UTC. NL: bevestigd op.
    pub confirmed_at: DateTimeUtc,
}

//! A half-year report of a region. NL: halfjaarrapportage.

fact_table! {
    "regional_report":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The half year, as in `2026-2`. NL: halfjaar.
    pub half: String,
    /// The number of the version, from 1. NL: versie.
    pub version: i32,
    /// The id of the progress in `free_text`. NL: voortgang.
    pub progress_text: Uuid,
    /// The id of the particulars in `free_text`. NL: bijzonderheden.
    pub particulars_text: Uuid,
    /// The id of the bottlenecks in `free_text`. NL: knelpunten.
    pub bottlenecks_text: Uuid,
    /// When it was submitted, UTC. NL: ingediend op.
    pub submitted_at: DateTimeUtc,
}

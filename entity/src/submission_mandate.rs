//! That a municipality lets a region submit for it, from `valid_from` until `valid_to`. NL:
//! indieningsmandaat.

fact_table! {
    "submission_mandate":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The code of the region, as in `VR14`. NL: regio.
    pub area: String,
}

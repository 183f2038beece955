//! An area that reports for its members. NL: rapporterende regio.

fact_table! {
    "reporting_region":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
}

//! A meeting that a region held. NL: bijeenkomst van een regio.

fact_table! {
    "regional_meeting":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The day. NL: datum.
    pub held_on: Date,
    /// `OFFICIAL` or `EXECUTIVE`. NL: soort overleg.
    pub kind: String,
}

//! A municipality being a member of an area. NL: indeling.

fact_table! {
    "area_membership":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The CBS code of the member, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
}

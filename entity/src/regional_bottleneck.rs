//! A bottleneck that a region met. NL: knelpunt.

fact_table! {
    "regional_bottleneck":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The number within the area, from 1. NL: volgnummer.
    pub number: i32,
    /// The id of what it is in `free_text`. NL: omschrijving.
    pub remark_text: Uuid,
    /// The key of the action of the plan that it stands in the way of, as in `2024/33`. NL: actie.
    pub action: Option<String>,
    /// The key of the partner that takes it up, as in `comensha`. NL: partner.
    pub partner: Option<String>,
}

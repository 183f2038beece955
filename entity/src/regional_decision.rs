//! A decision that a region took or lays before its members. NL: besluit van een regio.

fact_table! {
    "regional_decision":

    /// The code of the area, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The number within the area, from 1. NL: volgnummer.
    pub number: i32,
    /// The id of what was decided in `free_text`. NL: omschrijving.
    pub remark_text: Uuid,
    /// The day of the decision. NL: datum van het besluit.
    pub decided_on: Date,
    /// Whether the municipal executives have to ratify it. NL: te bekrachtigen.
    pub needs_ratification: bool,
}

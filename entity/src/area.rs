//! An area of some kind. NL: gebied.

fact_table! {
    "area":

    /// The code, as in `VR14`; codes of police units (`PE01` to `PE10`) and size classes (`GK01` to
    /// `GK05`) are our own. NL: gebiedscode.
    pub code: String,
    /// The kind: `SAFETY_REGION`, `PROVINCE`, `POLICE_UNIT`, `RIEC`, `COOPERATION_AREA` or
    /// `SIZE_CLASS`. NL: soort gebied.
    pub kind: String,
    /// The name in Dutch, without the kind. NL: naam.
    pub name: String,
    /// The code of the area that this one lies in, as a safety region in its police unit; null when
    /// there is none. NL: bovenliggend gebied.
    pub parent: Option<String>,
}

//! Which action became which. NL: herkomst van een actie.

fact_table! {
    "action_lineage":

    /// The key of the earlier plan version, as in `2023`. NL: planversie van de voorganger.
    pub from_plan: String,
    /// The number of the action in the earlier version. NL: actienummer van de voorganger.
    pub from_number: i32,
    /// The key of the later plan version, as in `2024`. NL: planversie van de opvolger.
    pub to_plan: String,
    /// The number of the action in the later version. NL: actienummer van de opvolger.
    pub to_number: i32,
    /// How sure the link is: `CERTAIN` or `LIKELY`. NL: zekerheid.
    pub confidence: String,
}

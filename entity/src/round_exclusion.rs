//! An action that a round leaves out. NL: actie buiten de ronde.

fact_table! {
    "round_exclusion":

    /// The key of the monitoring round, as in `2025-1`. NL: monitoringsronde.
    pub round: String,
    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number of the action within the plan version. NL: actienummer.
    pub action: i32,
}

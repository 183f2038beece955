//! An action touching a theme. NL: thema van een actie.

fact_table! {
    "action_theme":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The code of the theme. NL: thema.
    pub theme: String,
}

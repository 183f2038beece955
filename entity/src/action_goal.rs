//! An action serving a goal, where the source shows it. NL: doel van een actie.

fact_table! {
    "action_goal":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The line of the goal. NL: actielijn.
    pub line: i32,
    /// The number of the goal. NL: doel.
    pub goal: i32,
}

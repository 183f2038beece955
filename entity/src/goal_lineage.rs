//! A goal that a later version of the plan worded anew. NL: herkomst van een doel.

fact_table! {
    "goal_lineage":

    /// The earlier plan version. NL: planversie van de voorganger.
    pub from_plan: String,
    /// Its line. NL: actielijn van de voorganger.
    pub from_line: i32,
    /// Its goal. NL: doel van de voorganger.
    pub from_goal: i32,
    /// The later plan version. NL: planversie van de opvolger.
    pub to_plan: String,
    /// Its line. NL: actielijn van de opvolger.
    pub to_line: i32,
    /// Its goal. NL: doel van de opvolger.
    pub to_goal: i32,
    /// What changed, in Dutch. NL: wijziging.
    pub change_nl: String,
    /// What changed, in English. NL: wijziging in het Engels.
    pub change_en: String,
}

//! A phase or sub-question inside an action. NL: fase.

fact_table! {
    "action_phase":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// The year of the phase; none when the source names none. NL: jaar.
    pub year: Option<i32>,
    /// The subject, in Dutch. NL: onderwerp.
    pub title_nl: String,
    /// The subject, in English. NL: onderwerp in het Engels.
    pub title_en: String,
}

//! What answers a motion: an action, or a change of the plan. NL: uitvoering van een motie.

fact_table! {
    "motion_answer":

    /// The key of the motion. NL: motie.
    pub motion: String,
    /// The place, from 1. NL: volgorde.
    pub position: i32,
    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action that answers it; none for a change of the plan as a whole. NL:
    /// actienummer.
    pub number: Option<i32>,
    /// How it is answered, in Dutch. NL: omschrijving.
    pub text_nl: String,
    /// How it is answered, in English. NL: omschrijving in het Engels.
    pub text_en: String,
}

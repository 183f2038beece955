//! Where a letter introduces an action and tells its reasons. NL: verwijzing naar een toelichting.

fact_table! {
    "action_reference":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// The passage, verbatim. NL: passage.
    pub text_nl: String,
    /// The footnote that ties the passage to the action. NL: voetnoot.
    pub footnote: Option<String>,
}

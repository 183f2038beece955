//! The title of an action as one source prints it. NL: titel per bron.

fact_table! {
    "action_title":

    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number of the action within the plan version. NL: actienummer.
    pub number: i32,
    /// The title as `source_document` prints it, verbatim in Dutch. NL: titel.
    pub title_nl: String,
}

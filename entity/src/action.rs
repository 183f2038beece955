//! An action of a plan version. NL: actie.

fact_table! {
    "action":

    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number within the plan version, 1 or more; another version may give it to another
    /// action. NL: actienummer.
    pub number: i32,
    /// The number of the line of the same plan version that the action belongs to. NL: actielijn.
    pub line: i32,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// Whether the action is new in this plan version. NL: nieuw in deze versie.
    pub is_new: bool,
    /// Why it ended, in Dutch; `valid_to` says when. NL: reden van beëindiging.
    pub end_reason_nl: Option<String>,
    /// Why it ended, in English. NL: reden in het Engels.
    pub end_reason_en: Option<String>,
}

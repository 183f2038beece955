//! What one source prints of one year of an action. NL: uitvoeringsjaar.

fact_table! {
    "action_year":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The year. NL: jaar.
    pub year: i32,
    /// Whether the source says that the action is carried out in that year. NL: uitvoeringsjaar.
    pub planned: String,
    /// Where it is printed: in a sentence or title, as a mark in a year column, or with a status.
    /// NL: plaats in de bron.
    pub place: String,
}

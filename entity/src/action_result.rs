//! What an action reached, as a figure with its unit and qualifier, or in words. NL: resultaat.

fact_table! {
    "action_result":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// The monitoring round that reported it. NL: monitoringsronde.
    pub round: Option<String>,
    /// Whether it is a figure, a thing that was made, or the word that it cannot be measured. NL:
    /// soort.
    pub kind: String,
    /// The figure, or the lower end of a range; none in words. NL: waarde.
    pub value: Option<i32>,
    /// The upper end of a range. NL: bovengrens.
    pub value_to: Option<i32>,
    /// How sure the figure is; NONE without a figure. NL: nauwkeurigheid.
    pub qualifier: String,
    /// The qualifier as printed, as in `ruim`. NL: nauwkeurigheid zoals gedrukt.
    pub qualifier_text: Option<String>,
    /// The unit, in Dutch. NL: eenheid.
    pub unit_nl: Option<String>,
    /// The unit, in English. NL: eenheid in het Engels.
    pub unit_en: Option<String>,
    /// The words of the source, apart; see `free_text`. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// Our translation. NL: vertaling.
    pub summary_en: String,
    /// Who reported it when no document says so: the key of the partner, or `MINISTRY`. NL:
    /// gerapporteerd door.
    pub reported_by: Option<String>,
}

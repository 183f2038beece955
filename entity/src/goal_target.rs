//! A target value of a goal; a goal is met when all of its targets are. NL: streefwaarde.

fact_table! {
    "goal_target":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the line. NL: actielijn.
    pub line: i32,
    /// The number of the goal. NL: doel.
    pub goal: i32,
    /// The place within the goal, from 1. NL: volgorde.
    pub position: i32,
    /// Whether it is a rise in per cent or a number. NL: soort.
    pub kind: String,
    /// How the value is meant. NL: richting.
    pub direction: String,
    /// The value, or the lower end. NL: waarde.
    pub value: i32,
    /// The upper end of a range. NL: bovengrens.
    pub value_to: Option<i32>,
    /// Of what, in Dutch. NL: eenheid.
    pub unit_nl: String,
    /// Of what, in English. NL: eenheid in het Engels.
    pub unit_en: String,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Whether there is a baseline to compare with: the sources give none, are measuring it, or
    /// none is needed for a count. NL: nulmeting.
    pub baseline_state: String,
}

//! A figure that an action must keep to: so many times a year, or a service norm. NL: verplichting.

fact_table! {
    "obligation":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action. NL: actienummer.
    pub number: i32,
    /// The place within the action, from 1. NL: volgorde.
    pub position: i32,
    /// Whether it recurs each year or is a norm of service. NL: soort.
    pub kind: String,
    /// The figure: a minimum per year, or the norm. NL: waarde.
    pub value: i32,
    /// The unit, in Dutch. NL: eenheid.
    pub unit_nl: String,
    /// The unit, in English. NL: eenheid in het Engels.
    pub unit_en: String,
    /// The words of the source, verbatim. NL: tekst van de bron.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
}

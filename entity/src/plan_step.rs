//! How a version of the plan came about, step by step. NL: totstandkoming.

fact_table! {
    "plan_step":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The place in the order of time, from 1. NL: volgorde.
    pub position: i32,
    /// Whether the step tells a state of the version, a method or a group that was consulted. NL:
    /// soort.
    pub kind: String,
    /// The state that the version came into; only of kind STATE. NL: stand.
    pub state: Option<String>,
    /// When, as printed. NL: datum zoals gedrukt.
    pub date_text: Option<String>,
    /// First day that it may be. NL: vroegste datum.
    pub date_earliest: Option<Date>,
    /// Last day that it may be. NL: laatste datum.
    pub date_latest: Option<Date>,
    /// What happened, in Dutch. NL: omschrijving.
    pub text_nl: String,
    /// What happened, in English. NL: omschrijving in het Engels.
    pub text_en: String,
}

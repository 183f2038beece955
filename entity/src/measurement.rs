//! A measurement of an indicator in one group: a baseline, or a later one. NL: meting.

fact_table! {
    "measurement":

    /// The key. NL: sleutel.
    pub key: String,
    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the action that measures. NL: actie.
    pub action: Option<i32>,
    /// The line of the goal that it belongs to. NL: actielijn.
    pub line: Option<i32>,
    /// The number of that goal. NL: doel.
    pub goal: Option<i32>,
    /// The target of that goal. NL: streefwaarde.
    pub target: Option<i32>,
    /// Which measurement it is. NL: soort meting.
    pub kind: String,
    /// The group that is measured, as printed. NL: groep.
    pub group_nl: Option<String>,
    /// The group, in English. NL: groep in het Engels.
    pub group_en: Option<String>,
    /// How far the measurement is. NL: stand.
    pub state: String,
    /// The figure; none while it runs. NL: waarde.
    pub value: Option<i32>,
    /// The unit, in Dutch. NL: eenheid.
    pub unit_nl: Option<String>,
    /// The unit, in English. NL: eenheid in het Engels.
    pub unit_en: Option<String>,
    /// The day of the measurement. NL: meetdatum.
    pub measured_on: Option<Date>,
    /// The date as printed. NL: datum zoals gedrukt.
    pub date_text: Option<String>,
    /// The words of the source, apart; see `free_text`. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// Our translation. NL: vertaling.
    pub summary_en: String,
    /// Who reported it when no document says so: the key of the partner, or `MINISTRY`. NL:
    /// gerapporteerd door.
    pub reported_by: Option<String>,
}

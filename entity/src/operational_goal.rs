//! What a line wants to have reached by when. NL: operationeel doel.

fact_table! {
    "operational_goal":

    /// The key of the plan version. NL: planversie.
    pub plan: String,
    /// The number of the line. NL: actielijn.
    pub line: i32,
    /// The number within the line, in the order of print; 0 is the overarching goal. NL: nummer.
    pub number: i32,
    /// Whether it is the overarching goal of the line. NL: overkoepelend doel.
    pub is_overarching: bool,
    /// The goal, verbatim. NL: doel.
    pub text_nl: String,
    /// Our translation. NL: vertaling.
    pub text_en: String,
    /// The start as printed, as in `Vanaf 2025`. NL: begin zoals gedrukt.
    pub starts_text: Option<String>,
    /// First day of the period. NL: begindatum.
    pub starts_on: Option<Date>,
    /// The deadline as printed, as in `Eind 2026`. NL: einddatum zoals gedrukt.
    pub deadline_text: Option<String>,
    /// Last day to reach it: an unknown day counts from the end of its year. NL: einddatum.
    pub deadline_on: Option<Date>,
}

//! A figure as a document prints it. NL: gepubliceerd aantal.

fact_table! {
    "published_count":

    /// The key of the monitoring round, as in `2025-1`. NL: monitoringsronde.
    pub round: String,
    /// The number of the line as text, as in `4`, or `TOTAL` for all lines together. NL: actielijn.
    pub line: String,
    /// What is counted: the status by its code, as in `COMPLETED`, or `TOTAL` for all actions of
    /// the round. NL: soort aantal.
    pub measure: String,
    /// The number of actions as printed, 0 or more. NL: gepubliceerd aantal.
    pub value: i32,
}

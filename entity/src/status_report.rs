//! The status of an action in a round. NL: stand van zaken.

fact_table! {
    "status_report":

    /// The key of the monitoring round, as in `2025-1`. NL: monitoringsronde.
    pub round: String,
    /// The key of the plan version, as in `2024`. NL: planversie.
    pub plan: String,
    /// The number of the action within the plan version. NL: actienummer.
    pub action: i32,
    /// The status: `COMPLETED`, `IN_PROGRESS`, `IN_PROGRESS_DELAYED`, `ONGOING` or `NOT_STARTED`.
    /// NL: status.
    pub status: String,
    /// The id of the explanation in `free_text`, verbatim in Dutch; null when the overview gives
    /// none. NL: toelichting.
    pub explanation_text: Option<Uuid>,
    /// The years that the overview prints with the status, as printed, as in `2024–2027`; null
    /// where it prints none. NL: looptijd.
    pub period_text: Option<String>,
    /// How long the delay is, as printed in Dutch, as in `3 maanden`; null when the source does not
    /// say. NL: omvang van de vertraging.
    pub delay_amount_text: Option<String>,
    /// Why there is a delay, as printed in Dutch; null unless `delay_cause_state` is `GIVEN`. NL:
    /// oorzaak van de vertraging.
    pub delay_cause_nl: Option<String>,
    /// Whether the cause is known: `GIVEN` or `NOT_IN_SOURCE`; null unless the status is
    /// `IN_PROGRESS_DELAYED`. NL: bekendheid van de oorzaak.
    pub delay_cause_state: Option<String>,
    /// Who reported it when no document says so: the key of the partner, or `MINISTRY`. NL:
    /// gerapporteerd door.
    pub reported_by: Option<String>,
}

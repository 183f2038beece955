//! A line of a list of participants. NL: deelnemer.

fact_table! {
    "event_participant":

    /// The key of the event. NL: bijeenkomst.
    pub event: String,
    /// The place in the list, from 1. NL: volgorde.
    pub position: i32,
    /// The line as printed. NL: zoals gedrukt.
    pub printed: String,
    /// The key of the partner; none when the line is no organisation. NL: partner.
    pub partner: Option<String>,
}

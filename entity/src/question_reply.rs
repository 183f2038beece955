//! What was replied to a question of VNG. NL: antwoord op een vraag.

fact_table! {
    "question_reply":

    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
    pub period: String,
    /// The number of the question. NL: nummer van de vraag.
    pub question: i32,
    /// The id of the reply in `free_text`. NL: antwoord.
    pub reply_text: Uuid,
    /// The organisation that replied, by code. NL: beantwoord door.
    pub replied_by: String,
    /// The instant, UTC. NL: beantwoord op.
    pub replied_at: DateTimeUtc,
}

//! An answer of a draft. NL: conceptantwoord.

table! {
    "work"."draft_answer":

    primary key {
        /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
        pub municipality: String,
        /// The key of the reporting period, as in `2026-2`. NL: rapportageperiode.
        pub period: String,
        /// The code of the criterion within the edition, as in `BB-03`. NL: code van het criterium.
        pub criterion: String,
    }

    /// The answer: `MET`, `PARTLY_MET`, `NOT_MET`, `NOT_APPLICABLE` or `UNKNOWN`, which takes an
    /// earlier answer back. NL: antwoord.
    pub answer: String,
    /// The explanation, never empty; null when there is none. NL: toelichting.
    pub explanation: Option<String>,
    /// How often the answer was saved, from 1; another save must name it. NL: revisie.
    pub revision: i32,
    /// The role that saved it last: `MUNICIPALITY` or `REGION`. NL: gewijzigd door.
    pub changed_by_role: String,
    /// The instant of the last save, UTC. NL: gewijzigd op.
    pub changed_at: DateTimeUtc,
    /// The evidence, as a list of objects. NL: bewijs.
    pub evidence: Json,
    /// The period that it was carried over from, and waits to be confirmed; null once it was saved.
    /// NL: overgenomen uit.
    pub carried_from: Option<String>,
}

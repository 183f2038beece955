//! What VNG says of a version of a regional answer. NL: controle van een regionaal antwoord.

fact_table! {
    "regional_review":

    /// The code of the area that answers, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The code of the edition of the framework, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The code of the criterion within the edition, as in `OH-01`. NL: criterium.
    pub criterion: String,
    /// The number of the version within area and criterion, from 1. NL: versie.
    pub version: i32,
    /// `QUESTIONED`, `RETURNED` or `CONFIRMED`. NL: uitkomst.
    pub outcome: String,
    /// The id of the question or the reason in `free_text`; null for a confirmation. NL: opmerking.
    pub remark_text: Option<Uuid>,
    /// When it was said, UTC. NL: tijdstip.
    pub decided_at: DateTimeUtc,
}

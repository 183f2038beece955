//! Evidence of a regional answer. NL: bewijsstuk bij een regionaal antwoord.

fact_table! {
    "regional_evidence":

    /// The code of the area that answers, as in `VR14`. NL: gebiedscode.
    pub area: String,
    /// The code of the edition of the framework, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The code of the criterion within the edition, as in `OH-01`. NL: criterium.
    pub criterion: String,
    /// The number of the version within area and criterion, from 1. NL: versie.
    pub version: i32,
    /// The place among the evidence of the version, from 1. NL: volgnummer.
    pub position: i32,
    /// The kind of evidence, one that the criterion names. NL: soort bewijs.
    pub kind: String,
    /// The id of the title in `free_text`. NL: titel.
    pub title_text: Uuid,
    /// Where it stands, an address that begins with `https://`; null when a reference is given. NL:
    /// webadres.
    pub address: Option<String>,
    /// The id of the reference in `free_text`, as a case number; null when an address is given. NL:
    /// kenmerk.
    pub reference_text: Option<Uuid>,
    /// The day that the evidence is of. NL: datum van het bewijs.
    pub effective_on: Date,
    /// When it was received, UTC; never changes. NL: ontvangen op.
    pub received_at: DateTimeUtc,
}

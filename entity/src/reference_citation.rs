//! A paper, report or law that a source document cites. NL: verwijzing.

fact_table! {
    "reference_citation":

    /// The key, as in `kst-28638-247`. NL: sleutel.
    pub key: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// The citation as printed. NL: verwijzing zoals gedrukt.
    pub text_nl: String,
    /// The number of the parliamentary dossier. NL: dossier.
    pub dossier: Option<String>,
    /// The number within the dossier. NL: nummer.
    pub number: Option<String>,
    /// The session of parliament, as in `2023/24`. NL: vergaderjaar.
    pub session: Option<String>,
    /// What it is cited for, in Dutch. NL: waarover.
    pub about_nl: Option<String>,
    /// What it is cited for, in English. NL: waarover in het Engels.
    pub about_en: Option<String>,
}

//! An organisation that takes part, or a group of them. NL: partner.

fact_table! {
    "partner":

    /// The key, as in `comensha`. NL: sleutel.
    pub key: String,
    /// The name. NL: naam.
    pub name: String,
    /// The name in English, or the name again. NL: naam in het Engels.
    pub name_en: String,
    /// The kind. NL: soort.
    pub kind: String,
    /// Other names and spellings by which it is found. NL: andere namen.
    pub aliases: Vec<String>,
    /// The CBS code, of a municipality. NL: gemeente.
    pub municipality: Option<String>,
    /// The code of the area that it works in. NL: gebied.
    pub area: Option<String>,
    /// The https address, where a source prints one. NL: website.
    pub website: Option<String>,
}

//! A function in the approach to human trafficking: what it does and does not do. NL: functie.

fact_table! {
    "function_role":

    /// The code. NL: code.
    pub code: String,
    /// The place in the order. NL: volgorde.
    pub position: i32,
    /// The name, in Dutch. NL: naam.
    pub title_nl: String,
    /// The name, in English. NL: naam in het Engels.
    pub title_en: String,
    /// The level at which it works. NL: niveau.
    pub level: String,
    /// What it does, verbatim. NL: taken.
    pub does_nl: String,
    /// Our translation. NL: vertaling van de taken.
    pub does_en: String,
    /// What it does not do, verbatim; none where the source names nothing. NL: wat de functie niet
    /// doet.
    pub does_not_nl: Option<String>,
    /// Our translation. NL: vertaling daarvan.
    pub does_not_en: Option<String>,
}

//! A municipality over one period of validity. NL: gemeente.

fact_table! {
    "municipality":

    /// The code of Statistics Netherlands, `GM` and four digits, as in `GM0402`. NL: CBS-code.
    pub code: String,
    /// The official name. NL: naam.
    pub name: String,
    /// The name, with its province's sign where two municipalities have one name, as in `Bergen
    /// (NH.)`. NL: eenduidige naam.
    pub label: String,
    /// Other names by which it is found, as in `Den Haag`; may be empty. NL: andere namen.
    pub aliases: Vec<String>,
}

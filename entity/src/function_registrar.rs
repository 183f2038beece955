//! A partner whom VNG named to record who fills a function. NL: partner die functies registreert.

fact_table! {
    "function_registrar":

    /// The key of the partner, as in `comensha`. NL: partner.
    pub partner: String,
}

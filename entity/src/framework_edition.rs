//! An edition of the framework. NL: editie van het VNG-kader.

fact_table! {
    "framework_edition":

    /// The code, as in `VOORSTEL-1`. NL: code.
    pub code: String,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// How far the edition is: `PROPOSED`, `ENDORSED` (by VNG) or `RETIRED`. NL: stand van de
    /// editie.
    pub state: String,
    /// The code of the rule set by which it is judged, as in `VOORSTEL-1`. NL: regelset.
    pub rule_set: String,
    /// Months after its adoption or revision in which a policy must be renewed, 1 or more. NL:
    /// termijn in maanden.
    pub norm_months: i32,
    /// Whether VNG has endorsed that term; only then may a policy be called overdue by it in
    /// public. NL: termijn vastgesteld.
    pub norm_endorsed: bool,
    /// Months in which the policy of a predecessor counts for a new municipality, 0 or more. NL:
    /// overgangstermijn in maanden.
    pub inheritance_grace_months: i32,
}

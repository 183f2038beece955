//! A decision to adopt a policy. NL: vaststelling.

fact_table! {
    "policy_adoption":

    /// The key of the policy document, as in `de-bilt-2024`. NL: beleidsdocument.
    pub policy: String,
    /// The CBS code of the municipality that adopted it, as in `GM0310`; null when the source does
    /// not name it, and then it counts for nobody. NL: gemeentecode.
    pub municipality: Option<String>,
    /// Who decided: `MUNICIPAL_EXECUTIVE` (NL: college van B&W) or `MUNICIPAL_COUNCIL` (NL:
    /// gemeenteraad); null when the source does not say.
    pub body: Option<String>,
    /// The day of the decision; null when the source does not say. NL: vastgesteld op.
    pub adopted_on: Option<Date>,
    /// The first day on which it is in force; null when the source does not say. NL:
    /// inwerkingtreding.
    pub in_force_on: Option<Date>,
    /// The day of publication as the source gives it; null when it gives none. NL: bekendmaking.
    pub published_on_text: Option<String>,
    /// The official publication, as in `gmb-2024-84827` or `CVDR738954`; null when the source gives
    /// none. NL: kenmerk.
    pub reference: Option<String>,
}

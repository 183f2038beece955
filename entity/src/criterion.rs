//! A criterion of an edition. NL: criterium.

fact_table! {
    "criterion":

    /// The code of the framework edition, as in `VOORSTEL-1`. NL: editie.
    pub edition: String,
    /// The code within the edition, as in `BB-01`. NL: code.
    pub code: String,
    /// The code of its theme in the same edition, as in `BB`. NL: thema.
    pub theme: String,
    /// The place in the order of the edition, from 1. NL: volgorde.
    pub position: i32,
    /// The level: `BASIC` (NL: basis) or `ADVANCED` (NL: verdieping). NL: niveau
    /// (in het kader: plateau).
    pub level: String,
    /// Whether it counts for the verdict. NL: vereist.
    pub required: bool,
    /// Who answers it: `MUNICIPALITY`, `REGION`, or `COMPUTED` from registered adoptions. NL: wie
    /// antwoordt.
    pub answered_by: String,
    /// At which level it can be met: `LOCAL_ONLY`, `REGIONAL_ALLOWED`, `REGIONAL_ONLY` or
    /// `REGIONAL_DOCUMENT_LOCAL_ADOPTION`. NL: reikwijdte.
    pub scope: String,
    /// Whether `NOT_APPLICABLE` is an answer. NL: niet van toepassing toegestaan.
    pub not_applicable_allowed: bool,
    /// Months after which evidence is called stale, 1 or more; it still counts. NL:
    /// herzieningstermijn in maanden.
    pub review_months: i32,
    /// The title in Dutch. NL: titel.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// What must be so for it to be met, in Dutch. NL: tekst.
    pub text_nl: String,
    /// What must be so for it to be met, in English.
    pub text_en: String,
    /// Codes of evidence that fits, as in `POLICY_DOCUMENT`; may be empty. NL: soorten bewijs.
    pub evidence_kinds: Vec<String>,
    /// What it rests on: `NEED_IN_SOURCE`, `TOPIC_IN_SOURCE`, `OUR_PROPOSAL` or `ADOPTED_BY_VNG`.
    /// NL: grondslag.
    pub basis: String,
    /// Which sources it rests on, in English; null when there is nothing to add. NL: toelichting op
    /// de grondslag.
    pub basis_note: Option<String>,
}

//! A new edition of the framework as a client writes it.

use async_graphql::InputObject;
use domain::{
    framework::{
        codes::{CriterionBasis, CriterionLevel},
        rules::ProposedCriterion,
    },
    verdict::rules::{AnsweredBy, CriterionScope},
};
use graphql::{coded::Coded, payload::IdempotencyKey};
use register::sources::input::SourceInput;

use super::append_edition::{NewCriterion, NewTheme};

/// A theme of a new edition. NL: thema.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ThemeInput {
    /// The code, as in `BB`. NL: code.
    code: String,
    /// The title in Dutch, 1 to 200 characters. NL: titel.
    title_nl: String,
    /// The title in English, 1 to 200 characters. NL: titel in het Engels.
    title_en: String,
}

/// A criterion that changes or comes. NL: criterium.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct CriterionInput {
    /// The code within the new edition, as in `BB-03`. NL: code.
    code: String,
    /// Codes of the old edition that it takes the place of; empty when it is new. NL: in plaats
    /// van.
    #[graphql(default)]
    replaces: Vec<String>,
    /// The code of its theme. NL: thema.
    theme: String,
    /// The level. NL: niveau (in het kader: plateau).
    level: Coded<CriterionLevel>,
    /// Whether it counts for the verdict. NL: vereist.
    required: bool,
    /// Who answers it. NL: wie antwoordt.
    answered_by: Coded<AnsweredBy>,
    /// At which level it can be met. NL: reikwijdte.
    scope: Coded<CriterionScope>,
    /// Whether "not applicable" is an answer. NL: niet van toepassing toegestaan.
    #[graphql(default = false)]
    not_applicable_allowed: bool,
    /// Months after which evidence is called stale, 1 to 240. NL: herzieningstermijn in maanden.
    review_months: i32,
    /// The title in Dutch, 1 to 200 characters. NL: titel.
    title_nl: String,
    /// The title in English, 1 to 200 characters. NL: titel in het Engels.
    title_en: String,
    /// What must be so for it to be met, in Dutch, 1 to 4,000 characters. NL: tekst.
    text_nl: String,
    /// The same in English, 1 to 4,000 characters. NL: tekst in het Engels.
    text_en: String,
    /// Codes of evidence that fits, as in `POLICY_DOCUMENT`. NL: soorten bewijs.
    #[graphql(default)]
    evidence_kinds: Vec<String>,
    /// What it rests on. NL: grondslag.
    basis: Coded<CriterionBasis>,
}

/// A new edition as a whole, or a proposal once more while nothing rests on it. Each criterion of
/// the old one is carried, replaced or dropped; where one stands nowhere, the edition is refused.
/// NL: voor te stellen editie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ProposeEditionInput {
    /// The code of the new edition, as in `VOORSTEL-2`. NL: code.
    pub(super) code: String,
    /// The code of the old edition. NL: vorige editie.
    pub(super) from: String,
    /// The title in Dutch, 1 to 200 characters. NL: titel.
    pub(super) title_nl: String,
    /// The title in English, 1 to 200 characters. NL: titel in het Engels.
    pub(super) title_en: String,
    /// Months after its adoption or revision in which a policy must be renewed, 1 to 240. NL:
    /// termijn in maanden.
    pub(super) norm_months: i32,
    /// Months in which the policy of a predecessor counts for a new municipality, 0 to 240. NL:
    /// overgangstermijn in maanden.
    pub(super) inheritance_grace_months: i32,
    /// The themes in their order; leave out to keep those of the old edition. NL: thema's.
    pub(super) themes: Option<Vec<ThemeInput>>,
    /// Codes of criteria that go on as they stand, under the same code. NL: overgenomen.
    pub(super) carried: Vec<String>,
    /// Codes of criteria that go. NL: vervallen.
    #[graphql(default)]
    pub(super) dropped: Vec<String>,
    /// Criteria that change or come. One that changes stands where the first stood that it takes
    /// the place of; a new one stands behind the rest of its theme. NL: gewijzigd of nieuw.
    pub(super) criteria: Vec<CriterionInput>,
    /// The document in which the edition stands; null or left out when there is none. NL: bron.
    pub(super) source: Option<SourceInput>,
    /// Only try: what would become of each criterion and of the verdicts of the last period is told,
    /// and nothing is kept. NL: proefdraaien.
    #[graphql(default = false)]
    pub(super) dry_run: bool,
    /// The `ledger` of the edition that you saw last, to propose it once more as a whole; null or
    /// left out when you saw none, for a new one. NL: verwachte versie.
    pub(super) expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    pub(super) idempotency_key: IdempotencyKey,
}

impl<'a> From<&'a CriterionInput> for ProposedCriterion<'a> {
    fn from(input: &'a CriterionInput) -> Self {
        Self {
            code: &input.code,
            replaces: &input.replaces,
            theme: &input.theme,
            required: input.required,
            answered_by: input.answered_by.0,
            scope: input.scope.0,
            review_months: input.review_months,
            titles: [("titleNl", &input.title_nl), ("titleEn", &input.title_en)],
            texts: [("textNl", &input.text_nl), ("textEn", &input.text_en)],
        }
    }
}

impl From<&ThemeInput> for NewTheme {
    fn from(input: &ThemeInput) -> Self {
        Self {
            code: input.code.clone(),
            title_nl: input.title_nl.clone(),
            title_en: input.title_en.clone(),
        }
    }
}

impl From<&CriterionInput> for NewCriterion {
    fn from(input: &CriterionInput) -> Self {
        Self {
            code: input.code.clone(),
            theme: input.theme.clone(),
            level: input.level.code().to_owned(),
            required: input.required,
            answered_by: input.answered_by.code().to_owned(),
            scope: input.scope.code().to_owned(),
            not_applicable_allowed: input.not_applicable_allowed,
            review_months: input.review_months,
            title_nl: input.title_nl.clone(),
            title_en: input.title_en.clone(),
            text_nl: input.text_nl.clone(),
            text_en: input.text_en.clone(),
            evidence_kinds: input.evidence_kinds.clone(),
            basis: input.basis.code().to_owned(),
            basis_note: None,
        }
    }
}

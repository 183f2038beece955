//! `proposeEdition`, `endorseEdition`: how an edition of the framework comes, counts and goes.
//!
//! A new edition is proposed as a whole, with what becomes of each criterion of the old one.
//! Endorsing it is VNG's decision; whether the term of months is endorsed with it is a decision of
//! its own, because only an endorsed term may be told in public. An edition that it takes the place
//! of retires with it, once no period under it is to come or open.

use async_graphql::InputObject;
use database::{DbError, Session};
use entity::{criterion, framework_edition};

use super::{
    errors::{FrameworkEditionError, FrameworkEditionErrorCode as Code},
    repo::{self, NewCriterion, NewEdition, NewState, NewTheme},
    schema::FrameworkEdition,
};
use domain::{
    framework::{
        codes::{CriterionBasis, CriterionLevel},
        lineage::lineage,
        order::{Placed, order},
        rules::{self, OldCriterion, Proposed, ProposedCriterion},
    },
    mistake::Mistake,
    policy,
    verdict::rules::{AnsweredBy, CriterionScope},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};
use register::sources::input::{SourceInput, source_mistakes};

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

/// A new edition as a whole. Each criterion of the old one is carried, replaced or dropped; where
/// one stands nowhere, the edition is refused. NL: voor te stellen editie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ProposeEditionInput {
    /// The code of the new edition, as in `VOORSTEL-2`. NL: code.
    code: String,
    /// The code of the old edition. NL: vorige editie.
    from: String,
    /// The title in Dutch, 1 to 200 characters. NL: titel.
    title_nl: String,
    /// The title in English, 1 to 200 characters. NL: titel in het Engels.
    title_en: String,
    /// Months after its adoption or revision in which a policy must be renewed, 1 to 240. NL:
    /// termijn in maanden.
    norm_months: i32,
    /// Months in which the policy of a predecessor counts for a new municipality, 0 to 240. NL:
    /// overgangstermijn in maanden.
    inheritance_grace_months: i32,
    /// The themes in their order; leave out to keep those of the old edition. NL: thema's.
    themes: Option<Vec<ThemeInput>>,
    /// Codes of criteria that go on as they stand, under the same code. NL: overgenomen.
    carried: Vec<String>,
    /// Codes of criteria that go. NL: vervallen.
    #[graphql(default)]
    dropped: Vec<String>,
    /// Criteria that change or come. One that changes stands where the first stood that it takes
    /// the place of; a new one stands behind the rest of its theme. NL: gewijzigd of nieuw.
    criteria: Vec<CriterionInput>,
    /// The document in which the edition stands; null or left out when there is none. NL: bron.
    source: Option<SourceInput>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a proposal. NL: resultaat.
    ProposeEditionPayload {
        /// The new edition; null when it was not proposed. NL: editie.
        edition: FrameworkEdition,
        /// What to repair; empty when it was proposed. NL: fouten.
        errors: FrameworkEditionError,
    }
}

/// An edition to endorse. NL: vast te stellen editie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndorseEditionInput {
    /// The code of the edition. NL: editie.
    edition: String,
    /// Whether the term of months after which a policy must be renewed is endorsed too; only then
    /// may a policy be called overdue by it in public. NL: termijn vastgesteld.
    norm_endorsed: bool,
    /// Codes of editions that retire with it. NL: vervallen edities.
    #[graphql(default)]
    retires: Vec<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of an endorsement. NL: resultaat.
    EndorseEditionPayload {
        /// The edition; null when it was not endorsed. NL: editie.
        edition: FrameworkEdition,
        /// What to repair; empty when it was endorsed. NL: fouten.
        errors: FrameworkEditionError,
    }
}

/// Proposes a new edition; gives its code.
pub(super) async fn propose(
    request: &RequestContext,
    input: &ProposeEditionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("proposeEdition", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let mut mistakes = Vec::new();
    if repo::find_edition(session, &input.code).await?.is_some() {
        mistakes.push(Mistake::at(
            Code::AlreadyExists,
            &["code"],
            "Deze editie bestaat al.",
            "This edition exists already.",
        ));
    }
    let Some(old) = repo::find_edition(session, &input.from).await? else {
        mistakes.push(Mistake::at(
            Code::UnknownEdition,
            &["from"],
            "Deze editie is niet bekend.",
            "This edition is not known.",
        ));
        return Err(Stopped::Wrong(mistakes));
    };
    let old_themes = repo::themes(session, &old.code).await?;
    let old_criteria = repo::criteria(session, &old.code).await?;
    let themes: Vec<NewTheme> = match &input.themes {
        Some(themes) => themes.iter().map(NewTheme::from).collect(),
        None => old_themes.into_iter().map(NewTheme::from).collect(),
    };
    let proposed = Proposed {
        code: &input.code,
        titles: [("titleNl", &input.title_nl), ("titleEn", &input.title_en)],
        norm_months: input.norm_months,
        inheritance_grace_months: input.inheritance_grace_months,
        carried: &input.carried,
        dropped: &input.dropped,
        criteria: input.criteria.iter().map(ProposedCriterion::from).collect(),
        themes: themes.iter().map(|theme| theme.code.as_str()).collect(),
    };
    let known: Vec<OldCriterion<'_>> = old_criteria.iter().map(to_old).collect();
    let wrong = rules::mistakes(&proposed, &known);
    mistakes.extend(wrong.into_iter().map(Mistake::into_code));
    mistakes.extend(lost_theme_mistakes(&input.carried, &old_criteria, &themes));
    let source = input.source.as_ref();
    mistakes.extend(source_mistakes(session, source, Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let criteria = order(&proposed, &known)
        .into_iter()
        .map(|place| match place {
            Placed::Carried(index) => NewCriterion::from(&old_criteria[index]),
            Placed::Proposed(index) => NewCriterion::from(&input.criteria[index]),
        });
    let new = NewEdition {
        code: &input.code,
        from: &old,
        titles: (&input.title_nl, &input.title_en),
        norm_months: input.norm_months,
        inheritance_grace_months: input.inheritance_grace_months,
        themes,
        criteria: criteria.collect(),
        lineage: lineage(&proposed, &known),
        source: source.map(SourceInput::pair),
    };
    repo::append_edition(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, input.code.as_str()).await?)
}

fn to_old(row: &criterion::Model) -> OldCriterion<'_> {
    OldCriterion {
        code: &row.code,
        theme: &row.theme,
        required: row.required,
    }
}

/// That criteria would go on whose theme does not.
fn lost_theme_mistakes(
    carried: &[String],
    old_criteria: &[criterion::Model],
    themes: &[NewTheme],
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    for (i, code) in carried.iter().enumerate() {
        let row = old_criteria.iter().find(|row| row.code == *code);
        if row.is_some_and(|row| !themes.iter().any(|theme| theme.code == row.theme)) {
            mistakes.push(Mistake::at(
                Code::UnknownTheme,
                &["carried", &i.to_string()],
                "Het thema van dit criterium gaat niet mee.",
                "The theme of this criterion does not go on.",
            ));
        }
    }
    mistakes
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

/// Why an edition cannot be endorsed as the input says.
fn edition_mistake(
    input: &EndorseEditionInput,
    edition: Option<&framework_edition::Model>,
) -> Option<Mistake<Code>> {
    let (code, field, nl, en) = match edition {
        None => (
            Code::UnknownEdition,
            "edition",
            "Deze editie is niet bekend.",
            "This edition is not known.",
        ),
        Some(row) if row.state == "RETIRED" => (
            Code::EditionRetired,
            "edition",
            "Deze editie is vervallen.",
            "This edition is retired.",
        ),
        Some(row) if row.norm_endorsed && !input.norm_endorsed => (
            Code::NormStaysEndorsed,
            "normEndorsed",
            "De termijn is al vastgesteld en blijft dat.",
            "The term is endorsed already and stays so.",
        ),
        Some(row) if row.state == "ENDORSED" && row.norm_endorsed == input.norm_endorsed => (
            Code::AlreadyEndorsed,
            "edition",
            "Deze editie is al vastgesteld.",
            "This edition is endorsed already.",
        ),
        Some(_) => return None,
    };
    Some(Mistake::at(code, &[field], nl, en))
}

/// The editions that retire with an endorsement; what speaks against it are mistakes.
async fn find_retiring(
    session: &Session,
    input: &EndorseEditionInput,
    mistakes: &mut Vec<Mistake<Code>>,
) -> Result<Vec<framework_edition::Model>, DbError> {
    let mut retiring = Vec::new();
    for (i, code) in input.retires.iter().enumerate() {
        let mut wrong = |error, nl: &str, en: &str| {
            mistakes.push(Mistake::at(error, &["retires", &i.to_string()], nl, en));
        };
        if *code == input.edition {
            wrong(
                Code::ReplacesItself,
                "Een editie komt niet in de plaats van zichzelf.",
                "An edition does not take the place of itself.",
            );
            continue;
        }
        match repo::find_edition(session, code).await? {
            None => wrong(
                Code::UnknownEdition,
                "Deze editie is niet bekend.",
                "This edition is not known.",
            ),
            Some(row) if row.state == "RETIRED" => wrong(
                Code::EditionRetired,
                "Deze editie is al vervallen.",
                "This edition is retired already.",
            ),
            Some(row) => {
                if repo::has_open_period(session, code, session.today()).await? {
                    wrong(
                        Code::PeriodNotClosed,
                        "Onder deze editie is nog een periode open of gepland.",
                        "A period under this edition is still open or to come.",
                    );
                }
                retiring.push(row);
            }
        }
    }
    Ok(retiring)
}

/// Endorses an edition; gives its code.
pub(super) async fn endorse(
    request: &RequestContext,
    input: &EndorseEditionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("endorseEdition", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let edition = repo::find_edition(session, &input.edition).await?;
    let mut mistakes = Vec::from_iter(edition_mistake(input, edition.as_ref()));
    let retiring = find_retiring(session, input, &mut mistakes).await?;
    stop_at(mistakes)?;
    if let Some(row) = edition {
        let state = NewState::Endorsed {
            norm_endorsed: input.norm_endorsed,
        };
        repo::append_state(&mut change.writer, &change.permit, &row, state).await?;
    }
    for row in retiring {
        repo::append_state(&mut change.writer, &change.permit, &row, NewState::Retired).await?;
    }
    // Whether the criteria are provisional stands in the grounds of every verdict under them.
    judge_anew(&mut change.writer, &Concerned::everyone()).await?;
    Ok(change.seal(request, input.edition.as_str()).await?)
}

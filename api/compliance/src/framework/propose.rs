//! `proposeEdition`: how an edition of the framework comes, and is changed while it is a proposal.
//!
//! An edition is proposed as a whole, with what becomes of each criterion of the old one. While it
//! is a proposal on which nothing rests, it can be proposed once more: then the whole takes the
//! place of what stood.

use async_graphql::SimpleObject;
use database::{DbError, Session};
use entity::{criterion, framework_edition};

use super::{
    append_edition::{self, NewCriterion, NewEdition, NewTheme, Recorded},
    edition_input::ProposeEditionInput,
    errors::{FrameworkEditionError, FrameworkEditionErrorCode as Code},
    repo,
    schema::FrameworkEdition,
    tried::{ProposedVerdicts, ToTry},
};
use domain::{
    framework::{
        codes::Change as CriterionChange,
        lineage::{Lineage, lineage},
        order::{Placed, order},
        rules::{self, OldCriterion, Proposed, ProposedCriterion},
    },
    mistake::{Mistake, version_mistake},
    policy,
};
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, stop_at},
    coded::Coded,
    context::RequestContext,
};
use register::sources::input::{SourceInput, source_mistakes};

/// What would become of a criterion. NL: wat er van een criterium wordt.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ProposedChange {
    /// What becomes of it. NL: verandering.
    change: Coded<CriterionChange>,
    /// Its code in the new edition; null when it goes. NL: criterium.
    criterion: Option<String>,
    /// Its code in the old edition; null when it is new. NL: vorig criterium.
    from: Option<String>,
}

impl From<Lineage> for ProposedChange {
    fn from(row: Lineage) -> Self {
        Self {
            change: row.change.into(),
            criterion: row.criterion,
            from: row.from,
        }
    }
}

/// What became of a proposal. NL: resultaat.
#[derive(SimpleObject, Debug, Default)]
#[graphql(complex)]
pub(crate) struct ProposeEditionPayload {
    /// The edition; null when it was not proposed, as after a dry run. NL: editie.
    pub(super) edition: Option<FrameworkEdition>,
    /// Of a dry run, what would become of each criterion, in the order of the new edition and the
    /// dropped ones last; otherwise empty, for `FrameworkEdition.lineage` tells it. NL: wat er van
    /// de criteria wordt.
    pub(super) changes: Vec<ProposedChange>,
    /// Of a dry run, what the verdicts of the last period under the old edition would be under the
    /// new one; null otherwise, or when no period under it has opened. NL: gevolgen voor de
    /// oordelen.
    pub(super) verdicts: Option<ProposedVerdicts>,
    /// What to repair; empty when it was proposed, or can be. NL: fouten.
    pub(super) errors: Vec<FrameworkEditionError>,
}

graphql::warned! { ProposeEditionPayload }

/// A proposal that was taken in or tried.
pub(super) struct Proposal {
    /// The code of the edition; none after a dry run.
    pub(super) edition: Option<String>,
    /// Of a dry run, what would become of each criterion.
    pub(super) changes: Vec<ProposedChange>,
    /// Of a dry run, what would become of the verdicts of the last period.
    pub(super) verdicts: Option<ProposedVerdicts>,
}

impl Outcome for Proposal {
    fn read(kept: String) -> Option<Self> {
        Some(Self {
            edition: Some(kept),
            changes: Vec::new(),
            verdicts: None,
        })
    }
}

/// Proposes an edition, or tries to.
pub(super) async fn propose(
    request: &RequestContext,
    input: &ProposeEditionInput,
) -> Result<Proposal, Stopped<Code>> {
    let call = Call::of("proposeEdition", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let before = repo::find_edition(session, &input.code).await?;
    let mut mistakes = standing_mistakes(session, input, before.as_ref()).await?;
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
    let proposed = proposed(input, &themes);
    let known: Vec<OldCriterion<'_>> = old_criteria.iter().map(to_old).collect();
    let wrong = rules::mistakes(&proposed, &known);
    mistakes.extend(wrong.into_iter().map(Mistake::into_code));
    mistakes.extend(lost_theme_mistakes(&input.carried, &old_criteria, &themes));
    let source = input.source.as_ref();
    mistakes.extend(source_mistakes(session, source, Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let lineage = lineage(&proposed, &known);
    let places = order(&proposed, &known).into_iter();
    let criteria: Vec<NewCriterion> = places
        .map(|place| match place {
            Placed::Carried(index) => NewCriterion::from(&old_criteria[index]),
            Placed::Proposed(index) => NewCriterion::from(&input.criteria[index]),
        })
        .collect();
    if input.dry_run {
        let tried = ToTry {
            input,
            criteria: &criteria,
            lineage: &lineage,
        };
        return Ok(Proposal {
            edition: None,
            verdicts: tried.verdicts(session, &change.permit).await?,
            changes: lineage.into_iter().map(Into::into).collect(),
        });
    }
    let before = match before {
        Some(edition) => Some(Recorded::find(session, edition).await?),
        None => None,
    };
    let new = NewEdition {
        code: &input.code,
        from: &old,
        titles: (&input.title_nl, &input.title_en),
        norm_months: input.norm_months,
        inheritance_grace_months: input.inheritance_grace_months,
        themes,
        criteria,
        lineage,
        source: source.map(SourceInput::pair),
        before,
    };
    append_edition::append(&mut change.writer, &change.permit, &new).await?;
    Ok(read_outcome(
        change.seal(request, input.code.as_str()).await?,
    )?)
}

/// Why the edition of this code cannot be proposed, or not once more.
async fn standing_mistakes(
    session: &Session,
    input: &ProposeEditionInput,
    before: Option<&framework_edition::Model>,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let Some(before) = before else {
        let version = version_mistake(input.expected_version, None, Code::Conflict);
        return Ok(Vec::from_iter(version));
    };
    if input.expected_version.is_none() {
        return Ok(vec![Mistake::at(
            Code::AlreadyExists,
            &["code"],
            format!(
                "Deze editie bestaat al; noem versie {} om haar opnieuw voor te stellen.",
                before.ledger_no
            ),
            format!(
                "This edition exists already; name version {} to propose it once more.",
                before.ledger_no
            ),
        )]);
    }
    let version = Some(before.ledger_no);
    let mut mistakes = Vec::from_iter(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    if input.from == input.code {
        mistakes.push(Mistake::at(
            Code::ReplacesItself,
            &["from"],
            "Een editie komt niet in de plaats van zichzelf.",
            "An edition does not take the place of itself.",
        ));
    }
    mistakes.extend(unfree_mistake(session, before, "code").await?);
    Ok(mistakes)
}

/// Why an edition can neither be changed nor withdrawn: only a proposal can on which nothing rests,
/// and that was proposed here.
pub(super) async fn unfree_mistake(
    session: &Session,
    edition: &framework_edition::Model,
    field: &str,
) -> Result<Option<Mistake<Code>>, DbError> {
    if edition.state != "PROPOSED" {
        return Ok(Some(Mistake::at(
            Code::EditionNotProposed,
            &[field],
            "Deze editie is geen voorstel meer.",
            "This edition is no proposal any more.",
        )));
    }
    if repo::lineage(session, &edition.code).await?.is_empty() {
        return Ok(Some(Mistake::at(
            Code::EditionOfDataSet,
            &[field],
            "Deze editie staat in de gegevensset; corrigeer haar daar.",
            "This edition is of the data set; correct it there.",
        )));
    }
    let is_used = repo::is_edition_used(session, &edition.code).await?;
    Ok(is_used.then(|| {
        Mistake::at(
            Code::EditionInUse,
            &[field],
            "Een periode, een antwoord van een regio of een andere editie berust op deze editie.",
            "A period, an answer of a region or another edition rests on this edition.",
        )
    }))
}

fn proposed<'a>(input: &'a ProposeEditionInput, themes: &'a [NewTheme]) -> Proposed<'a> {
    Proposed {
        code: &input.code,
        titles: [("titleNl", &input.title_nl), ("titleEn", &input.title_en)],
        norm_months: input.norm_months,
        inheritance_grace_months: input.inheritance_grace_months,
        carried: &input.carried,
        dropped: &input.dropped,
        criteria: input.criteria.iter().map(ProposedCriterion::from).collect(),
        themes: themes.iter().map(|theme| theme.code.as_str()).collect(),
    }
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

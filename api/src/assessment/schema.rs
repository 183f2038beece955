//! `Assessment`, its draft, its versions and their answers.

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};

use super::repo::{self, AnswerRow, DraftAnswer, VersionRow};
use crate::{
    framework::schema::{Criterion, ReportingPeriod, find_criterion, known_period},
    graphql::{
        access::{roles, visible_to},
        context::asking,
        error::Failure,
        id::{self, NodeKind},
        text::TextState,
    },
    policy::{self, Rule},
    territory::{
        MunicipalityCode,
        schema::{Municipality, known_municipality},
    },
    verdict::{
        rules::{AnswerValue, AnsweredBy},
        schema::AnswerValueCode,
    },
};

/// How far an assessment is. NL: stand van de beoordeling.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AssessmentState {
    /// Answers were filled in and nothing was submitted. NL: concept.
    Draft,
    /// A version was submitted and VNG has not decided. NL: ingediend.
    Submitted,
    /// VNG has returned the latest version with questions. NL: teruggegeven.
    Returned,
    /// VNG has confirmed the latest version. NL: bevestigd.
    Confirmed,
}

/// The assessment of a municipality in a period. NL: beoordeling.
#[derive(Debug, Clone)]
pub(crate) struct Assessment {
    municipality: Municipality,
    period: ReportingPeriod,
    versions: Vec<VersionRow>,
    draft: Option<Vec<DraftAnswer>>,
    answers: Vec<AnswerRow>,
    answers_hidden: Option<Rule>,
}

/// The assessment of a municipality in a period. NL: beoordeling.
#[Object]
impl Assessment {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self) -> ID {
        let key = format!("{}/{}", self.municipality.code_text(), self.period.key());
        id::encode(NodeKind::Assessment, &key)
    }

    /// The municipality. NL: gemeente.
    async fn municipality(&self) -> &Municipality {
        &self.municipality
    }

    /// The reporting period. NL: rapportageperiode.
    async fn period(&self) -> &ReportingPeriod {
        &self.period
    }

    /// How far it is. NL: stand.
    async fn state(&self) -> AssessmentState {
        match self.versions.last() {
            None => AssessmentState::Draft,
            Some(version) => match version.outcome.as_deref() {
                None => AssessmentState::Submitted,
                Some("CONFIRMED") => AssessmentState::Confirmed,
                Some(_) => AssessmentState::Returned,
            },
        }
    }

    /// The answers being filled in; null unless you may fill them in. NL: concept.
    #[graphql(directive = visible_to::apply(roles(Rule::FillDraft)))]
    async fn draft(&self) -> Option<AssessmentDraft> {
        self.draft.as_ref().map(|answers| AssessmentDraft {
            edition: self.period.edition_code().to_owned(),
            answers: answers.clone(),
        })
    }

    /// What was submitted, the first version first; a version never changes. NL: ingediende versies.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentVersion>> {
        if let Some(rule) = self.answers_hidden {
            asking(ctx)?.withhold(ctx, rule);
        }
        Ok(self
            .versions
            .iter()
            .map(|version| self.told(version))
            .collect())
    }

    /// The latest submitted version; null while there is none. NL: laatste versie.
    async fn latest_version(&self) -> Option<AssessmentVersion> {
        self.latest()
    }
}

impl Assessment {
    /// The latest submitted version.
    pub(super) fn latest(&self) -> Option<AssessmentVersion> {
        self.versions.last().map(|version| self.told(version))
    }

    /// One submitted version.
    pub(super) fn version(&self, number: i32) -> Option<AssessmentVersion> {
        let version = self
            .versions
            .iter()
            .find(|version| version.number == number)?;
        Some(self.told(version))
    }

    fn told(&self, version: &VersionRow) -> AssessmentVersion {
        let answers: Vec<AnswerRow> = self
            .answers
            .iter()
            .filter(|answer| answer.version == version.number)
            .cloned()
            .collect();
        // A hash of a few answers gives them away to whoever tries them all: it goes with the answers.
        let seen = !answers.is_empty();
        AssessmentVersion {
            number: version.number,
            submitted_at: version.submitted_at,
            on_time: version.on_time,
            edition: version.edition.clone(),
            approved_by_function: seen.then(|| version.approved_by_function.clone()),
            approved_on: seen.then_some(version.approved_on),
            hash: seen.then(|| version.content_hash.clone()),
            receipt: seen.then(|| {
                format!(
                    "STM-{}-{}-{}-{}",
                    self.period.key(),
                    self.municipality.code_text(),
                    version.number,
                    version.content_hash.get(..12).unwrap_or_default()
                )
            }),
            ledger: version.ledger_no,
            confirmed_at: match version.outcome.as_deref() {
                Some("CONFIRMED") => version.decided_at,
                Some(_) | None => None,
            },
            rows: seen.then_some(answers),
        }
    }
}

/// A submitted version; it never changes. NL: ingediende versie.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct AssessmentVersion {
    /// The number, from 1. NL: versienummer.
    number: i32,
    /// The instant of submission, UTC. NL: ingediend op.
    submitted_at: DateTime<Utc>,
    /// Whether it was submitted by the deadline. NL: op tijd.
    on_time: bool,
    /// The edition that it answers, by code. NL: editie.
    edition: String,
    /// The function that approved it, never a person; null when you may not see the answers. NL: akkoord door functie.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    approved_by_function: Option<String>,
    /// The day of that approval; null when you may not see the answers. NL: akkoord op.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    approved_on: Option<NaiveDate>,
    /// SHA-256 of the answers, 64 hexadecimal digits; null when you may not see the answers. NL: controlegetal.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    hash: Option<String>,
    /// What the municipality keeps as proof of submission; null when you may not see the answers. NL: ontvangstbewijs.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)))]
    receipt: Option<String>,
    /// The ledger number of the submission. NL: nummer in het grootboek.
    ledger: i64,
    /// The instant of VNG's confirmation, UTC; null while there is none. NL: bevestigd op.
    confirmed_at: Option<DateTime<Utc>>,
    #[graphql(skip)]
    rows: Option<Vec<AnswerRow>>,
}

impl AssessmentVersion {
    /// The code of the edition that it answers.
    pub(super) fn edition_code(&self) -> &str {
        &self.edition
    }

    /// The criteria that it answers, by code; those taken back do not count.
    pub(super) fn answered(&self) -> Vec<&str> {
        let rows = self.rows.as_deref().unwrap_or_default();
        let given = rows.iter().filter(|row| row.answer != "UNKNOWN");
        given.map(|row| row.criterion.as_str()).collect()
    }
}

#[ComplexObject]
impl AssessmentVersion {
    /// The answers, by criterion; null when you may not see them. NL: antwoorden.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadAnswers)), complexity = "1 + 25 * child_complexity")]
    async fn answers(&self) -> Option<Vec<SubmittedAnswer>> {
        let rows = self.rows.as_ref()?;
        Some(
            rows.iter()
                .map(|row| SubmittedAnswer {
                    code: row.criterion.clone(),
                    answer: answer_code(&row.answer),
                    explanation: row.explanation.clone(),
                    explanation_state: TextState::of(row.was_explained, row.explanation.is_some()),
                    edition: self.edition.clone(),
                })
                .collect(),
        )
    }
}

fn answer_code(code: &str) -> AnswerValueCode {
    AnswerValue::parse(code)
        .unwrap_or(AnswerValue::Unknown)
        .into()
}

/// An answer of a submitted version. NL: ingediend antwoord.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct SubmittedAnswer {
    /// The code of the criterion within its edition. NL: code van het criterium.
    code: String,
    /// The answer. NL: antwoord.
    answer: AnswerValueCode,
    /// The explanation, as submitted; null when there is none or it was redacted by law. NL: toelichting.
    explanation: Option<String>,
    /// Whether there is an explanation, or was one that was blanked by law. NL: stand van de toelichting.
    explanation_state: TextState,
    #[graphql(skip)]
    edition: String,
}

#[ComplexObject]
impl SubmittedAnswer {
    /// The criterion. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &format!("{}/{}", self.edition, self.code)).await
    }
}

/// Answers being filled in. NL: concept.
#[derive(Debug, Clone)]
pub(crate) struct AssessmentDraft {
    edition: String,
    answers: Vec<DraftAnswer>,
}

/// Answers being filled in. NL: concept.
#[Object]
impl AssessmentDraft {
    /// The answers so far, by criterion. NL: antwoorden.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn answers(&self) -> Vec<DraftAnswerView> {
        self.answers
            .iter()
            .map(|row| DraftAnswerView {
                code: row.criterion.clone(),
                answer: answer_code(&row.answer),
                explanation: row.explanation.clone(),
                revision: row.revision,
                changed_by_role: row.changed_by_role.clone(),
                changed_at: row.changed_at,
            })
            .collect()
    }

    /// Required criteria that are yours to answer and have no answer yet. NL: nog te beantwoorden.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn missing(&self, ctx: &Context<'_>) -> Result<Vec<Criterion>> {
        let given = self.answers.iter().filter(|one| one.answer != "UNKNOWN");
        let answered: Vec<&str> = given.map(|one| one.criterion.as_str()).collect();
        missing(ctx, &self.edition, &answered).await
    }
}

/// An answer being filled in. NL: conceptantwoord.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "DraftAnswer")]
pub(crate) struct DraftAnswerView {
    /// The code of the criterion within its edition. NL: code van het criterium.
    code: String,
    /// The answer. NL: antwoord.
    answer: AnswerValueCode,
    /// The explanation; null when there is none. NL: toelichting.
    explanation: Option<String>,
    /// How often it was saved, from 1; hand it over with the next save. NL: revisie.
    revision: i32,
    /// The role that saved it last: `MUNICIPALITY` or `REGION`. NL: gewijzigd door.
    changed_by_role: String,
    /// When it was saved last, UTC. NL: gewijzigd op.
    changed_at: DateTime<Utc>,
}

/// Required criteria that a municipality answers itself and that are not among those answered.
pub(super) async fn missing(
    ctx: &Context<'_>,
    edition: &str,
    answered: &[&str],
) -> Result<Vec<Criterion>> {
    let session = asking(ctx)?.session().await.map_err(Failure::from)?;
    let Some(rules) = crate::verdict::repo::edition(session, edition)
        .await
        .map_err(Failure::from)?
    else {
        return Ok(Vec::new());
    };
    let mut criteria = Vec::new();
    for rule in rules.criteria {
        let is_answered = answered.contains(&rule.code.as_str());
        if rule.required && rule.answered_by == AnsweredBy::Municipality && !is_answered {
            criteria.extend(find_criterion(ctx, &format!("{edition}/{}", rule.code)).await?);
        }
    }
    Ok(criteria)
}

/// Queries of assessments.
#[derive(Default)]
pub(crate) struct AssessmentQuery;

#[Object]
impl AssessmentQuery {
    /// The assessment of a municipality in a period. Null when there is none or you may not see it. `NOT_FOUND` for an
    /// unknown municipality or period. NL: beoordeling.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(directive = visible_to::apply(roles(Rule::ReadSubmissions)))]
    async fn assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] municipality: String,
        #[graphql(desc = "The key of the period, as in `2026-2`. NL: periode.")] period: String,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<Option<Assessment>> {
        let municipality = known_municipality(ctx, &municipality).await?;
        let period = known_period(ctx, &period).await?;
        find(ctx, municipality, period).await
    }
}

/// The assessment, as far as the actor may see it.
pub(super) async fn find(
    ctx: &Context<'_>,
    municipality: Municipality,
    period: ReportingPeriod,
) -> Result<Option<Assessment>> {
    let asking = asking(ctx)?;
    let session = asking.session().await.map_err(Failure::from)?;
    let mandate = session.mandate();
    let scope = policy::submissions(mandate);
    if let Some(rule) = scope.hidden_by() {
        asking.withhold(ctx, rule);
        return Ok(None);
    }
    let code = municipality.code_text().to_owned();
    let versions = repo::versions(session, &scope, &code, period.key())
        .await
        .map_err(Failure::from)?;
    let permit =
        MunicipalityCode::parse(&code).and_then(|code| policy::may_fill_draft(mandate, &code).ok());
    let draft = match permit {
        Some(permit) => {
            let answers = repo::draft_answers(session, &permit, period.key())
                .await
                .map_err(Failure::from)?;
            (!answers.is_empty()).then_some(answers)
        }
        None => None,
    };
    if versions.is_empty() && draft.is_none() {
        return Ok(None);
    }
    let answer_scope = policy::answers(mandate);
    let answers = repo::answers(session, &answer_scope, &code, period.key())
        .await
        .map_err(Failure::from)?;
    Ok(Some(Assessment {
        municipality,
        period,
        versions,
        draft,
        answers,
        answers_hidden: answer_scope.hidden_by(),
    }))
}

/// The assessment of a key like `GM0402/2026-2`, for `node`: what is hidden is absent.
pub(crate) async fn find_by_key(ctx: &Context<'_>, key: &str) -> Result<Option<Assessment>> {
    let Some((municipality, period)) = key.split_once('/') else {
        return Ok(None);
    };
    let municipality = crate::territory::schema::find_municipality(ctx, municipality).await?;
    let period = crate::framework::schema::find_period(ctx, period).await?;
    match municipality.zip(period) {
        Some((municipality, period)) => find(ctx, municipality, period).await,
        None => Ok(None),
    }
}

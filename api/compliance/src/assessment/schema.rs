//! `Assessment`; its draft stands in [`super::draft`], its versions in [`super::version`], the
//! questions about it in [`super::question`].

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::{
    draft::AssessmentDraft,
    history::decided,
    may::{AsRead, OfReviewer},
    parts::Parts,
    question::ReviewQuestion,
    repo::{self, FilledAnswer, Subjects},
    submitted::VersionRow,
    version::{AssessmentVersion, Read, ReceiptOf, Wanted, answer_code},
    work::DraftAnswer,
};
use crate::framework::schema::{
    Criterion, ReportingPeriod, find_criterion, find_period, known_period,
};
use domain::{
    assessment::codes::{AssessmentState, FillingChannel},
    policy::{self, Operation, Rule},
    territory::MunicipalityCode,
    verdict::rules::AnswerValue,
};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    cost::STATEMENT,
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    moment::Moment,
};
use register::territory::schema::{Municipality, find_municipality, known_municipality};

/// The assessment of a municipality in a period. NL: beoordeling.
#[derive(Debug, Clone)]
pub struct Assessment {
    municipality: Municipality,
    period: ReportingPeriod,
    /// None while nothing was submitted.
    latest: Option<VersionRow>,
    answers_hidden: Option<Rule>,
    reviews_hidden: Option<Rule>,
}

/// The assessment of a municipality in a period. NL: beoordeling.
#[Object]
impl Assessment {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        let key = format!("{}/{}", self.municipality.code_text(), self.period.key());
        id::id(ctx, NodeKind::Assessment, &key).await
    }

    /// The municipality. NL: gemeente.
    async fn municipality(&self) -> &Municipality {
        &self.municipality
    }

    /// The reporting period. NL: rapportageperiode.
    async fn period(&self) -> &ReportingPeriod {
        &self.period
    }

    /// How far it is. Who does not see reviews sees SUBMITTED until VNG decides. NL: stand.
    async fn state(&self, ctx: &Context<'_>) -> Result<Coded<AssessmentState>> {
        // Once the latest version is decided on, nothing that was asked or claimed matters.
        if let Some(state) = self.latest.as_ref().and_then(decided) {
            return Ok(Coded(state.into()));
        }
        let parts = self.parts(ctx)?;
        // Only while nothing was submitted it matters whether there is a draft.
        let has_draft =
            self.latest.is_none() && parts.draft().await.map_err(Failure::from)?.is_some();
        let history = parts.history().await.map_err(Failure::from)?;
        Ok(Coded(history.state(has_draft).into()))
    }

    /// The last day on which handing in is on time for this municipality: that of the period, or
    /// later when VNG extended it. NL: uiterste datum.
    #[graphql(complexity = "STATEMENT")]
    async fn deadline_on(&self, ctx: &Context<'_>) -> Result<Date> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let (municipality, period) = (self.municipality.code_text(), self.period.key());
        let extended = repo::extension(session, municipality, period)
            .await
            .map_err(Failure::from)?;
        let own = self.period.deadline();
        Ok(Date(extended.map_or(own, |day| day.max(own))))
    }

    /// What you may do with it now, by mutation; empty for what is told of another moment. NL:
    /// toegestane handelingen.
    #[graphql(complexity = "2 * STATEMENT")]
    async fn may(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Operation>>> {
        let request = request(ctx)?;
        if !request.is_present().await.map_err(Failure::from)? {
            return Ok(Vec::new());
        }
        let allowed = self.operations(ctx).await?;
        Ok(allowed.into_iter().map(Coded).collect())
    }

    /// The answers being filled in; null unless you may fill them in. NL: concept.
    #[graphql(directive = visible_to::apply(roles(Rule::FillDraft)))]
    async fn draft(&self, ctx: &Context<'_>) -> Result<Option<AssessmentDraft>> {
        let answers = self.parts(ctx)?.draft().await.map_err(Failure::from)?;
        Ok(answers.map(|answers| AssessmentDraft {
            municipality: self.municipality.code_text().to_owned(),
            edition: self.period.edition_code().to_owned(),
            answers: answers.to_vec(),
        }))
    }

    /// What VNG filled in on behalf of the municipality and waits to be accepted; null when there
    /// is nothing, or you may not see it. NL: namens de gemeente ingevuld.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadReviews)),
        complexity = "STATEMENT + child_complexity"
    )]
    async fn on_behalf(&self, ctx: &Context<'_>) -> Result<Option<OnBehalfFilling>> {
        if let Some(rule) = self.reviews_hidden {
            request(ctx)?.withhold(ctx, rule);
        }
        let filling = self.parts(ctx)?.filling().await;
        let Some(row) = filling.map_err(Failure::from)? else {
            return Ok(None);
        };
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let (municipality, period) = (self.municipality.code_text(), self.period.key());
        let answers = repo::filled_answers(session, municipality, period, row)
            .await
            .map_err(Failure::from)?;
        Ok(Some(OnBehalfFilling {
            number: row.number,
            channel: FillingChannel::from_code(&row.channel).map(Coded),
            reason: row.reason.clone(),
            filled_at: row.filled_at,
            answers: answers
                .iter()
                .map(|one| OnBehalfAnswer::of(one, &row.edition))
                .collect(),
        }))
    }

    /// The questions of VNG about all versions, the first one first; null when you may not see
    /// them. NL: vragen.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadReviews)),
        complexity = "1 + 10 * child_complexity"
    )]
    async fn questions(&self, ctx: &Context<'_>) -> Result<Option<Vec<ReviewQuestion>>> {
        if let Some(rule) = self.reviews_hidden {
            request(ctx)?.withhold(ctx, rule);
            return Ok(None);
        }
        let history = self.parts(ctx)?.history().await.map_err(Failure::from)?;
        let questions = history.questions.iter();
        let edition = self.period.edition_code();
        let questions = questions.map(|row| ReviewQuestion::of(row, edition));
        Ok(Some(questions.collect()))
    }

    /// What was submitted, the first version first; a version never changes. NL: ingediende
    /// versies.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<AssessmentVersion>> {
        if let Some(rule) = self.answers_hidden {
            request(ctx)?.withhold(ctx, rule);
        }
        if let Some(rule) = self.reviews_hidden {
            let reasons = ["reason", "returnReason", "withdrawalReason"];
            let looked_for = ctx.look_ahead();
            if reasons.iter().any(|field| looked_for.field(field).exists()) {
                request(ctx)?.withhold(ctx, rule);
            }
        }
        let wanted = Wanted::of(&ctx.look_ahead());
        let versions = self.parts(ctx)?.versions().await.map_err(Failure::from)?;
        self.to_view(ctx, versions.iter().collect(), wanted).await
    }

    /// The latest submitted version; null while there is none. NL: laatste versie.
    async fn latest_version(&self, ctx: &Context<'_>) -> Result<Option<AssessmentVersion>> {
        let latest = self.latest.as_ref();
        let wanted = Wanted::of(&ctx.look_ahead());
        Ok(self
            .to_view(ctx, latest.into_iter().collect(), wanted)
            .await?
            .pop())
    }
}

impl Assessment {
    /// The parts of it that are read when they are needed.
    fn parts<'a>(&'a self, ctx: &'a Context<'_>) -> Result<Parts<'a>> {
        let (code, key) = (self.municipality.code_text(), self.period.key());
        Ok(Parts::of(request(ctx)?, code, key))
    }

    /// The mutations that the viewer may call on it now.
    async fn operations(&self, ctx: &Context<'_>) -> Result<Vec<Operation>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let (code, key) = (self.municipality.code_text(), self.period.key());
        let Some(municipality) = MunicipalityCode::parse(code) else {
            return Ok(Vec::new());
        };
        let of = Subjects::of([(code, key)]);
        let of_reviewer = OfReviewer::read(session, &of).await;
        let of_reviewer = of_reviewer.map_err(Failure::from)?;
        let parts = self.parts(ctx)?;
        let draft = parts.draft().await.map_err(Failure::from)?;
        let found = AsRead {
            municipality: &municipality,
            period: &self.period,
            history: parts.history().await.map_err(Failure::from)?,
            has_answers: draft.unwrap_or_default().iter().any(DraftAnswer::counts),
            filling: parts.filling().await.map_err(Failure::from)?,
        };
        Ok(of_reviewer.operations(session, &found))
    }

    /// One submitted version.
    pub(super) async fn version(
        &self,
        ctx: &Context<'_>,
        number: i32,
        wanted: Wanted,
    ) -> Result<Option<AssessmentVersion>> {
        let latest = self.latest.as_ref().filter(|one| one.number == number);
        let version = match latest {
            Some(latest) => Some(latest),
            None => {
                let versions = self.parts(ctx)?.versions().await.map_err(Failure::from)?;
                versions.iter().find(|one| one.number == number)
            }
        };
        Ok(self
            .to_view(ctx, version.into_iter().collect(), wanted)
            .await?
            .pop())
    }

    async fn to_view(
        &self,
        ctx: &Context<'_>,
        versions: Vec<&VersionRow>,
        wanted: Wanted,
    ) -> Result<Vec<AssessmentVersion>> {
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let (period, code) = (self.period.key(), self.municipality.code_text());
        let receipt_of = ReceiptOf::assessment(period, code, session.kind());
        let numbers: Vec<i32> = versions.iter().map(|version| version.number).collect();
        let parts = self.parts(ctx)?;
        let mut read = Read::default();
        if wanted.answers && !numbers.is_empty() {
            let submitted = parts.submitted(numbers, wanted.evidence).await;
            let submitted = submitted.map_err(Failure::from)?;
            read.answers = &submitted.answers;
            read.evidence = &submitted.evidence;
        }
        if wanted.hashes && !versions.is_empty() {
            read.hashes = Some(parts.hashes().await.map_err(Failure::from)?);
        }
        if wanted.reasons {
            read.reasons = Some(parts.reasons(&versions).await.map_err(Failure::from)?);
        }
        let view = |version: &VersionRow| AssessmentVersion::to_view(version, &receipt_of, &read);
        Ok(versions.into_iter().map(view).collect())
    }
}

/// What VNG filled in on behalf of a municipality. NL: namens de gemeente ingevuld.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct OnBehalfFilling {
    /// The number, from 1; hand it over with `acceptOnBehalf`. NL: nummer.
    number: i32,
    /// How the municipality told it. NL: kanaal.
    channel: Option<Coded<FillingChannel>>,
    /// Why VNG filled in; null when it was redacted by law. NL: reden.
    reason: Option<String>,
    /// When, UTC. NL: ingevuld op.
    filled_at: DateTime<Utc>,
    /// The answers, by criterion. NL: antwoorden.
    answers: Vec<OnBehalfAnswer>,
}

/// An answer that VNG filled in on behalf of a municipality. NL: namens de gemeente ingevuld
/// antwoord.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct OnBehalfAnswer {
    #[graphql(skip)]
    criterion_key: String,
    /// The answer. NL: antwoord.
    answer: Coded<AnswerValue>,
    /// The explanation; null when there is none or it was redacted by law. NL: toelichting.
    explanation: Option<String>,
}

#[ComplexObject]
impl OnBehalfAnswer {
    /// The criterion. NL: criterium.
    async fn criterion(&self, ctx: &Context<'_>) -> Result<Option<Criterion>> {
        find_criterion(ctx, &self.criterion_key).await
    }
}

impl OnBehalfAnswer {
    fn of(row: &FilledAnswer, edition: &str) -> Self {
        Self {
            criterion_key: format!("{edition}/{}", row.criterion),
            answer: answer_code(&row.answer),
            explanation: row.explanation.clone(),
        }
    }
}

/// Queries of assessments.
#[derive(Default)]
pub(crate) struct AssessmentQuery;

#[Object]
impl AssessmentQuery {
    /// The assessment of a municipality in a period. Null when there is none or you may not see it.
    /// `NOT_FOUND` for an unknown municipality or period. NL: beoordeling.
    #[graphql(directive = visible_to::apply(roles(Rule::ReadSubmissions)))]
    async fn assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] municipality: String,
        #[graphql(desc = "The key of the period, as in `2026-2`. NL: periode.")] period: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Assessment>> {
        let municipality = known_municipality(ctx, &municipality).await?;
        let period = known_period(ctx, &period).await?;
        find(ctx, municipality, period).await
    }
}

/// The assessment, as far as the actor may see it; none while nothing of it is there.
pub(super) async fn find(
    ctx: &Context<'_>,
    municipality: Municipality,
    period: ReportingPeriod,
) -> Result<Option<Assessment>> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    let mandate = session.mandate();
    if let Some(rule) = policy::submissions(mandate).hidden_by() {
        request.withhold(ctx, rule);
        return Ok(None);
    }
    let parts = Parts::of(request, municipality.code_text(), period.key());
    if ctx.look_ahead().field("versions").exists() {
        parts.versions().await.map_err(Failure::from)?;
    }
    let latest = parts.latest().await.map_err(Failure::from)?;
    let is_there = latest.is_some()
        || parts.draft().await.map_err(Failure::from)?.is_some()
        || parts.filling().await.map_err(Failure::from)?.is_some();
    if !is_there {
        return Ok(None);
    }
    Ok(Some(Assessment {
        latest: latest.cloned(),
        answers_hidden: policy::answers(mandate).hidden_by(),
        reviews_hidden: policy::reviews(mandate).hidden_by(),
        municipality,
        period,
    }))
}

/// The assessment of a key like `GM0402/2026-2`, for `node`: what is hidden is absent.
pub(crate) async fn find_by_key(ctx: &Context<'_>, key: &str) -> Result<Option<Assessment>> {
    match named_by(ctx, key).await? {
        Some((municipality, period)) => find(ctx, municipality, period).await,
        None => Ok(None),
    }
}

/// The municipality and the period that a key like `GM0402/2026-2` begins with.
pub(super) async fn named_by(
    ctx: &Context<'_>,
    key: &str,
) -> Result<Option<(Municipality, ReportingPeriod)>> {
    let mut parts = key.split('/');
    let (municipality, period) = (parts.next(), parts.next());
    let municipality = find_municipality(ctx, municipality.unwrap_or_default()).await?;
    let period = find_period(ctx, period.unwrap_or_default()).await?;
    Ok(municipality.zip(period))
}

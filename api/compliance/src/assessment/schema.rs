//! `Assessment`; its draft stands in [`super::draft`], its versions in [`super::version`], the
//! questions about it in [`super::question`].

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::{
    draft::AssessmentDraft,
    history::History,
    may::{AsRead, OfReviewer},
    question::ReviewQuestion,
    repo::{self, AnswerRow, EvidenceRow, FilledAnswer, FillingRow, Subjects},
    version::{AssessmentVersion, ReceiptOf, answer_code},
    work::{self, DraftAnswer},
};
use crate::framework::schema::{
    Criterion, ReportingPeriod, find_criterion, find_period, known_period,
};
use database::{DatabaseKind, DbError, Session};
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
    history: History,
    draft: Option<Vec<DraftAnswer>>,
    filling: Option<FillingRow>,
    answers: Vec<AnswerRow>,
    evidence: Vec<EvidenceRow>,
    answers_hidden: Option<Rule>,
    reviews_hidden: Option<Rule>,
    database: DatabaseKind,
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
    async fn state(&self) -> Coded<AssessmentState> {
        Coded(self.history.state(self.draft.is_some()).into())
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
        let session = request.session().await.map_err(Failure::from)?;
        let allowed = self.operations(session).await.map_err(Failure::from)?;
        Ok(allowed.into_iter().map(Coded).collect())
    }

    /// The answers being filled in; null unless you may fill them in. NL: concept.
    #[graphql(directive = visible_to::apply(roles(Rule::FillDraft)))]
    async fn draft(&self) -> Option<AssessmentDraft> {
        self.draft.as_ref().map(|answers| AssessmentDraft {
            municipality: self.municipality.code_text().to_owned(),
            edition: self.period.edition_code().to_owned(),
            answers: answers.clone(),
        })
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
        let Some(row) = &self.filling else {
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
        let questions = self.history.questions.iter();
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
        let versions = self.history.versions.iter();
        Ok(versions.map(|version| self.to_view(version)).collect())
    }

    /// The latest submitted version; null while there is none. NL: laatste versie.
    async fn latest_version(&self) -> Option<AssessmentVersion> {
        self.history.latest().map(|version| self.to_view(version))
    }
}

impl Assessment {
    /// The mutations that the actor of a session may call on it now.
    async fn operations(&self, session: &Session) -> Result<Vec<Operation>, DbError> {
        let (code, key) = (self.municipality.code_text(), self.period.key());
        let Some(municipality) = MunicipalityCode::parse(code) else {
            return Ok(Vec::new());
        };
        let of_reviewer = OfReviewer::read(session, &Subjects::of([(code, key)])).await?;
        let found = AsRead {
            municipality: &municipality,
            period: &self.period,
            history: &self.history,
            has_answers: self.draft.iter().flatten().any(DraftAnswer::counts),
            filling: self.filling.as_ref(),
        };
        Ok(of_reviewer.operations(session, &found))
    }

    /// One submitted version.
    pub(super) fn version(&self, number: i32) -> Option<AssessmentVersion> {
        let version = self.history.versions.iter().find(|v| v.number == number);
        version.map(|version| self.to_view(version))
    }

    fn to_view(&self, version: &repo::VersionRow) -> AssessmentVersion {
        let (period, code) = (self.period.key(), self.municipality.code_text());
        let receipt_of = ReceiptOf::assessment(period, code, self.database);
        AssessmentVersion::to_view(version, &receipt_of, &self.answers, &self.evidence)
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
    let (code, key) = (municipality.code_text(), period.key());
    let history = History::read(session, code, key)
        .await
        .map_err(Failure::from)?;
    let draft = draft_answers(session, code, key)
        .await
        .map_err(Failure::from)?;
    let reviews = policy::reviews(mandate);
    let filling = match reviews.hidden_by() {
        Some(_) => None,
        None => repo::last_filling(session, &reviews, code, key)
            .await
            .map_err(Failure::from)?,
    };
    if history.versions.is_empty() && draft.is_none() && filling.is_none() {
        return Ok(None);
    }
    let scope = policy::answers(mandate);
    let answers = repo::answers(session, &scope, code, key)
        .await
        .map_err(Failure::from)?;
    let evidence = repo::evidence(session, &scope, code, key)
        .await
        .map_err(Failure::from)?;
    let latest = history.latest().map_or(0, |version| version.ledger_no);
    Ok(Some(Assessment {
        history,
        draft,
        filling: filling.filter(|filling| filling.ledger_no > latest),
        answers,
        evidence,
        answers_hidden: scope.hidden_by(),
        reviews_hidden: reviews.hidden_by(),
        database: session.kind(),
        municipality,
        period,
    }))
}

/// The answers of the draft; none when there is no draft, or the actor may not fill it in.
async fn draft_answers(
    session: &Session,
    municipality: &str,
    period: &str,
) -> Result<Option<Vec<DraftAnswer>>, DbError> {
    let permit = MunicipalityCode::parse(municipality)
        .and_then(|code| policy::may_fill_draft(session.mandate(), &code).ok());
    let Some(permit) = permit else {
        return Ok(None);
    };
    let answers = work::draft_answers(session, &permit, period).await?;
    let is_there = !answers.is_empty() || work::has_draft(session, &permit, period).await?;
    Ok(is_there.then_some(answers))
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

//! `openTasks`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use graphql::{
    coded::Coded,
    context::request,
    date::Date,
    error::Failure,
    known::known,
    page::{Connection, PageArgs, page_cost},
    text::LocalizedText,
};

use tokio::sync::OnceCell;

use super::{
    duties, evidence,
    repo::{self, Turn},
};
use crate::ledger::titles::titles;
use crate::{
    assessment::may::operations_on,
    framework::schema::{ReportingPeriod, find_period},
    monitoring::schema::OpenRound,
    publication::schema::{Publication, find_publication},
};
use database::{DbError, Session};
use domain::{
    policy::{self, Operation, Rule},
    tasks::rules::{self, Found, TaskKind},
    territory::AreaCode,
    text::{Language, pick},
};
use entity::monitoring_round;
use register::{
    plan::schema::{Action, find_action},
    territory::schema::{Municipality, find_municipality},
};

/// Something that waits for you. NL: taak.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    found: Found,
    today: NaiveDate,
    assessments: Arc<Assessments>,
}

/// The assessments that the tasks of a page are about, with what may be done with each: read at
/// once, when the first of the tasks is asked.
#[derive(Debug, Default)]
struct Assessments {
    keys: OnceLock<BTreeSet<String>>,
    operations: OnceCell<BTreeMap<String, Vec<Operation>>>,
}

impl Assessments {
    /// What may be done with one of them.
    async fn operations_on(&self, ctx: &Context<'_>, key: &str) -> Result<Vec<Operation>> {
        let read = || async {
            match self.keys.get() {
                Some(keys) => operations_on(ctx, keys).await,
                None => Ok(BTreeMap::new()),
            }
        };
        let all = self.operations.get_or_try_init(read).await?;
        Ok(all.get(key).cloned().unwrap_or_default())
    }
}

/// What a task is about.
enum About {
    Action,
    Assessment,
    Publication,
    RegionalAnswer,
    RegionalDuty,
    Round,
}

impl Task {
    fn about(&self) -> About {
        match self.found.kind {
            TaskKind::AcceptOnBehalf
            | TaskKind::AnswerQuestion
            | TaskKind::FillDraft
            | TaskKind::RecordAdoption
            | TaskKind::RenewEvidence
            | TaskKind::ResolveConflict
            | TaskKind::ResubmitAssessment
            | TaskKind::ReviewAssessment
            | TaskKind::SubmitAssessment => About::Assessment,
            TaskKind::AmendRegionalAnswer
            | TaskKind::RenewRegionalAnswer
            | TaskKind::RenewRegionalEvidence
            | TaskKind::ReviewRegionalAnswer => About::RegionalAnswer,
            TaskKind::ConfirmRegionalReport
            | TaskKind::HoldRegionalMeeting
            | TaskKind::ResolveRegionalBottleneck
            | TaskKind::SubmitRegionalReport => About::RegionalDuty,
            TaskKind::CloseRound | TaskKind::CompleteRound => About::Round,
            TaskKind::Publish | TaskKind::RespondToVerdict => About::Publication,
            TaskKind::ReportStatus => About::Action,
        }
    }

    /// The key of the assessment that its subject begins with.
    fn assessment(&self) -> String {
        self.found
            .subject
            .split('/')
            .take(2)
            .collect::<Vec<_>>()
            .join("/")
    }
}

/// Something that waits for you. NL: taak.
#[Object]
impl Task {
    /// What is to be done. NL: soort taak.
    async fn kind(&self) -> Coded<TaskKind> {
        self.found.kind.into()
    }

    /// The kind in words. NL: label van de soort.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.found.kind.label())
    }

    /// The key of what it is about: an assessment as in `GM0402/2026-2`, with the number of a question
    /// or the code of a criterion behind it where it is about one, an action in a round as in
    /// `2026-1/2024/33`, a round, a publication, or a municipality in one; of duties of a region
    /// its half year as in `VR14/2026-2`, its bottleneck as in `VR14/1`, or its meetings in a year
    /// as in `VR14/2026/OFFICIAL`. NL: sleutel van het onderwerp.
    async fn subject_key(&self) -> &str {
        &self.found.subject
    }

    /// What it is about by its titles, as in `De beoordeling van Hilversum over rapportageperiode
    /// 2026-2`. NL: onderwerp in woorden.
    async fn title(&self, ctx: &Context<'_>) -> Result<LocalizedText> {
        let titles = titles(ctx, self.found.names()).await?;
        Ok(self.found.title(&titles).into())
    }

    /// The reporting period of the assessment; null when it is about none. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        let key = self.found.subject.split('/').nth(1).unwrap_or_default();
        match self.about() {
            About::Assessment => find_period(ctx, key).await,
            About::Action
            | About::Publication
            | About::RegionalAnswer
            | About::RegionalDuty
            | About::Round => Ok(None),
        }
    }

    /// The open round that waits for a report or for its closing; null when it is about none. NL:
    /// monitoringsronde.
    async fn round(&self, ctx: &Context<'_>) -> Result<Option<OpenRound>> {
        let key = self.found.subject.split('/').next().unwrap_or_default();
        match self.about() {
            About::Action | About::Round => {
                let rounds = known::<monitoring_round::Entity>(ctx).await?;
                let open = rounds
                    .iter()
                    .find(|row| row.key == key && row.state == "OPEN");
                Ok(open.map(OpenRound::from))
            }
            About::Assessment
            | About::Publication
            | About::RegionalAnswer
            | About::RegionalDuty => Ok(None),
        }
    }

    /// The action to report on; null when it is about none. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        match (self.about(), self.found.subject.split_once('/')) {
            (About::Action, Some((_, action))) => find_action(ctx, action).await,
            _ => Ok(None),
        }
    }

    /// The publication to publish or to respond to; null when it is about none. NL: publicatie.
    async fn publication(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        let key = self.found.subject.split('/').next().unwrap_or_default();
        match self.about() {
            About::Publication => find_publication(ctx, key).await,
            About::Action
            | About::Assessment
            | About::RegionalAnswer
            | About::RegionalDuty
            | About::Round => Ok(None),
        }
    }

    /// What you may do now with what it is about, by mutation. NL: toegestane handelingen.
    #[graphql(complexity = 10)]
    async fn may(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Operation>>> {
        match self.about() {
            About::Assessment => {
                let allowed = self
                    .assessments
                    .operations_on(ctx, &self.assessment())
                    .await?;
                Ok(allowed.into_iter().map(Coded).collect())
            }
            About::Action => match self.action(ctx).await? {
                Some(action) => action.may(ctx).await,
                None => Ok(Vec::new()),
            },
            About::Publication => match self.publication(ctx).await? {
                Some(publication) => publication.may(ctx).await,
                None => Ok(Vec::new()),
            },
            About::RegionalAnswer | About::RegionalDuty | About::Round => {
                let allowed = self.found.kind.operations().iter().copied();
                Ok(allowed.map(Coded).collect())
            }
        }
    }

    /// The municipality that it is about; null when it is about none. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        match &self.found.municipality {
            Some(code) => find_municipality(ctx, code).await,
            None => Ok(None),
        }
    }

    /// The day since which it waits. NL: sinds.
    async fn since(&self) -> Date {
        Date(self.found.since)
    }

    /// The last day on which it is in time; null when it has none. NL: uiterlijk.
    async fn due(&self) -> Option<Date> {
        self.found.due.map(Date)
    }

    /// Whether that day has passed. NL: te laat.
    async fn is_overdue(&self) -> bool {
        self.found.is_overdue(self.today)
    }

    /// The mutation that clears it. NL: handeling.
    async fn mutation(&self) -> Coded<Operation> {
        self.found.kind.mutation().into()
    }
}

/// Everything that waits for the actor: a statement for each kind of task that its role has.
async fn open(session: &Session) -> Result<Vec<Found>, DbError> {
    let mandate = session.mandate();
    let mut tasks = Vec::new();
    if let Some(own) = policy::own_municipalities(mandate, Rule::Submit) {
        tasks.extend(repo::to_hand_in(session, &own, TaskKind::SubmitAssessment).await?);
        tasks.extend(evidence::to_renew(session, &own).await?);
    } else if let Some(members) = policy::own_municipalities(mandate, Rule::FillDraft) {
        tasks.extend(repo::to_hand_in(session, &members, TaskKind::FillDraft).await?);
    }
    if let Some(own) = policy::own_municipalities(mandate, Rule::RecordPolicy) {
        tasks.extend(repo::to_record_adoption(session, &own).await?);
    }
    if let Some(own) = policy::own_municipalities(mandate, Rule::RespondToVerdict) {
        tasks.extend(repo::to_respond(session, &own).await?);
        tasks.extend(repo::to_resolve(session, &own).await?);
        tasks.extend(repo::from_reviewer(session, &own).await?);
    }
    if let Some(area) = policy::own_area(mandate) {
        tasks.extend(super::renewal::to_renew(session, area).await?);
        tasks.extend(evidence::to_renew_regional(session, area).await?);
        let (turn, kind) = (Turn::Region, TaskKind::AmendRegionalAnswer);
        tasks.extend(repo::regional(session, Some(area), turn, kind).await?);
    }
    if let Some(area) = policy::acting_area(mandate).map(AreaCode::as_str) {
        tasks.extend(duties::to_meet(session, area).await?);
        tasks.extend(duties::to_report_half(session, area).await?);
        tasks.extend(duties::to_resolve_bottleneck(session, area).await?);
    }
    if let Some(mandated) = policy::mandated_municipalities(mandate, Rule::Submit) {
        let waiting = repo::from_reviewer(session, &mandated).await?.into_iter();
        tasks.extend(waiting.filter(|task| task.kind == TaskKind::ResubmitAssessment));
    }
    if let Ok(permit) = policy::may_review_all(mandate) {
        tasks.extend(repo::reviews(repo::to_review(session, &permit).await?));
        let (turn, kind) = (Turn::Reviewer, TaskKind::ReviewRegionalAnswer);
        tasks.extend(repo::regional(session, None, turn, kind).await?);
        tasks.extend(duties::to_confirm_report(session, &permit).await?);
    }
    if let Some(own) = policy::own_actions(mandate) {
        tasks.extend(repo::to_report(session, &own).await?);
    }
    if let Ok(permit) = policy::may_manage_plan(mandate) {
        tasks.extend(repo::to_complete(session, &permit).await?);
        tasks.extend(repo::to_close(session, &permit).await?);
    }
    if let Ok(permit) = policy::may_publish(mandate) {
        tasks.extend(repo::to_publish(session, &permit).await?);
    }
    Ok(rules::in_order(tasks))
}

/// Queries of tasks.
#[derive(Default)]
pub(crate) struct TaskQuery;

#[Object]
impl TaskQuery {
    /// What waits for you, what is due first before the rest; empty for the public. Read from what
    /// is there now, so a task is gone when the thing is done. `BAD_REQUEST` for a wrong page. NL:
    /// openstaande taken.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn open_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this kind; by default all. NL: soort taak.")] kind: Option<
            Coded<TaskKind>,
        >,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<Task>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let today = session.today();
        let found = request.once("", open(session)).await;
        let assessments = Arc::new(Assessments::default());
        let found = found.map_err(Failure::from)?.iter().cloned();
        let items = found
            .filter(|task| kind.is_none_or(|kind| kind == task.kind.into()))
            .map(|found| {
                let key = format!("{:?} {}", found.kind, found.subject);
                let assessments = assessments.clone();
                let task = Task {
                    found,
                    today,
                    assessments,
                };
                (key, task)
            });
        let page = Connection::of_whole(items.collect(), &requested)?;
        let tasks = page.nodes.iter();
        let tasks = tasks.filter(|task| matches!(task.about(), About::Assessment));
        let keys = tasks.map(Task::assessment).collect();
        assessments.keys.get_or_init(|| keys);
        Ok(Some(page))
    }
}

//! What clients ask of the plan: versions, lines, actions; [`super::dashboard`] has its own file.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{action, action_line, monitoring_round, plan_version, status_report};

use super::{dashboard::Dashboard, loader::PlanLoader, rules::ActionStatus};
use crate::{
    graphql::{
        context::{asking, loader},
        error::{Failure, did_you_mean},
        id::{self, NodeKind},
        page::{Connection, PageAsked, page_cost},
        text::{Language, LocalizedText, pick},
    },
    sources::schema::{Source, source_of},
};

/// The plan that a question is about when it names none.
const CURRENT_PLAN: &str = "2024";

/// A version of the action plan. NL: versie van het actieplan.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PlanVersion {
    /// The year of the version, which is its key, as in `2024`. NL: sleutel.
    key: String,
    /// The title. NL: titel.
    title: LocalizedText,
    /// How far the version itself is: `PROPOSED`, `DISCUSSED`, `SENT`, `IN_FORCE`, `SUPERSEDED`. NL: stand van de versie.
    state: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&plan_version::Model> for PlanVersion {
    fn from(row: &plan_version::Model) -> Self {
        Self {
            key: row.key.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            state: row.state.clone(),
            source: source_of!(row),
        }
    }
}

/// A line of the action plan. NL: actielijn.
#[derive(Debug, Clone)]
pub(crate) struct ActionLine {
    row: action_line::Model,
}

/// A line of the action plan. NL: actielijn.
#[Object]
impl ActionLine {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(NodeKind::ActionLine, &self.row.subject_key)
    }

    /// The key, as in `2024/4`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.subject_key
    }

    /// The number within the plan version, from 1. NL: nummer.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// The title. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The short Dutch title of the dashboard; null where no source prints one. NL: korte titel.
    async fn short_title(&self) -> Option<&str> {
        self.row.short_title_nl.as_deref()
    }

    /// What the line is about, verbatim in Dutch; null where no source tells. NL: beschrijving.
    async fn narrative(&self) -> Option<&str> {
        self.row.narrative_nl.as_deref()
    }

    /// Whether the line is new in this plan version. NL: nieuw in deze versie.
    async fn is_new(&self) -> bool {
        self.row.is_new
    }

    /// The actions of the line, by number. NL: acties.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let actions = known::<action::Entity>(ctx).await?;
        Ok(actions
            .iter()
            .filter(|action| action.plan == self.row.plan && action.line == self.row.number)
            .map(Action::from)
            .collect())
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        source_of!(self.row)
    }
}

impl From<&action_line::Model> for ActionLine {
    fn from(row: &action_line::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// Whether a monitoring round tells of an action. NL: plaats in de monitoring.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ActionMonitoring {
    /// The round tells its status. NL: opgenomen in de monitoring.
    Reported,
    /// The round leaves the action out and says so. NL: buiten deze monitoringsronde.
    OutsideRound,
    /// There is no report and no word about it. NL: geen rapportage bekend.
    NoReport,
}

/// Whether the cause of a delay is known. NL: bekendheid van de oorzaak.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CauseState {
    /// The source gives a cause. NL: gegeven.
    Given,
    /// The source gives none, and we infer none. NL: niet in de bron.
    NotInSource,
}

/// A delay as the source tells it. NL: vertraging.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Delay {
    /// How long, as printed in Dutch; null when the source does not say. NL: omvang.
    amount: Option<String>,
    /// Why, as printed in Dutch; null when the source does not say. NL: oorzaak.
    cause: Option<String>,
    /// Whether the cause is known. NL: bekendheid van de oorzaak.
    cause_state: CauseState,
}

/// An action of the plan. NL: actie.
#[derive(Debug, Clone)]
pub(crate) struct Action {
    row: action::Model,
}

impl From<&action::Model> for Action {
    fn from(row: &action::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// The title of an action as one source prints it. NL: titel volgens een bron.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionTitle {
    /// The title, verbatim in Dutch. NL: titel.
    title: String,
    /// Where it stands. NL: bron.
    source: Option<Source>,
}

/// A link between an action and its counterpart in another version of the plan. NL: herkomst van een actie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionLink {
    /// The counterpart. NL: actie.
    action: Action,
    /// How sure the link is: `CERTAIN` or `LIKELY`. NL: zekerheid.
    confidence: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl Action {
    /// The latest round that was closed by today.
    async fn round<'a>(&self, ctx: &'a Context<'_>) -> Result<Option<&'a monitoring_round::Model>> {
        let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
        round_at(loader::<PlanLoader>(ctx)?, &self.row.plan, None, today).await
    }

    /// What that round tells of the action.
    async fn report(&self, ctx: &Context<'_>) -> Result<Option<status_report::Model>> {
        let Some(round) = self.round(ctx).await? else {
            return Ok(None);
        };
        let reports = known::<status_report::Entity>(ctx).await?;
        let own = reports.iter().find(|report| {
            report.round == round.key
                && report.plan == self.row.plan
                && report.action == self.row.number
        });
        Ok(own.cloned())
    }

    /// Whether that round leaves the action out and says so.
    async fn is_excluded(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(round) = self.round(ctx).await? else {
            return Ok(false);
        };
        let exclusions = known::<round_exclusion::Entity>(ctx).await?;
        Ok(exclusions.iter().any(|exclusion| {
            exclusion.round == round.key
                && exclusion.plan == self.row.plan
                && exclusion.action == self.row.number
        }))
    }

    async fn links(&self, ctx: &Context<'_>, forwards: bool) -> Result<Vec<ActionLink>> {
        let actions = known::<action::Entity>(ctx).await?;
        let own = (self.row.plan.as_str(), self.row.number);
        let mut links = Vec::new();
        for link in known::<action_lineage::Entity>(ctx).await? {
            let from = (link.from_plan.as_str(), link.from_number);
            let to = (link.to_plan.as_str(), link.to_number);
            let (here, there) = if forwards { (from, to) } else { (to, from) };
            if here != own {
                continue;
            }
            let counterpart = actions
                .iter()
                .find(|action| (action.plan.as_str(), action.number) == there);
            links.extend(counterpart.map(|action| ActionLink {
                action: Action::from(action),
                confidence: link.confidence.clone(),
                source: source_of!(link),
            }));
        }
        Ok(links)
    }
}

/// An action of the plan. NL: actie.
#[Object]
impl Action {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(NodeKind::Action, &self.row.subject_key)
    }

    /// The key, as in `2024/32`: the same number means another action in another version. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.subject_key
    }

    /// The number within the plan version. NL: actienummer.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// The key of the plan version. NL: planversie.
    async fn plan(&self) -> &str {
        &self.row.plan
    }

    /// The title. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The titles that the sources print, side by side; they differ now and then. NL: titels per bron.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn titles(&self, ctx: &Context<'_>) -> Result<Vec<ActionTitle>> {
        let titles = known::<action_title::Entity>(ctx).await?;
        Ok(titles
            .iter()
            .filter(|title| title.plan == self.row.plan && title.number == self.row.number)
            .map(|title| ActionTitle {
                title: title.title_nl.clone(),
                source: source_of!(title),
            })
            .collect())
    }

    /// Whether the action is new in this plan version. NL: nieuw in deze versie.
    async fn is_new(&self) -> bool {
        self.row.is_new
    }

    /// The line that the action belongs to. NL: actielijn.
    async fn line(&self, ctx: &Context<'_>) -> Result<ActionLine> {
        let lines = known::<action_line::Entity>(ctx).await?;
        let line = lines
            .iter()
            .find(|line| line.plan == self.row.plan && line.number == self.row.line)
            .ok_or_else(|| unknown_line(&self.row.plan, self.row.line, lines))?;
        Ok(ActionLine::from(line))
    }

    /// Whether the latest closed monitoring round tells of the action. NL: plaats in de monitoring.
    async fn monitoring(&self, ctx: &Context<'_>) -> Result<ActionMonitoring> {
        // Both are read whatever they say, so that a list costs the same for any of its rows.
        let is_excluded = self.is_excluded(ctx).await?;
        Ok(match self.report(ctx).await? {
            Some(_) => ActionMonitoring::Reported,
            None if is_excluded => ActionMonitoring::OutsideRound,
            None => ActionMonitoring::NoReport,
        })
    }

    /// The last known status; null when the latest round tells none. NL: laatst bekende stand.
    async fn status(&self, ctx: &Context<'_>) -> Result<Option<ActionStatus>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| ActionStatus::from_code(&report.status)))
    }

    /// The last known status in words; null when the latest round tells none. NL: laatst bekende stand.
    async fn status_label(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Language::Nl"
        )]
        language: Language,
    ) -> Result<Option<String>> {
        let status = self.status(ctx).await?;
        Ok(status.map(|status| pick(language, status.label())))
    }

    /// The explanation that the overview gives with the status, verbatim in Dutch. NL: toelichting.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let report = self.report(ctx).await?;
        let Some(text) = report.and_then(|report| report.explanation_text) else {
            return Ok(None);
        };
        let texts = loader::<PlanLoader>(ctx)?
            .explanations()
            .await
            .map_err(Failure::from)?;
        Ok(texts.get(&text).cloned())
    }

    /// The delay, when the status says that there is one. NL: vertraging.
    async fn delay(&self, ctx: &Context<'_>) -> Result<Option<Delay>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| {
            let cause_state = match report.delay_cause_state.as_deref()? {
                "GIVEN" => CauseState::Given,
                _ => CauseState::NotInSource,
            };
            Some(Delay {
                amount: report.delay_amount_text,
                cause: report.delay_cause_nl,
                cause_state,
            })
        }))
    }

    /// The years that the overview prints with the status, as printed; null where it prints none. NL: looptijd.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| report.period_text))
    }

    /// Where the status stands. NL: bron van de stand.
    async fn status_source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| source_of!(report)))
    }

    /// What the action became in a later version of the plan. NL: opvolgers.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<ActionLink>> {
        self.links(ctx, true).await
    }

    /// What the action was in an earlier version of the plan. NL: voorgangers.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn predecessors(&self, ctx: &Context<'_>) -> Result<Vec<ActionLink>> {
        self.links(ctx, false).await
    }

    /// Where the action stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        source_of!(self.row)
    }
}

/// Which actions to list; all conditions hold together. NL: filter op acties.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct ActionFilter {
    /// Only actions of this line, by number. NL: actielijn.
    line: Option<i32>,
    /// Only actions with one of these last known statuses. NL: status.
    status: Option<Vec<ActionStatus>>,
    /// Only actions that are new in the version, or only those that are not. NL: nieuw.
    is_new: Option<bool>,
}

/// Queries of the plan.
#[derive(Default)]
pub(crate) struct PlanQuery;

#[Object]
impl PlanQuery {
    /// The versions of the action plan, oldest first. NL: versies van het actieplan.
    async fn plan_versions(&self, ctx: &Context<'_>) -> Result<Vec<PlanVersion>> {
        let versions = known::<plan_version::Entity>(ctx).await?;
        Ok(versions.iter().map(PlanVersion::from).collect())
    }

    /// How far the plan is. `NOT_FOUND` for an unknown plan or round. NL: dashboard.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn dashboard(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(
            desc = "The key of a monitoring round; by default the latest closed one. NL: monitoringsronde."
        )]
        round: Option<String>,
        #[graphql(desc = "The day to tell of; by default today. NL: peildatum.")] as_of: Option<
            NaiveDate,
        >,
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
    ) -> Result<Dashboard> {
        check_plan(loader, &plan).await?;
        let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
        let as_of = as_of.unwrap_or(today);
        let round = round_at(loader, &plan, round.as_deref(), as_of)
            .await?
            .cloned();
        Ok(Dashboard { plan, as_of, round })
    }

    /// The lines of a plan version, by number. `NOT_FOUND` for an unknown plan. NL: actielijnen.
    #[graphql(complexity = "1 + 6 * child_complexity")]
    async fn action_lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
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
    ) -> Result<Vec<ActionLine>> {
        check_plan(loader, &plan).await?;
        let lines = known::<action_line::Entity>(ctx).await?;
        Ok(lines
            .iter()
            .filter(|line| line.plan == plan)
            .map(ActionLine::from)
            .collect())
    }

    /// The actions of a plan version, by number. `NOT_FOUND` for an unknown plan, `BAD_REQUEST` for a wrong page. NL: acties.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(desc = "Which actions to list; by default all. NL: filter.", default)]
        filter: ActionFilter,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
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
    ) -> Result<Connection<Action>> {
        let asked = PageAsked::parse(first, after)?;
        check_plan(loader, &plan).await?;
        let mut found = Vec::new();
        for row in known::<action::Entity>(ctx).await? {
            if row.plan != plan
                || filter.line.is_some_and(|line| line != row.line)
                || filter.is_new.is_some_and(|is_new| is_new != row.is_new)
            {
                continue;
            }
            let action = Action::from(row);
            if let Some(wanted) = &filter.status {
                let status = action.status(ctx).await?;
                if !status.is_some_and(|status| wanted.contains(&status)) {
                    continue;
                }
            }
            found.push((row.subject_key.clone(), action));
        }
        Ok(Connection::of_whole(found, &asked)?)
    }

    /// One action. `NOT_FOUND` when the plan has no action of that number. NL: actie.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number within the plan version. NL: actienummer.")] number: i32,
        #[graphql(
            desc = "The plan version: the same number means another action in another one. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
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
    ) -> Result<Option<Action>> {
        check_plan(loader, &plan).await?;
        let actions = known::<action::Entity>(ctx).await?;
        let key = format!("{plan}/{number}");
        match actions.iter().find(|action| action.subject_key == key) {
            Some(action) => Ok(Some(Action::from(action))),
            None => Err(Failure::Unknown {
                what: ("actie", "action"),
                did_you_mean: did_you_mean(
                    &key,
                    actions.iter().map(|action| action.subject_key.as_str()),
                ),
                code: key,
            }
            .into()),
        }
    }
}

/// An action by its key, for `node`.
pub(crate) async fn find_action(ctx: &Context<'_>, key: &str) -> Result<Option<Action>> {
    let actions = known::<action::Entity>(ctx).await?;
    Ok(actions
        .iter()
        .find(|action| action.subject_key == key)
        .map(Action::from))
}

/// A line by its key, for `node`.
pub(crate) async fn find_line(ctx: &Context<'_>, key: &str) -> Result<Option<ActionLine>> {
    let lines = known::<action_line::Entity>(ctx).await?;
    Ok(lines
        .iter()
        .find(|line| line.subject_key == key)
        .map(ActionLine::from))
}

async fn check_plan(loader: &PlanLoader, plan: &str) -> Result<()> {
    let versions = known::<plan_version::Entity>(ctx).await?;
    if versions.iter().any(|version| version.key == plan) {
        return Ok(());
    }
    Err(Failure::Unknown {
        what: ("planversie", "plan version"),
        code: plan.to_owned(),
        did_you_mean: did_you_mean(plan, versions.iter().map(|version| version.key.as_str())),
    }
    .into())
}

/// The closed round of that key, or the latest one that was closed by a day.
async fn round_at<'a>(
    loader: &'a PlanLoader,
    plan: &str,
    key: Option<&str>,
    day: NaiveDate,
) -> Result<Option<&'a monitoring_round::Model>> {
    let rounds = known::<monitoring_round::Entity>(ctx).await?;
    let mut closed = rounds
        .iter()
        .filter(|round| round.plan == plan && round.state == "CLOSED");
    let Some(key) = key else {
        return Ok(closed.rfind(|round| round.date_latest <= day));
    };
    match closed.clone().find(|round| round.key == key) {
        Some(round) => Ok(Some(round)),
        None => Err(Failure::Unknown {
            what: ("monitoringsronde", "monitoring round"),
            code: key.to_owned(),
            did_you_mean: did_you_mean(key, closed.by_ref().map(|round| round.key.as_str())),
        }
        .into()),
    }
}

fn unknown_line(plan: &str, line: i32, lines: &[action_line::Model]) -> Failure {
    let key = format!("{plan}/{line}");
    Failure::Unknown {
        what: ("actielijn", "action line"),
        did_you_mean: did_you_mean(&key, lines.iter().map(|line| line.subject_key.as_str())),
        code: key,
    }
}

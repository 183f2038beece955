//! `ActionLine`, and how other features find an action or a line.

use async_graphql::{Context, ID, Object, Result};
use chrono::NaiveDate;
use entity::{action_line, monitoring_round, plan_version};

pub use super::{
    action::Action,
    dashboard::MonitoringRound,
    planning::PlanTheme,
    planning::PlannedYears,
    results::{public_text, text_state, words},
    version::PlanVersion,
};
use super::{
    dashboard::closed_rounds,
    lookup::{ActionByKey, ActionByLine, LineByKey},
};
use crate::{
    budget::{self, schema::BudgetLineYear},
    goals::{
        self,
        schema::{IntendedEffect, OperationalGoal},
    },
    sources::schema::Source,
};
use domain::mistake::did_you_mean;
use graphql::{
    error::Failure,
    id::{self, NodeKind},
    index::{index, index_of_shared},
    known::known,
    text::LocalizedText,
};

/// A line of the action plan. NL: actielijn.
#[derive(Debug, Clone)]
pub struct ActionLine {
    row: action_line::Model,
    /// The key of the monitoring round that its actions are told by; none for the latest that was
    /// closed by the day of the document.
    shown: Option<String>,
}

/// A line of the action plan. NL: actielijn.
#[Object]
impl ActionLine {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        let shown = self.shown.as_deref();
        id::id_in_round(ctx, NodeKind::ActionLine, &self.row.subject_key, shown).await
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
        let actions = index_of_shared::<ActionByLine>(ctx).await?;
        Ok(actions
            .rows_of((&self.row.plan, self.row.number))
            .map(|action| Action::to_view(action, self.shown.clone()))
            .collect())
    }

    /// The operational goals of the line, in the order of print. NL: operationele doelen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<OperationalGoal>> {
        goals::schema::of_line(ctx, &self.row.plan, self.row.number).await
    }

    /// What the line wants to bring about in the end; no goals. NL: beoogde effecten.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn effects(&self, ctx: &Context<'_>) -> Result<Vec<IntendedEffect>> {
        goals::schema::effects_of_line(ctx, &self.row.plan, self.row.number).await
    }

    /// The budget of the line per year: the overview beside the sum of its actions, in whole euros.
    /// NL: begroting.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn budget(&self, ctx: &Context<'_>) -> Result<Vec<BudgetLineYear>> {
        budget::schema::of_line(ctx, &self.row.plan, self.row.number).await
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

impl From<&action_line::Model> for ActionLine {
    fn from(row: &action_line::Model) -> Self {
        Self::to_view(row, None)
    }
}

impl ActionLine {
    /// A line whose actions are told as one round tells of them.
    pub(super) fn to_view(row: &action_line::Model, shown: Option<String>) -> Self {
        Self {
            row: row.clone(),
            shown,
        }
    }
}

/// An action by its key, for `node`.
pub async fn find_action(ctx: &Context<'_>, key: &str) -> Result<Option<Action>> {
    let actions = index_of_shared::<ActionByKey>(ctx).await?;
    Ok(actions.first_of(key).map(Action::from))
}

/// An action by its key, as a closed round tells of it.
pub async fn find_action_in_round(
    ctx: &Context<'_>,
    key: &str,
    round: &str,
) -> Result<Option<Action>> {
    let actions = index_of_shared::<ActionByKey>(ctx).await?;
    let shown = Some(round.to_owned());
    let action = actions.first_of(key);
    Ok(action.map(|action| Action::to_view(action, shown)))
}

/// A line by its key, for `node`.
pub async fn find_line(ctx: &Context<'_>, key: &str) -> Result<Option<ActionLine>> {
    let lines = index::<LineByKey>(ctx).await?;
    Ok(lines.first_of(key).map(ActionLine::from))
}

/// A line by its key, whose actions are told by a closed round.
pub async fn find_line_in_round(
    ctx: &Context<'_>,
    key: &str,
    round: &str,
) -> Result<Option<ActionLine>> {
    let lines = index::<LineByKey>(ctx).await?;
    let line = lines.first_of(key);
    Ok(line.map(|line| ActionLine::to_view(line, Some(round.to_owned()))))
}

/// Whether a plan has a closed round of that key.
pub async fn has_round(ctx: &Context<'_>, plan: &str, key: &str) -> Result<bool> {
    let closed = closed_rounds(ctx, plan).await?;
    Ok(closed.iter().any(|round| round.key == key))
}

/// The plan version of a key; an unknown one is told.
pub(crate) async fn check_plan<'a>(
    ctx: &'a Context<'_>,
    plan: &str,
) -> Result<&'a plan_version::Model> {
    let versions = known::<plan_version::Entity>(ctx).await?;
    let found = versions.iter().find(|version| version.key == plan);
    Ok(found.ok_or_else(|| Failure::Unknown {
        what: ("planversie", "plan version"),
        code: plan.to_owned(),
        did_you_mean: did_you_mean(plan, versions.iter().map(|version| version.key.as_str())),
    })?)
}

/// The plan version that a row of facts names.
pub async fn plan_of(ctx: &Context<'_>, plan: &str) -> Result<PlanVersion> {
    check_plan(ctx, plan).await.map(PlanVersion::from)
}

/// The closed round of a key that a row of facts names; none for one that is open.
pub async fn closed_round(
    ctx: &Context<'_>,
    plan: &str,
    key: Option<&str>,
) -> Result<Option<MonitoringRound>> {
    let rounds = closed_rounds(ctx, plan).await?;
    let own = rounds
        .into_iter()
        .find(|round| Some(round.key.as_str()) == key);
    Ok(own.map(MonitoringRound::from))
}

/// The closed round of a key; an unknown one is told.
pub(crate) async fn round_named<'a>(
    ctx: &'a Context<'_>,
    plan: &str,
    key: &str,
) -> Result<&'a monitoring_round::Model> {
    let closed = closed_rounds(ctx, plan).await?;
    let found = closed.iter().find(|round| round.key == key);
    Ok(found.ok_or_else(|| Failure::Unknown {
        what: ("monitoringsronde", "monitoring round"),
        code: key.to_owned(),
        did_you_mean: did_you_mean(key, closed.iter().map(|round| round.key.as_str())),
    })?)
}

/// The closed round of that key, or the latest one that was closed by a day.
pub(crate) async fn round_at<'a>(
    ctx: &'a Context<'_>,
    plan: &str,
    key: Option<&str>,
    day: NaiveDate,
) -> Result<Option<&'a monitoring_round::Model>> {
    if let Some(key) = key {
        return Ok(Some(round_named(ctx, plan, key).await?));
    }
    let closed = closed_rounds(ctx, plan).await?;
    Ok(closed.into_iter().rfind(|round| round.date_latest <= day))
}

pub(super) fn unknown_line(plan: &str, line: i32, lines: &[action_line::Model]) -> Failure {
    let key = format!("{plan}/{line}");
    Failure::Unknown {
        what: ("actielijn", "action line"),
        did_you_mean: did_you_mean(&key, lines.iter().map(|line| line.subject_key.as_str())),
        code: key,
    }
}

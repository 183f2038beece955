//! Queries of the plan.

use async_graphql::{Context, Object, Result};
use domain::{
    mistake::did_you_mean,
    plan::{CURRENT_PLAN, PREVIOUS_PLAN, codes::ActionOrder},
};
use entity::{action, action_line, plan_theme, plan_version};
use graphql::{
    coded::Coded,
    context::today,
    error::Failure,
    index::index_of_shared,
    known::{known, shared},
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
};

use super::{
    comparison::RoundComparison,
    dashboard::{Dashboard, MonitoringRound, closed_rounds},
    filter::{self, ActionFilter},
    lookup::ActionByKey,
    planning::PlanTheme,
    schema::{Action, ActionLine, check_plan, round_at, round_named},
    version::{PlanDifference, PlanVersion},
};

/// Queries of the plan.
#[derive(Default)]
pub struct PlanQuery;

#[Object]
impl PlanQuery {
    /// The versions of the action plan, oldest first. At most 10: a plan is written anew once in
    /// some years. NL: versies van het actieplan.
    async fn plan_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<PlanVersion>>> {
        let versions = known::<plan_version::Entity>(ctx).await?;
        Ok(Some(versions.iter().map(PlanVersion::from).collect()))
    }

    /// What differs between two versions of the plan. `NOT_FOUND` for an unknown version. NL:
    /// verschil tussen versies.
    async fn plan_difference(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The earlier version. NL: van versie.",
            default_with = "PREVIOUS_PLAN.to_owned()"
        )]
        from: String,
        #[graphql(
            desc = "The later version. NL: naar versie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        to: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<PlanDifference>> {
        Ok(Some(PlanDifference {
            from: check_plan(ctx, &from).await?.clone(),
            to: check_plan(ctx, &to).await?.clone(),
        }))
    }

    /// The closed monitoring rounds of a plan version, the latest last. At most 20: a version runs
    /// for some years, with one round or two in each. `NOT_FOUND` for an unknown plan. NL:
    /// monitoringsrondes.
    async fn monitoring_rounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<MonitoringRound>>> {
        check_plan(ctx, &plan).await?;
        let rounds = closed_rounds(ctx, &plan).await?;
        Ok(Some(
            rounds.into_iter().map(MonitoringRound::from).collect(),
        ))
    }

    /// How far the plan is. `NOT_FOUND` for an unknown plan or round. NL: dashboard.
    async fn dashboard(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(
            desc = "The key of a monitoring round; by default the latest that was closed by the \
                day of the moment. NL: monitoringsronde."
        )]
        round: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Dashboard>> {
        check_plan(ctx, &plan).await?;
        let day = today(ctx).await?;
        let shown = to_view(ctx, &plan, round).await?;
        let round = round_at(ctx, &plan, shown.as_deref(), day).await?;
        Ok(Some(Dashboard {
            round: round.cloned(),
            shown,
            plan,
            day,
        }))
    }

    /// Two closed monitoring rounds side by side. `NOT_FOUND` for an unknown plan or round. NL:
    /// vergelijking van rondes.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn compare_rounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(desc = "The key of the first round. NL: eerste ronde.")] earlier: String,
        #[graphql(desc = "The key of the second round. NL: tweede ronde.")] later: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<RoundComparison>> {
        check_plan(ctx, &plan).await?;
        Ok(Some(RoundComparison {
            earlier: round_named(ctx, &plan, &earlier).await?.clone(),
            later: round_named(ctx, &plan, &later).await?.clone(),
            plan,
        }))
    }

    /// The lines of a plan version, by number. At most 10: a version prints them. `NOT_FOUND` for
    /// an unknown plan or round. NL: actielijnen.
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
            desc = "The key of a monitoring round; by default the latest that was closed by the \
                day of the moment. NL: monitoringsronde."
        )]
        round: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ActionLine>>> {
        check_plan(ctx, &plan).await?;
        let shown = to_view(ctx, &plan, round).await?;
        let lines = known::<action_line::Entity>(ctx).await?;
        Ok(Some(
            lines
                .iter()
                .filter(|line| line.plan == plan)
                .map(|line| ActionLine::to_view(line, shown.clone()))
                .collect(),
        ))
    }

    /// The themes that run across the lines of the plan. At most 30: a closed list of the sources.
    /// NL: thema's.
    #[graphql(complexity = "1 + 16 * child_complexity")]
    async fn plan_themes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<PlanTheme>>> {
        let themes = known::<plan_theme::Entity>(ctx).await?;
        Ok(Some(themes.iter().map(PlanTheme::from).collect()))
    }

    /// The actions of a plan version. `NOT_FOUND` for an unknown plan, round, line, theme or
    /// partner; `BAD_REQUEST` for a wrong page or year. NL: acties.
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
        #[graphql(
            desc = "The key of a monitoring round; by default the latest that was closed by the \
                day of the moment. NL: monitoringsronde."
        )]
        round: Option<String>,
        #[graphql(desc = "Which actions to list; by default all. NL: filter.", default)]
        filter: ActionFilter,
        #[graphql(
            desc = "The order of the list; by default by number. NL: volgorde.",
            default_with = "Coded(ActionOrder::Number)"
        )]
        order_by: Coded<ActionOrder>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Action>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        check_plan(ctx, &plan).await?;
        let filter = filter::checked(ctx, &plan, filter).await?;
        let shown = to_view(ctx, &plan, round).await?;
        let mut found = Vec::new();
        for row in shared::<action::Entity>(ctx).await? {
            let action = Action::to_view(row, shown.clone());
            if row.plan == plan && filter::fits(ctx, &action, &filter).await? {
                found.push(action);
            }
        }
        let found = filter::sort(ctx, found, order_by.0).await?;
        let keyed = found
            .into_iter()
            .map(|action| (action.row().subject_key.clone(), action));
        Ok(Some(Connection::of_whole(keyed.collect(), &requested)?))
    }

    /// One action. `NOT_FOUND` when the plan has no action of that number. NL: actie.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number within the plan version. NL: actienummer.")] number: i32,
        #[graphql(
            desc = "The plan version: the same number means another action in another one. NL: \
                planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(
            desc = "The key of a monitoring round; by default the latest that was closed by the \
                day of the moment. NL: monitoringsronde."
        )]
        round: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Action>> {
        check_plan(ctx, &plan).await?;
        let shown = to_view(ctx, &plan, round).await?;
        let actions = known::<action::Entity>(ctx).await?;
        let key = format!("{plan}/{number}");
        match index_of_shared::<ActionByKey>(ctx).await?.first_of(&key) {
            Some(action) => Ok(Some(Action::to_view(action, shown))),
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

/// The round to tell of; an unknown one is told at once, and not by each action below.
async fn to_view(ctx: &Context<'_>, plan: &str, round: Option<String>) -> Result<Option<String>> {
    let today = today(ctx).await?;
    round_at(ctx, plan, round.as_deref(), today).await?;
    Ok(round)
}

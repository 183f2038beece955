//! What clients ask of goals, effects and figures.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::Datelike as _;
use entity::operational_goal;
use graphql::{
    coded::Coded, context::today, date::Date, error::fail_with_all, index::index, known::known,
    moment::Moment,
};

pub(crate) use super::goal::ActionGoal;
use super::{
    effects,
    figures::{NationalFigureFilter, NationalFigures, forms},
    lookup::{GoalByLine, GoalByNumber, MeasurementByAction, ServiceByAction},
};
pub use super::{
    effects::{EffectIndicator, IntendedEffect},
    figures::{ExploitationForm, NationalFigure},
    goal::OperationalGoal,
    measurement::{Measurement, find_measurement},
};
use crate::plan::codes::{Codes, unknown};
use domain::{
    goals::codes::{GoalProgress, SmartPart},
    plan::CURRENT_PLAN,
};

/// Which goals to list; all conditions hold together. NL: filter op doelen.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct GoalFilter {
    /// Only goals of this line, by number. NL: actielijn.
    line: Option<i32>,
    /// Only goals whose deadline lies in this year. From 1950 to 2099. NL: termijn in jaar.
    due_year: Option<i32>,
    /// Only goals whose deadline is this day or earlier; goals without a deadline are left out.
    /// From 1950-01-01 to 2099-12-31. NL: termijn uiterlijk.
    due_by: Option<Date>,
    /// Only goals with one of these progresses on the day asked for. NL: voortgang.
    progress: Option<Vec<Coded<GoalProgress>>>,
    /// Only goals that lack this part on the day asked for. NL: ontbrekend onderdeel.
    lacks: Option<Coded<SmartPart>>,
}

impl GoalFilter {
    async fn fits(
        &self,
        ctx: &Context<'_>,
        row: &operational_goal::Model,
        goal: &OperationalGoal,
    ) -> Result<bool> {
        let due = row.deadline_on;
        if self.line.is_some_and(|line| line != row.line)
            || self
                .due_year
                .is_some_and(|year| due.is_none_or(|due| due.year() != year))
            || self
                .due_by
                .is_some_and(|day| due.is_none_or(|due| due > day.0))
        {
            return Ok(false);
        }
        if let Some(wanted) = &self.progress
            && !wanted.contains(&(goal.progress_now(ctx).await?).into())
        {
            return Ok(false);
        }
        if let Some(part) = self.lacks
            && !goal.lacks(ctx).await?.contains(&part.0)
        {
            return Ok(false);
        }
        Ok(true)
    }
}

/// The goals of a line on the present day, in the order of print.
pub(crate) async fn of_line(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<OperationalGoal>> {
    let today = today(ctx).await?;
    let goals = index::<GoalByLine>(ctx).await?;
    let own = goals.rows_of((plan, number));
    Ok(own.map(|goal| OperationalGoal::of(goal, today)).collect())
}

/// The intended effects of a line, in the order of print.
pub(crate) async fn effects_of_line(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<IntendedEffect>> {
    effects::effects(ctx, plan, Some(number)).await
}

/// The goals that an action serves on the present day, only where a source shows it.
pub(crate) async fn goals_of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<ActionGoal>> {
    let today = today(ctx).await?;
    let goals = index::<GoalByNumber>(ctx).await?;
    let links = index::<ServiceByAction>(ctx).await?;
    Ok(links
        .rows_of((plan, number))
        .filter_map(|link| {
            let goal = goals.first_of((plan, link.line, link.goal))?;
            Some(ActionGoal {
                goal: OperationalGoal::of(goal, today),
                source: crate::source_of!(link),
            })
        })
        .collect())
}

/// The measurements that an action makes, by key.
pub(crate) async fn measurements_of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<Measurement>> {
    let rows = index::<MeasurementByAction>(ctx).await?;
    let own = rows.rows_of((plan, Some(number)));
    own.map(Measurement::of).collect()
}

/// Queries of goals, effects and figures.
#[derive(Default)]
pub struct GoalsQuery;

#[Object]
impl GoalsQuery {
    /// The operational goals of a plan version, by line in the order of print. At most 50: a
    /// version prints them. `NOT_FOUND` for an unknown plan version or line. NL: operationele
    /// doelen.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(desc = "Which goals to list; by default all. NL: filter.", default)]
        filter: GoalFilter,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<OperationalGoal>>> {
        let codes = Codes {
            plan: &plan,
            line: filter.line,
            actions: &[],
            theme: None,
        };
        codes.check(ctx).await?;
        let today = today(ctx).await?;
        let mut found = Vec::new();
        for row in known::<operational_goal::Entity>(ctx).await? {
            let goal = OperationalGoal::of(row, today);
            if row.plan == plan && filter.fits(ctx, row, &goal).await? {
                found.push(goal);
            }
        }
        Ok(Some(found))
    }

    /// One operational goal. `NOT_FOUND` for an unknown key. NL: operationeel doel.
    async fn goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key: plan version, line and number, as in `2024/2/1`. NL: sleutel.")]
        key: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<OperationalGoal>> {
        let today = today(ctx).await?;
        let goals = known::<operational_goal::Entity>(ctx).await?;
        let keys = goals.iter().map(|goal| goal.subject_key.as_str());
        let mistake = unknown("operationeel doel", "operational goal", &key, keys);
        fail_with_all(ctx, mistake)?;
        let goal = goals.iter().find(|goal| goal.subject_key == key);
        Ok(goal.map(|goal| OperationalGoal::of(goal, today)))
    }

    /// The intended effects of a plan version, by line in the order of print; they are no goals. At
    /// most 50: a version prints them. `NOT_FOUND` for an unknown plan version or line. NL: beoogde
    /// effecten.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn intended_effects(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(desc = "Only of this line, by number. NL: actielijn.")] line: Option<i32>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<IntendedEffect>>> {
        let codes = Codes {
            plan: &plan,
            line,
            actions: &[],
            theme: None,
        };
        codes.check(ctx).await?;
        effects::effects(ctx, &plan, line).await.map(Some)
    }

    /// Figures that the sources print about human trafficking, its detection and its shelter. Where
    /// none fits there is an empty list and a reason, never 0: figures of a region, or by form of
    /// exploitation, are given only where a source has them. `NOT_FOUND` for an unknown series or
    /// area. NL: landelijke cijfers.
    async fn national_figures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which figures to list; by default all. NL: filter.", default)]
        filter: NationalFigureFilter,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<NationalFigures>> {
        NationalFigures::find(ctx, filter).await.map(Some)
    }

    /// The forms of exploitation, in the order of the source. At most 10: a closed list of the
    /// source. NL: vormen van uitbuiting.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn exploitation_forms(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ExploitationForm>>> {
        forms(ctx).await.map(Some)
    }
}

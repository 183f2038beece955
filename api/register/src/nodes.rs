//! The nouns of the register by their keys, for `node`.

use async_graphql::{Context, Result};
use database::Facts;
use entity::{
    adjacent_policy, building_block, data_decision, effect_indicator, event, exploitation_form,
    function_role, funding, intended_effect, known_gap, monitoring_round, motion, national_figure,
    operational_goal, plan_theme, plan_version, policy_document, proposal, reference_citation,
};
use graphql::{context::today, known::known};

use crate::{
    budget::schema::Funding,
    goals::schema::{
        EffectIndicator, ExploitationForm, IntendedEffect, NationalFigure, OperationalGoal,
    },
    guidance::schema::{AdjacentPolicy, BuildingBlock, FunctionRole, ReportingRoute, routes},
    partners::schema::Event,
    plan::schema::{MonitoringRound, PlanTheme, PlanVersion},
    policies::schema::PolicyDocument,
    quality::schema::{DataDecision, Gap},
    sources::{motion::Motion, proposal::Proposal, schema::ReferenceCitation},
};
pub use crate::{
    budget::schema::find_cell,
    goals::schema::find_measurement,
    guidance::schema::{find_assignment, find_point, find_vacancy},
    sources::schema::find_document,
};

/// The row that fits among those that are known.
async fn row<'a, E: Facts>(
    ctx: &'a Context<'_>,
    fits: impl Fn(&E::Model) -> bool,
) -> Result<Option<&'a E::Model>> {
    let rows = known::<E>(ctx).await?;
    Ok(rows.iter().find(|row| fits(row)))
}

/// Policy beside the plan, by its key.
pub async fn find_adjacent_policy(ctx: &Context<'_>, key: &str) -> Result<Option<AdjacentPolicy>> {
    let row = row::<adjacent_policy::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(AdjacentPolicy::from))
}

/// A building block, by its key.
pub async fn find_building_block(ctx: &Context<'_>, key: &str) -> Result<Option<BuildingBlock>> {
    let row = row::<building_block::Entity>(ctx, |row| row.key == key).await?;
    row.map(BuildingBlock::of).transpose()
}

/// A decision on the data, by its key.
pub async fn find_decision(ctx: &Context<'_>, key: &str) -> Result<Option<DataDecision>> {
    let row = row::<data_decision::Entity>(ctx, |row| row.key == key).await?;
    row.map(DataDecision::of).transpose()
}

/// An indicator, by its key.
pub async fn find_indicator(ctx: &Context<'_>, key: &str) -> Result<Option<EffectIndicator>> {
    let row = row::<effect_indicator::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(EffectIndicator::from))
}

/// A meeting, by its key.
pub async fn find_event(ctx: &Context<'_>, key: &str) -> Result<Option<Event>> {
    let row = row::<event::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(Event::from))
}

/// A form of exploitation, by its code.
pub async fn find_form(ctx: &Context<'_>, code: &str) -> Result<Option<ExploitationForm>> {
    let row = row::<exploitation_form::Entity>(ctx, |row| row.code == code).await?;
    row.map(ExploitationForm::of).transpose()
}

/// A function, by its code, as it is filled on the day of the document.
pub async fn find_function(ctx: &Context<'_>, code: &str) -> Result<Option<FunctionRole>> {
    let day = today(ctx).await?;
    let row = row::<function_role::Entity>(ctx, |row| row.code == code).await?;
    Ok(row.map(|row| FunctionRole::of(row, day)))
}

/// Money that was made available, by its key.
pub async fn find_funding(ctx: &Context<'_>, key: &str) -> Result<Option<Funding>> {
    let row = row::<funding::Entity>(ctx, |row| row.key == key).await?;
    row.map(Funding::of).transpose()
}

/// A gap in the data, by its key.
pub async fn find_gap(ctx: &Context<'_>, key: &str) -> Result<Option<Gap>> {
    let row = row::<known_gap::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(Gap::from))
}

/// An intended effect, by its key.
pub async fn find_effect(ctx: &Context<'_>, key: &str) -> Result<Option<IntendedEffect>> {
    let row = row::<intended_effect::Entity>(ctx, |row| row.subject_key == key).await?;
    Ok(row.map(IntendedEffect::from))
}

/// A closed monitoring round, by its key.
pub async fn find_round(ctx: &Context<'_>, key: &str) -> Result<Option<MonitoringRound>> {
    let is_it = |row: &monitoring_round::Model| row.key == key && row.state == "CLOSED";
    let row = row::<monitoring_round::Entity>(ctx, is_it).await?;
    Ok(row.map(MonitoringRound::from))
}

/// A motion, by its key.
pub async fn find_motion(ctx: &Context<'_>, key: &str) -> Result<Option<Motion>> {
    let row = row::<motion::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(Motion::from))
}

/// A national figure, by its key.
pub async fn find_figure(ctx: &Context<'_>, key: &str) -> Result<Option<NationalFigure>> {
    let row = row::<national_figure::Entity>(ctx, |row| row.key == key).await?;
    row.map(NationalFigure::of).transpose()
}

/// A goal, by its key, as it stands on the day of the document.
pub async fn find_goal(ctx: &Context<'_>, key: &str) -> Result<Option<OperationalGoal>> {
    let day = today(ctx).await?;
    let row = row::<operational_goal::Entity>(ctx, |row| row.subject_key == key).await?;
    Ok(row.map(|row| OperationalGoal::of(row, day)))
}

/// A theme of the plan, by its code.
pub async fn find_theme(ctx: &Context<'_>, code: &str) -> Result<Option<PlanTheme>> {
    let row = row::<plan_theme::Entity>(ctx, |row| row.code == code).await?;
    Ok(row.map(PlanTheme::from))
}

/// A version of the plan, by its key.
pub async fn find_plan(ctx: &Context<'_>, key: &str) -> Result<Option<PlanVersion>> {
    let row = row::<plan_version::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(PlanVersion::from))
}

/// A policy document, by its key.
pub async fn find_policy(ctx: &Context<'_>, key: &str) -> Result<Option<PolicyDocument>> {
    let row = row::<policy_document::Entity>(ctx, |row| row.key == key).await?;
    Ok(row.map(PolicyDocument::from))
}

/// A proposal, by its key.
pub async fn find_proposal(ctx: &Context<'_>, key: &str) -> Result<Option<Proposal>> {
    let row = row::<proposal::Entity>(ctx, |row| row.key == key).await?;
    row.map(Proposal::of).transpose()
}

/// A citation, by its key.
pub async fn find_citation(ctx: &Context<'_>, key: &str) -> Result<Option<ReferenceCitation>> {
    let row = row::<reference_citation::Entity>(ctx, |row| row.key == key).await?;
    row.map(ReferenceCitation::of).transpose()
}

/// A reporting route, by its key.
pub async fn find_route(ctx: &Context<'_>, key: &str) -> Result<Option<ReportingRoute>> {
    let found = routes(ctx).await?;
    Ok(found.into_iter().find(|route| route.key == key))
}

//! The mutations of the plan and of what its actions reached.

use async_graphql::{Context, Object, Result};

use super::{
    end_action::{self, EndActionInput, EndActionPayload},
    link_actions::{self, LinkActionsInput, LinkActionsPayload},
    plan_action::{self, PlanActionInput, PlanActionPayload},
    record_line::{
        self, RecordActionLineInput, RecordActionLinePayload, WithdrawActionLineInput,
        WithdrawActionLinePayload,
    },
    record_result::{self, RecordResultInput, RecordResultPayload},
    record_version::{
        self, RecordPlanVersionInput, RecordPlanVersionPayload, WithdrawPlanVersionInput,
        WithdrawPlanVersionPayload,
    },
    results::find_result,
    schema::{find_action, find_line},
};
use crate::nodes::find_plan;
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of the plan.
#[derive(Default)]
pub struct PlanMutation;

#[Object]
impl PlanMutation {
    /// Plans an action in a line, or plans one anew: its title, its years and the goals that it
    /// serves. One that had ended runs again. For the ministry. NL: actie plannen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn plan_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The action. NL: invoer.")] input: PlanActionInput,
    ) -> Result<PlanActionPayload> {
        let outcome = plan_action::plan(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_action(ctx, &key).await).await
    }

    /// Ends an action with a reason; what was known of it stays. Warns of actions that wait for it
    /// and of money in later years. For the ministry. NL: actie beëindigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn end_action(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The end. NL: invoer.")] input: EndActionInput,
    ) -> Result<EndActionPayload> {
        let outcome = end_action::end(request(ctx)?, &input).await;
        let find = async |key: String| find_action(ctx, &key).await;
        payload(outcome, find).await
    }

    /// Links an action to others, and takes links away, in one decision. Actions that wait for each
    /// other in a circle are refused. For the ministry. NL: acties koppelen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn link_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The links. NL: invoer.")] input: LinkActionsInput,
    ) -> Result<LinkActionsPayload> {
        let outcome = link_actions::link(request(ctx)?, &input).await;
        let find = async |key: String| find_action(ctx, &key).await;
        payload(outcome, find).await
    }

    /// Records what an action reached, or tells it anew. Everybody sees it at once. For the owner
    /// of the action and the ministry. NL: resultaat vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ReportStatus)))]
    async fn record_result(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The result. NL: invoer.")] input: RecordResultInput,
    ) -> Result<RecordResultPayload> {
        let outcome = record_result::record(request(ctx)?, &input).await;
        let find = async |subject: String| find_result(ctx, &subject).await;
        payload(outcome, find).await
    }

    /// Records a version of the plan and how far it is, or records one anew. For the ministry. NL:
    /// planversie vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn record_plan_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: RecordPlanVersionInput,
    ) -> Result<RecordPlanVersionPayload> {
        let outcome = record_version::record(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_plan(ctx, &key).await).await
    }

    /// Takes back a version of the plan that was recorded by mistake, and on which nothing rests;
    /// it stays readable by `at`. For the ministry. NL: planversie intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn withdraw_plan_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: WithdrawPlanVersionInput,
    ) -> Result<WithdrawPlanVersionPayload> {
        let outcome = record_version::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| Ok(Some(key))).await
    }

    /// Records a line of the plan, or records one anew. For the ministry. NL: actielijn
    /// vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn record_action_line(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The line. NL: invoer.")] input: RecordActionLineInput,
    ) -> Result<RecordActionLinePayload> {
        let outcome = record_line::record(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_line(ctx, &key).await).await
    }

    /// Takes back a line that was recorded by mistake, and on which nothing rests; it stays
    /// readable by `at`. For the ministry. NL: actielijn intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn withdraw_action_line(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The line. NL: invoer.")] input: WithdrawActionLineInput,
    ) -> Result<WithdrawActionLinePayload> {
        let outcome = record_line::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| Ok(Some(key))).await
    }
}

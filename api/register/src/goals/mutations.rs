//! The mutations of goals and measurements.

use async_graphql::{Context, Object, Result};

use super::{
    measurement::find_measurement,
    record::{self, RecordMeasurementInput, RecordMeasurementPayload},
    record_goal::{
        self, RecordGoalInput, RecordGoalPayload, WithdrawGoalInput, WithdrawGoalPayload,
    },
};
use crate::nodes::find_goal;
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of goals and measurements.
#[derive(Default)]
pub struct GoalsMutation;

#[Object]
impl GoalsMutation {
    /// Records what an action measured, or that it is measuring; the progress of its goal follows
    /// at once. For the owner of the action and the ministry. NL: meting vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ReportStatus)))]
    async fn record_measurement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The measurement. NL: invoer.")] input: RecordMeasurementInput,
    ) -> Result<RecordMeasurementPayload> {
        let outcome = record::record(request(ctx)?, &input).await;
        let find = async |key: String| find_measurement(ctx, &key).await;
        payload(outcome, find).await
    }

    /// Records a goal of a line with its target values, or records one anew. For the ministry. NL:
    /// operationeel doel vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn record_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal. NL: invoer.")] input: RecordGoalInput,
    ) -> Result<RecordGoalPayload> {
        let outcome = record_goal::record(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_goal(ctx, &key).await).await
    }

    /// Takes back a goal that was recorded by mistake, and on which nothing rests, with its target
    /// values; it stays readable by `at`. For the ministry. NL: operationeel doel intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn withdraw_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal. NL: invoer.")] input: WithdrawGoalInput,
    ) -> Result<WithdrawGoalPayload> {
        let outcome = record_goal::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| Ok(Some(key))).await
    }
}

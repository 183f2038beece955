//! The mutation of measurements.

use async_graphql::{Context, Object, Result};

use super::{
    measurement::find_measurement,
    record::{self, RecordMeasurementInput, RecordMeasurementPayload},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of measurements.
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
}

//! The mutations of regional duties.

use async_graphql::{Context, Object, Result};

use super::{
    contract::{
        ConfirmRegionalReportInput, ConfirmRegionalReportPayload, RaiseRegionalBottleneckInput,
        RaiseRegionalBottleneckPayload, RecordRegionalDecisionInput, RecordRegionalDecisionPayload,
        RecordRegionalMeetingInput, RecordRegionalMeetingPayload, ResolveRegionalBottleneckInput,
        ResolveRegionalBottleneckPayload, SubmitRegionalReportInput, SubmitRegionalReportPayload,
    },
    record,
    schema::{RegionalDuties, find_changed},
};
use domain::{mistake::Mistake, policy::Rule};
use graphql::{
    access::{permitted_to, roles},
    change::Stopped,
    context::request,
};

/// What the payloads tell: the duties of the area, or what to repair.
async fn to_view<C, E: From<Mistake<C>>>(
    ctx: &Context<'_>,
    outcome: Result<String, Stopped<C>>,
) -> Result<(Option<RegionalDuties>, Vec<E>)> {
    let (key, errors) = graphql::change::to_payload(outcome)?;
    let changed = match key {
        Some(key) => find_changed(ctx, &key).await?,
        None => None,
    };
    Ok((changed, errors))
}

/// Mutations of regional duties.
#[derive(Default)]
pub(crate) struct DutiesMutation;

#[Object]
impl DutiesMutation {
    /// Records a meeting that was held. For a registered reporting region. NL: bijeenkomst
    /// vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn record_regional_meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The meeting. NL: invoer.")] input: RecordRegionalMeetingInput,
    ) -> Result<RecordRegionalMeetingPayload> {
        let outcome = record::meeting(request(ctx)?, &input).await;
        let (regional_duties, errors) = to_view(ctx, outcome).await?;
        Ok(RecordRegionalMeetingPayload {
            regional_duties,
            errors,
        })
    }

    /// Records a bottleneck, which stands until it is resolved. For a registered reporting region.
    /// NL: knelpunt vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn raise_regional_bottleneck(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bottleneck. NL: invoer.")] input: RaiseRegionalBottleneckInput,
    ) -> Result<RaiseRegionalBottleneckPayload> {
        let outcome = record::bottleneck(request(ctx)?, &input).await;
        let (regional_duties, errors) = to_view(ctx, outcome).await?;
        Ok(RaiseRegionalBottleneckPayload {
            regional_duties,
            errors,
        })
    }

    /// Records that a bottleneck was resolved. For a registered reporting region. NL: knelpunt
    /// oplossen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn resolve_regional_bottleneck(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bottleneck and the day. NL: invoer.")]
        input: ResolveRegionalBottleneckInput,
    ) -> Result<ResolveRegionalBottleneckPayload> {
        let outcome = record::resolution(request(ctx)?, &input).await;
        let (regional_duties, errors) = to_view(ctx, outcome).await?;
        Ok(ResolveRegionalBottleneckPayload {
            regional_duties,
            errors,
        })
    }

    /// Records a decision on policy. For a registered reporting region. NL: besluit vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn record_regional_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision. NL: invoer.")] input: RecordRegionalDecisionInput,
    ) -> Result<RecordRegionalDecisionPayload> {
        let outcome = record::decision(request(ctx)?, &input).await;
        let (regional_duties, errors) = to_view(ctx, outcome).await?;
        Ok(RecordRegionalDecisionPayload {
            regional_duties,
            errors,
        })
    }

    /// Submits the report of a half year as a version that never changes; a later one takes its
    /// place. For a registered reporting region. NL: halfjaarrapportage indienen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn submit_regional_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report. NL: invoer.")] input: SubmitRegionalReportInput,
    ) -> Result<SubmitRegionalReportPayload> {
        let outcome = record::report(request(ctx)?, &input).await;
        let (regional_duties, errors) = to_view(ctx, outcome).await?;
        Ok(SubmitRegionalReportPayload {
            regional_duties,
            errors,
        })
    }

    /// Confirms the latest version of a half-year report; from then on the ministry reads it. For
    /// VNG. NL: halfjaarrapportage bevestigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn confirm_regional_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: ConfirmRegionalReportInput,
    ) -> Result<ConfirmRegionalReportPayload> {
        let outcome = record::confirmation(request(ctx)?, &input).await;
        let (regional_duties, errors) = to_view(ctx, outcome).await?;
        Ok(ConfirmRegionalReportPayload {
            regional_duties,
            errors,
        })
    }
}

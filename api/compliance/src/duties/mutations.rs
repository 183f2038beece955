//! The mutations of regional duties.

use async_graphql::{Context, Object, Result};

use super::{
    contract::{
        ConfirmRegionalReportInput, ConfirmRegionalReportPayload, RaiseRegionalBottleneckInput,
        RaiseRegionalBottleneckPayload, RecordRegionalDecisionInput, RecordRegionalDecisionPayload,
        RecordRegionalMeetingInput, RecordRegionalMeetingPayload, ResolveRegionalBottleneckInput,
        ResolveRegionalBottleneckPayload, SubmitRegionalReportInput, SubmitRegionalReportPayload,
        WithdrawRegionalBottleneckInput, WithdrawRegionalBottleneckPayload,
        WithdrawRegionalDecisionInput, WithdrawRegionalDecisionPayload,
        WithdrawRegionalMeetingInput, WithdrawRegionalMeetingPayload,
    },
    record,
    schema::find_changed,
    withdraw,
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

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
        let outcome = record::record_meeting(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Records a bottleneck, which stands until it is resolved. For a registered reporting region.
    /// NL: knelpunt vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn raise_regional_bottleneck(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bottleneck. NL: invoer.")] input: RaiseRegionalBottleneckInput,
    ) -> Result<RaiseRegionalBottleneckPayload> {
        let outcome = record::raise_bottleneck(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
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
        let outcome = record::resolve_bottleneck(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Records a decision on policy. For a registered reporting region. NL: besluit vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn record_regional_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision. NL: invoer.")] input: RecordRegionalDecisionInput,
    ) -> Result<RecordRegionalDecisionPayload> {
        let outcome = record::record_decision(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Takes back that a meeting was held, when it was not, or not on that day; record it anew with
    /// the right day. For a registered reporting region. NL: bijeenkomst intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn withdraw_regional_meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The meeting. NL: invoer.")] input: WithdrawRegionalMeetingInput,
    ) -> Result<WithdrawRegionalMeetingPayload> {
        let outcome = withdraw::withdraw_meeting(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Takes back a bottleneck that was recorded by mistake; one that is solved you resolve. For a
    /// registered reporting region. NL: knelpunt intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn withdraw_regional_bottleneck(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bottleneck. NL: invoer.")] input: WithdrawRegionalBottleneckInput,
    ) -> Result<WithdrawRegionalBottleneckPayload> {
        let outcome = withdraw::withdraw_bottleneck(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Takes back a decision that was recorded by mistake. For a registered reporting region. NL:
    /// besluit intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn withdraw_regional_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision. NL: invoer.")] input: WithdrawRegionalDecisionInput,
    ) -> Result<WithdrawRegionalDecisionPayload> {
        let outcome = withdraw::withdraw_decision(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Submits the report of a half year as a version that never changes; a later one takes its
    /// place. For a registered reporting region. NL: halfjaarrapportage indienen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn submit_regional_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report. NL: invoer.")] input: SubmitRegionalReportInput,
    ) -> Result<SubmitRegionalReportPayload> {
        let outcome = record::submit_report(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }

    /// Confirms the latest version of a half-year report; from then on the ministry reads it. For
    /// VNG. NL: halfjaarrapportage bevestigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn confirm_regional_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: ConfirmRegionalReportInput,
    ) -> Result<ConfirmRegionalReportPayload> {
        let outcome = record::confirm_report(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_changed(ctx, &key).await).await
    }
}

//! The mutations of monitoring rounds.

use async_graphql::{Context, Object, Result};

use super::{
    close::{self, CloseMonitoringRoundInput, CloseMonitoringRoundPayload},
    correct::{self, CorrectStatusReportInput, CorrectStatusReportPayload, Corrected},
    import::{self, ImportStatusReportsInput, ImportStatusReportsPayload},
    open::{self, OpenMonitoringRoundInput, OpenMonitoringRoundPayload},
    report::{self, ReportStatusInput, ReportStatusPayload},
    schema::{find_embargo, find_open, find_report, find_round},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    change::settled,
    context::request,
    payload::{errors, payload},
};
use register::plan::schema::find_action_in_round;

/// Mutations of monitoring rounds.
#[derive(Default)]
pub(crate) struct MonitoringMutation;

#[Object]
impl MonitoringMutation {
    /// Opens a round in which owners report on their actions. One round of a plan is open at a
    /// time. For the ministry. NL: monitoringsronde openen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn open_monitoring_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round. NL: invoer.")] input: OpenMonitoringRoundInput,
    ) -> Result<OpenMonitoringRoundPayload> {
        let outcome = open::open(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_open(ctx, &key).await).await
    }

    /// Reports on an action in an open round; a later report takes the place of the earlier one.
    /// Only the reporter and the ministry see it until the round is closed. For the owner of the
    /// action and the ministry. NL: stand rapporteren.
    #[graphql(directive = permitted_to::apply(roles(Rule::ReportStatus)))]
    async fn report_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The report. NL: invoer.")] input: ReportStatusInput,
    ) -> Result<ReportStatusPayload> {
        let outcome = report::report(request(ctx)?, &input).await;
        let find = async |subject: String| find_report(ctx, &subject).await;
        payload(outcome, find).await
    }

    /// Reads the sheet of an open round back: of each row that was changed, or says that it is to be
    /// reported, a report of the ministry, all or none of them. For the ministry. NL: standen
    /// inlezen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn import_status_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The sheet. NL: invoer.")] input: ImportStatusReportsInput,
    ) -> Result<ImportStatusReportsPayload> {
        match settled(import::import(request(ctx)?, &input).await)? {
            Ok(imported) => Ok(ImportStatusReportsPayload {
                round: find_open(ctx, &imported.round).await?,
                reported: Some(imported.reported),
                unchanged: Some(imported.unchanged),
                changes: imported.changes,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(ImportStatusReportsPayload {
                errors: errors(mistakes),
                ..ImportStatusReportsPayload::default()
            }),
        }
    }

    /// Closes a round: the reports that it accepts exist for everybody from now on, or from the end
    /// of the embargo. For the ministry. NL: monitoringsronde sluiten.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn close_monitoring_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The round and what it accepts. NL: invoer.")]
        input: CloseMonitoringRoundInput,
    ) -> Result<CloseMonitoringRoundPayload> {
        match settled(close::close(request(ctx)?, &input).await)? {
            Ok(key) => Ok(CloseMonitoringRoundPayload {
                round: find_round(ctx, &key).await?,
                embargo_until: find_embargo(ctx, &key).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(CloseMonitoringRoundPayload {
                round: None,
                embargo_until: None,
                errors: errors(mistakes),
            }),
        }
    }

    /// Corrects a status in a closed round, with the reason. What was known before stays readable
    /// by `at`. For the ministry. NL: stand corrigeren.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn correct_status_report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The correction. NL: invoer.")] input: CorrectStatusReportInput,
    ) -> Result<CorrectStatusReportPayload> {
        let outcome = correct::correct(request(ctx)?, &input).await;
        let find = async |corrected: Corrected| {
            find_action_in_round(ctx, &corrected.action, &corrected.round).await
        };
        payload(outcome, find).await
    }
}

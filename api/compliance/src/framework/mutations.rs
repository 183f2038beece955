//! The mutations of the framework: its editions and its periods.

use async_graphql::{Context, Object, Result};

use super::{
    consultation::{
        self,
        open::{OpenEditionForCommentInput, OpenEditionForCommentPayload},
        remark::{RemarkOnCriterionInput, RemarkOnCriterionPayload},
        schema::find_remark,
    },
    edition::{self, EndorseEditionInput, EndorseEditionPayload},
    edition_input::ProposeEditionInput,
    open::{self, OpenReportingPeriodInput, OpenReportingPeriodPayload},
    propose::{self, ProposeEditionPayload},
    reschedule::{self, RescheduleReportingPeriodInput, RescheduleReportingPeriodPayload},
    schema::{find_edition, find_period},
    withdraw::{self, WithdrawEditionInput, WithdrawEditionPayload},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    change::settled,
    context::request,
    payload::{errors, payload},
};

/// Mutations of the framework.
#[derive(Default)]
pub(crate) struct FrameworkMutation;

#[Object]
impl FrameworkMutation {
    /// Opens a period in which municipalities report, under an edition. For VNG. NL:
    /// rapportageperiode openen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn open_reporting_period(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The period. NL: invoer.")] input: OpenReportingPeriodInput,
    ) -> Result<OpenReportingPeriodPayload> {
        let outcome = open::open(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_period(ctx, &key).await).await
    }

    /// Changes the days of a period, with a reason; what has passed stays. For VNG. NL:
    /// rapportageperiode verzetten.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn reschedule_reporting_period(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new days. NL: invoer.")] input: RescheduleReportingPeriodInput,
    ) -> Result<RescheduleReportingPeriodPayload> {
        let outcome = reschedule::reschedule(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_period(ctx, &key).await).await
    }

    /// Proposes a new edition of the framework as a whole, with what becomes of each criterion of
    /// an old one; or once more, while it is a proposal on which nothing rests. For VNG. NL: editie
    /// voorstellen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn propose_edition(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition. NL: invoer.")] input: ProposeEditionInput,
    ) -> Result<ProposeEditionPayload> {
        Ok(
            match settled(propose::propose(request(ctx)?, &input).await)? {
                Ok(proposal) => ProposeEditionPayload {
                    edition: match proposal.edition {
                        Some(code) => find_edition(ctx, &code).await?,
                        None => None,
                    },
                    changes: proposal.changes,
                    verdicts: proposal.verdicts,
                    errors: Vec::new(),
                },
                Err(mistakes) => ProposeEditionPayload {
                    errors: errors(mistakes),
                    ..ProposeEditionPayload::default()
                },
            },
        )
    }

    /// Lays a proposed edition open for comment until a day, or changes that day: municipalities and
    /// reporting regions remark on its criteria. For VNG. NL: editie ter consultatie voorleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn open_edition_for_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition, and until when. NL: invoer.")]
        input: OpenEditionForCommentInput,
    ) -> Result<OpenEditionForCommentPayload> {
        let outcome = consultation::open::open(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_edition(ctx, &key).await).await
    }

    /// Remarks on a criterion of an edition that is laid open for comment, or replaces the remark
    /// made before: one of each municipality and each region. For a municipality its own, for a
    /// registered reporting region its own. NL: opmerking bij een criterium.
    #[graphql(directive = permitted_to::apply(roles(Rule::Remark)))]
    async fn remark_on_criterion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The remark. NL: invoer.")] input: RemarkOnCriterionInput,
    ) -> Result<RemarkOnCriterionPayload> {
        let outcome = consultation::remark::remark(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_remark(ctx, &key).await).await
    }

    /// Takes a proposal of an edition back on which nothing rests: no period, no answer of a region
    /// and no other edition. For VNG. NL: editie intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn withdraw_edition(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition. NL: invoer.")] input: WithdrawEditionInput,
    ) -> Result<WithdrawEditionPayload> {
        let outcome = withdraw::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| Ok(Some(key))).await
    }

    /// Endorses an edition: verdicts under it are no longer called provisional. Whether its term of
    /// months is endorsed too is said with it, and may be said later. For VNG. NL: editie
    /// vaststellen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn endorse_edition(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The edition. NL: invoer.")] input: EndorseEditionInput,
    ) -> Result<EndorseEditionPayload> {
        let outcome = edition::endorse(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_edition(ctx, &key).await).await
    }
}

//! The mutations of the territory.

use async_graphql::{Context, Object, Result};

use super::{
    register_area::{self, RegisterAreaInput, RegisterAreaPayload},
    register_region::{self, RegisterReportingRegionInput, RegisterReportingRegionPayload},
    reorganise::{self, RecordReorganisationInput, RecordReorganisationPayload},
    schema::{find_area_node, find_municipality, reorganisations_of},
    set_members::{self, SetAreaMembersInput, SetAreaMembersPayload},
    withdraw::{self, WithdrawReorganisationInput, WithdrawReorganisationPayload},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    change::settled,
    context::request,
    payload::{errors, payload},
};

/// Mutations of the territory.
#[derive(Default)]
pub struct TerritoryMutation;

#[Object]
impl TerritoryMutation {
    /// Lets an area act for its members from a day on. A municipality has at most one reporting
    /// region on a day. For VNG. NL: rapporterende regio registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn register_reporting_region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area and the first day. NL: invoer.")]
        input: RegisterReportingRegionInput,
    ) -> Result<RegisterReportingRegionPayload> {
        let outcome = register_region::register(request(ctx)?, &input).await;
        payload(outcome, async |area: String| {
            find_area_node(ctx, &area).await
        })
        .await
    }

    /// Registers an area, or changes its name or the area that it lies in. For VNG. NL: gebied
    /// registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn register_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area. NL: invoer.")] input: RegisterAreaInput,
    ) -> Result<RegisterAreaPayload> {
        let outcome = register_area::register(request(ctx)?, &input).await;
        payload(outcome, async |code: String| {
            find_area_node(ctx, &code).await
        })
        .await
    }

    /// Sets the members of an area from a day on; verdicts of those whose membership changes are
    /// judged anew. For VNG. NL: leden van een gebied vaststellen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn set_area_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area and its members. NL: invoer.")] input: SetAreaMembersInput,
    ) -> Result<SetAreaMembersPayload> {
        let outcome = set_members::set(request(ctx)?, &input).await;
        payload(outcome, async |code: String| {
            find_area_node(ctx, &code).await
        })
        .await
    }

    /// Records that municipalities go over into others on a day; verdicts of all of them are judged
    /// anew. For VNG. NL: herindeling vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn record_reorganisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reorganisation. NL: invoer.")] input: RecordReorganisationInput,
    ) -> Result<RecordReorganisationPayload> {
        match settled(reorganise::record(request(ctx)?, &input).await)? {
            Ok(subjects) => {
                let subjects: Vec<&str> = subjects.split(',').collect();
                Ok(RecordReorganisationPayload {
                    reorganisations: reorganisations_of(ctx, &subjects).await?,
                    errors: Vec::new(),
                })
            }
            Err(mistakes) => Ok(RecordReorganisationPayload {
                reorganisations: Vec::new(),
                errors: errors(mistakes),
            }),
        }
    }

    /// Takes back a reorganisation with all that was recorded with it: municipalities that went
    /// over exist again, and verdicts of all of them are judged anew. To correct one, withdraw it
    /// and record it anew. For VNG. NL: herindeling intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn withdraw_reorganisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reorganisation. NL: invoer.")] input: WithdrawReorganisationInput,
    ) -> Result<WithdrawReorganisationPayload> {
        let (mut reopened, mut refused) = (Vec::new(), Vec::new());
        match settled(withdraw::withdraw(request(ctx)?, &input).await)? {
            Ok(codes) => {
                for code in codes.split(',') {
                    reopened.extend(find_municipality(ctx, code).await?);
                }
            }
            Err(mistakes) => refused = errors(mistakes),
        }
        Ok(WithdrawReorganisationPayload {
            reopened,
            errors: refused,
        })
    }
}

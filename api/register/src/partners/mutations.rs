//! The mutations of partners.

use async_graphql::{Context, Object, Result};

use super::{
    assign::{self, AssignPartnerInput, AssignPartnerPayload},
    parties::find_role,
    register::{self, RegisterPartnerInput, RegisterPartnerPayload},
    schema::find_partner,
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of partners.
#[derive(Default)]
pub struct PartnersMutation;

#[Object]
impl PartnersMutation {
    /// Registers a partner with all its names, or tells anew what is known of one. For the
    /// ministry. NL: partner registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn register_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner. NL: invoer.")] input: RegisterPartnerInput,
    ) -> Result<RegisterPartnerPayload> {
        let outcome = register::register(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_partner(ctx, &key).await).await
    }

    /// Gives a partner a role in an action from a day, or changes one, as its last day. The owner
    /// of an action reports on it while it is its owner. For the ministry. NL: rol toewijzen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn assign_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role. NL: invoer.")] input: AssignPartnerInput,
    ) -> Result<AssignPartnerPayload> {
        let outcome = assign::assign(request(ctx)?, &input).await;
        let find = async |subject: String| find_role(ctx, &subject).await;
        payload(outcome, find).await
    }
}

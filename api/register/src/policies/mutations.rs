//! The mutations of policies.

use async_graphql::{Context, Object, Result};

use super::{
    adopt::{self, RecordAdoptionInput, RecordAdoptionPayload},
    declare::{self, DeclarePolicyStateInput, DeclarePolicyStatePayload},
    record::{self, RecordPolicyInput, RecordPolicyPayload},
    schema::{find_adoption, policy_of, policy_today},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of policies.
#[derive(Default)]
pub struct PoliciesMutation;

#[Object]
impl PoliciesMutation {
    /// Records a policy document, or changes what is recorded of it; verdicts that its dates
    /// concern are judged anew. Of a municipality by itself, of an area by its region; VNG any. NL:
    /// beleid vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::RecordPolicy)))]
    async fn record_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The policy. NL: invoer.")] input: RecordPolicyInput,
    ) -> Result<RecordPolicyPayload> {
        let outcome = record::record(request(ctx)?, &input).await;
        payload(outcome, async |key: String| {
            Ok(Some(policy_of(ctx, &key).await?))
        })
        .await
    }

    /// Records that a municipality adopted a policy, or changes what is recorded of it; its verdict
    /// is judged anew. By the municipality itself, its region, or VNG. NL: vaststelling vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::RecordPolicy)))]
    async fn record_adoption(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The adoption. NL: invoer.")] input: RecordAdoptionInput,
    ) -> Result<RecordAdoptionPayload> {
        let outcome = adopt::record(request(ctx)?, &input).await;
        payload(outcome, async |subject: String| {
            find_adoption(ctx, &subject).await
        })
        .await
    }

    /// Says how far a municipality is with its policy, where no decision tells it. That there is
    /// none, the municipality itself alone; the rest also its region and VNG. NL: stand van het
    /// beleid verklaren.
    #[graphql(directive = permitted_to::apply(roles(Rule::RecordPolicy)))]
    async fn declare_policy_state(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The declaration. NL: invoer.")] input: DeclarePolicyStateInput,
    ) -> Result<DeclarePolicyStatePayload> {
        let outcome = declare::declare(request(ctx)?, &input).await;
        payload(outcome, async |municipality: String| {
            policy_today(ctx, &municipality).await
        })
        .await
    }
}

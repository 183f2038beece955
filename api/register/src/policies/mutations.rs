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
    change::settled,
    context::request,
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
        match settled(record::record(request(ctx)?, &input).await)? {
            Ok(key) => Ok(RecordPolicyPayload {
                policy: Some(policy_of(ctx, &key).await?),
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(RecordPolicyPayload {
                policy: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }

    /// Records that a municipality adopted a policy, or changes what is recorded of it; its verdict
    /// is judged anew. By the municipality itself, its region, or VNG. NL: vaststelling vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::RecordPolicy)))]
    async fn record_adoption(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The adoption. NL: invoer.")] input: RecordAdoptionInput,
    ) -> Result<RecordAdoptionPayload> {
        match settled(adopt::record(request(ctx)?, &input).await)? {
            Ok(subject) => Ok(RecordAdoptionPayload {
                adoption: find_adoption(ctx, &subject).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(RecordAdoptionPayload {
                adoption: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
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
        match settled(declare::declare(request(ctx)?, &input).await)? {
            Ok(municipality) => Ok(DeclarePolicyStatePayload {
                policy: policy_today(ctx, &municipality).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(DeclarePolicyStatePayload {
                policy: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }
}

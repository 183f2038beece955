//! `preparePublication`, `respondToVerdict`, `publish`, `withdrawPublication`.

use async_graphql::{Context, Object, Result};

use super::{
    prepare::{self, PreparePublicationInput, PreparePublicationPayload},
    publish::{self, PublishInput, PublishPayload},
    respond::{self, RespondToVerdictInput, RespondToVerdictPayload},
    schema::find_publication,
    withdraw::{self, WithdrawPublicationInput, WithdrawPublicationPayload},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::{publisher, request},
    payload::payload,
};

/// Mutations of publications.
#[derive(Default)]
pub(crate) struct PublicationMutation;

#[Object]
impl PublicationMutation {
    /// Freezes the content of a publication. A compliance picture is prepared by VNG or the
    /// ministry, an overview and a budget by the ministry. By name, while the period is open or
    /// reviews wait, only with a reason, which is printed in it. Without names there is one of a
    /// period, after its last day; once that was withdrawn, another repeats what was public of it,
    /// except the errors that `corrections` names. The overview of a round can be prepared once it
    /// was decided to close at the end of an embargo. NL: publicatie voorbereiden.
    #[graphql(directive = permitted_to::apply(roles(Rule::PreparePublication)))]
    async fn prepare_publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to prepare. NL: invoer.")] input: PreparePublicationInput,
    ) -> Result<PreparePublicationPayload> {
        let outcome = prepare::prepare(request(ctx)?, publisher(ctx)?, &input).await;
        payload(outcome, async |key: String| {
            find_publication(ctx, &key).await
        })
        .await
    }

    /// Says what is printed beside the verdict of your municipality, in the term to respond. NL:
    /// reageren op oordeel.
    #[graphql(directive = permitted_to::apply(roles(Rule::RespondToVerdict)))]
    async fn respond_to_verdict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The response. NL: invoer.")] input: RespondToVerdictInput,
    ) -> Result<RespondToVerdictPayload> {
        let outcome = respond::respond(request(ctx)?, &input).await;
        payload(outcome, async |key: String| {
            find_publication(ctx, &key).await
        })
        .await
    }

    /// Writes the files of a prepared publication and makes them public, at once or at an instant
    /// to come. For the ministry. NL: publiceren.
    #[graphql(directive = permitted_to::apply(roles(Rule::Publish)))]
    async fn publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to publish, and when. NL: invoer.")] input: PublishInput,
    ) -> Result<PublishPayload> {
        let outcome = publish::publish(request(ctx)?, &input).await;
        payload(outcome, async |key: String| {
            find_publication(ctx, &key).await
        })
        .await
    }

    /// Takes a publication back: its files are gone, the fact and its reason stay. For the
    /// ministry. NL: publicatie intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::Publish)))]
    async fn withdraw_publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to withdraw, and why. NL: invoer.")] input: WithdrawPublicationInput,
    ) -> Result<WithdrawPublicationPayload> {
        let outcome = withdraw::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| {
            find_publication(ctx, &key).await
        })
        .await
    }
}

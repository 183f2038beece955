//! The mutations of regional answers.

use async_graphql::{Context, Object, Result};

use super::{
    answer::{self, SubmitRegionalAnswerInput, SubmitRegionalAnswerPayload},
    end::{self, EndRegionalAnswerInput, EndRegionalAnswerPayload},
    review::{
        self, ConfirmRegionalAnswerInput, ConfirmRegionalAnswerPayload,
        QuestionRegionalAnswerInput, QuestionRegionalAnswerPayload, ReturnRegionalAnswerInput,
        ReturnRegionalAnswerPayload,
    },
    schema::find_by_key,
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of regional answers.
#[derive(Default)]
pub(crate) struct RegionalMutation;

#[Object]
impl RegionalMutation {
    /// Submits what a region answers to a criterion, as a version that never changes. It counts for
    /// members without an answer of their own, on the basis CONFIRMED once VNG confirmed it. For a
    /// registered reporting region. NL: regionaal antwoord indienen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn submit_regional_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer. NL: invoer.")] input: SubmitRegionalAnswerInput,
    ) -> Result<SubmitRegionalAnswerPayload> {
        let outcome = answer::submit(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }

    /// Ends what a region answers to a criterion, from a day on. Verdicts of members without an
    /// answer of their own change on that day, no others. For a registered reporting region. NL:
    /// regionaal antwoord beëindigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::KeepRegional)))]
    async fn end_regional_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer and the day. NL: invoer.")] input: EndRegionalAnswerInput,
    ) -> Result<EndRegionalAnswerPayload> {
        let outcome = end::end(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }

    /// Asks something of the latest version; the region replies with a new one. For VNG. NL: vraag
    /// stellen bij een regionaal antwoord.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn question_regional_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version and the question. NL: invoer.")]
        input: QuestionRegionalAnswerInput,
    ) -> Result<QuestionRegionalAnswerPayload> {
        let outcome = review::question(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }

    /// Returns the latest version with a reason. It goes on counting on the basis SUBMITTED until a
    /// new version takes its place. For VNG. NL: regionaal antwoord terugsturen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn return_regional_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version and the reason. NL: invoer.")]
        input: ReturnRegionalAnswerInput,
    ) -> Result<ReturnRegionalAnswerPayload> {
        let outcome = review::give_back(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }

    /// Confirms the latest version: from then on it counts on the basis CONFIRMED. For VNG. NL:
    /// regionaal antwoord bevestigen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Review)))]
    async fn confirm_regional_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version. NL: invoer.")] input: ConfirmRegionalAnswerInput,
    ) -> Result<ConfirmRegionalAnswerPayload> {
        let outcome = review::confirm(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_by_key(ctx, &key).await).await
    }
}

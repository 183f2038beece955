//! The mutation of source documents.

use async_graphql::{Context, Object, Result};

use super::{
    record_motion::{
        self, RecordMotionInput, RecordMotionPayload, WithdrawMotionInput, WithdrawMotionPayload,
    },
    register::{self, RegisterSourceDocumentInput, RegisterSourceDocumentPayload},
    schema::find_document,
};
use crate::nodes::find_motion;
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    context::request,
    payload::payload,
};

/// Mutations of sources.
#[derive(Default)]
pub struct SourcesMutation;

#[Object]
impl SourcesMutation {
    /// Registers a document, so that what is recorded can name it as its source. For everybody who
    /// is signed in. NL: brondocument registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::RegisterSource)))]
    async fn register_source_document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document. NL: invoer.")] input: RegisterSourceDocumentInput,
    ) -> Result<RegisterSourceDocumentPayload> {
        let outcome = register::register(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_document(ctx, &key).await).await
    }

    /// Records a motion, commitment, amendment or request in the House of Representatives, with
    /// what answers it, or records one anew. For the ministry. NL: motie of toezegging vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn record_motion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The motion. NL: invoer.")] input: RecordMotionInput,
    ) -> Result<RecordMotionPayload> {
        let outcome = record_motion::record(request(ctx)?, &input).await;
        payload(outcome, async |key: String| find_motion(ctx, &key).await).await
    }

    /// Takes back a motion that was recorded by mistake, with what answers it; it stays readable by
    /// `at`. For the ministry. NL: motie of toezegging intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn withdraw_motion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The motion. NL: invoer.")] input: WithdrawMotionInput,
    ) -> Result<WithdrawMotionPayload> {
        let outcome = record_motion::withdraw(request(ctx)?, &input).await;
        payload(outcome, async |key: String| Ok(Some(key))).await
    }
}

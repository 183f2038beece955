//! The mutation of source documents.

use async_graphql::{Context, Object, Result};

use super::{
    register::{self, RegisterSourceDocumentInput, RegisterSourceDocumentPayload},
    schema::find_document,
};
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
}

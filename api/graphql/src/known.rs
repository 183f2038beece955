//! The rows of a table of facts, for a resolver; see [`database::Memo`].

use async_graphql::{Context, Result};

use super::{context::request, error::Failure};
use database::Facts;

/// All rows that are known at the moment of the request, in the order of their keys.
pub async fn known<'a, E: Facts>(ctx: &'a Context<'_>) -> Result<&'a [E::Model]> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    Ok(request
        .memo
        .rows::<E>(session)
        .await
        .map_err(Failure::from)?)
}

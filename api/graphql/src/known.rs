//! The rows of a table of facts, and what is derived from them, for a resolver; see
//! [`database::Memo`].

use std::{any::Any, sync::Arc};

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

/// What is derived from these rows and from nothing else, an index say: kept with them.
pub async fn derived<'a, E: Facts, T: Any + Send + Sync>(
    ctx: &'a Context<'_>,
    derive: impl FnOnce(&[E::Model]) -> T + Send + 'a,
) -> Result<&'a T> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    let derived = request.memo.derived::<E, T>(session, "", derive).await;
    Ok(derived.map_err(Failure::from)?)
}

/// These rows, each to be shared by the objects that tell of it.
pub async fn shared<'a, E: Facts>(ctx: &'a Context<'_>) -> Result<&'a [Arc<E::Model>]> {
    let rows = derived::<E, Vec<Arc<E::Model>>>(ctx, |rows| {
        let rows = rows.iter().map(|row| Arc::new(row.clone()));
        rows.collect()
    });
    Ok(rows.await?)
}

//! The tables of the framework in their own order: an edition has some 25 criteria.

use std::{cmp::Ordering, sync::Arc};

use async_graphql::{Context, Result};
use database::Facts;
use entity::{criterion, framework_edition, reporting_period, theme};
use graphql::known::{derived, shared};

graphql::index_key! {
    /// Criteria by key.
    pub(super) CriterionByKey<'a> of criterion by &'a str = |row| &row.subject_key;
}

/// The rows of a table in an order of its own.
struct InOrder<M>(Vec<Arc<M>>);

async fn in_order<'a, E: Facts>(
    ctx: &'a Context<'_>,
    compare: fn(&E::Model, &E::Model) -> Ordering,
) -> Result<&'a [Arc<E::Model>]> {
    let ordered = derived::<E, InOrder<E::Model>>(ctx, move |rows| {
        let mut rows: Vec<_> = rows.iter().map(|row| Arc::new(row.clone())).collect();
        rows.sort_by(|a, b| compare(a, b));
        InOrder(rows)
    });
    Ok(&ordered.await?.0)
}

/// All editions, by code.
pub(super) async fn editions<'a>(
    ctx: &'a Context<'_>,
) -> Result<&'a [Arc<framework_edition::Model>]> {
    shared::<framework_edition::Entity>(ctx).await
}

/// All themes, in the order of their edition.
pub(super) async fn themes<'a>(ctx: &'a Context<'_>) -> Result<&'a [Arc<theme::Model>]> {
    in_order::<theme::Entity>(ctx, |a, b| {
        (&a.edition, a.position).cmp(&(&b.edition, b.position))
    })
    .await
}

/// All criteria, in the order of their edition.
pub(super) async fn criteria<'a>(ctx: &'a Context<'_>) -> Result<&'a [Arc<criterion::Model>]> {
    in_order::<criterion::Entity>(ctx, |a, b| {
        (&a.edition, a.position).cmp(&(&b.edition, b.position))
    })
    .await
}

/// All reporting periods, the first to open first.
pub(super) async fn periods<'a>(
    ctx: &'a Context<'_>,
) -> Result<&'a [Arc<reporting_period::Model>]> {
    in_order::<reporting_period::Entity>(ctx, |a, b| {
        (a.opens_on, &a.key).cmp(&(b.opens_on, &b.key))
    })
    .await
}

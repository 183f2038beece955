//! `FeedKey`: a key as its organisation sees it, without its secret.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use domain::{clock::day_of, feed_keys::codes::FeedKeyState, policy};
use feeds::keys::repo::{self, KeyRow};
use graphql::{
    coded::Coded,
    context::request,
    date::Date,
    error::Failure,
    page::{Connection, PageArgs, page_cost},
};
use register::partners::schema::Organisation;

/// A key with which a program of an organisation reads feeds and OData. NL: feedsleutel.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct FeedKey {
    /// Twelve digits that name the key and open nothing. NL: sleutelnummer.
    key: String,
    /// What the organisation calls it. NL: naam.
    label: String,
    /// The organisation whose present scope it has; never a person. NL: organisatie.
    organisation: Organisation,
    /// The tables that it opens, by name; everybody's tables are open without. NL: tabellen.
    tables: Vec<String>,
    /// Whether it opens anything. NL: stand.
    state: Coded<FeedKeyState>,
    /// When it was made, UTC. NL: gemaakt op.
    created_at: DateTime<Utc>,
    /// The last day on which it opens anything. NL: geldig tot en met.
    last_day: Date,
    /// When its secret was last replaced, UTC; the one before it opens for thirty days more. Null
    /// when it never was. NL: vernieuwd op.
    rotated_at: Option<DateTime<Utc>>,
    /// When it was revoked, UTC; null when it was not. NL: ingetrokken op.
    revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, UTC, to the minute; null when it never was. NL: laatst gebruikt op.
    last_used_at: Option<DateTime<Utc>>,
}

impl FeedKey {
    fn of(row: KeyRow, now: DateTime<Utc>) -> Self {
        let state = if row.revoked_at.is_some() {
            FeedKeyState::Revoked
        } else if row.expires_on < day_of(now) {
            FeedKeyState::Expired
        } else {
            FeedKeyState::Live
        };
        Self {
            key: row.id,
            label: row.label,
            organisation: Organisation::of(row.organisation),
            tables: row.tables,
            state: Coded(state),
            created_at: row.created_at,
            last_day: Date(row.expires_on),
            rotated_at: row.rotated_at,
            revoked_at: row.revoked_at,
            last_used_at: row.used_at,
        }
    }
}

async fn found(ctx: &Context<'_>, id: Option<&str>) -> Result<Vec<FeedKey>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let scope = policy::feed_keys(session.mandate());
    let rows = repo::list(session, &scope, id)
        .await
        .map_err(Failure::from)?;
    let now = session.moment().instant;
    Ok(rows.into_iter().map(|row| FeedKey::of(row, now)).collect())
}

/// A key by its name, as far as it may be seen.
pub(super) async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<FeedKey>> {
    Ok(found(ctx, Some(id)).await?.pop())
}

/// Queries of feed keys.
#[derive(Default)]
pub(crate) struct FeedKeyQuery;

#[Object]
impl FeedKeyQuery {
    /// The feed keys that read what your organisation keeps to itself, the latest first; VNG and the
    /// ministry see all. A key of several municipalities is listed for each of them. `BAD_REQUEST` for a wrong page. NL: feedsleutels.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn feed_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<FeedKey>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let items = found(ctx, None)
            .await?
            .into_iter()
            .map(|key| (key.key.clone(), key))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}

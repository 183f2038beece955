//! `functionalMailboxes`: where an organisation is told of its tasks, and whether that arrives.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::repo::{self, MailboxRow};
use domain::{
    notices::codes::DigestState,
    policy::{self, Rule},
};
use graphql::{
    access::{roles, visible_to},
    coded::{Coded, of_row},
    context::request,
    date::Date,
    error::Failure,
    page::{Connection, PageArgs, page_cost},
};
use register::partners::schema::Organisation;

/// What became of the digest of a day. NL: dagelijks overzicht.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct MailboxDigest {
    /// The day that it is of. NL: dag.
    day: Date,
    /// What became of it. NL: stand.
    state: Coded<DigestState>,
    /// When it was delivered or given up, UTC; null while it waits to be delivered. NL: afgehandeld
    /// op.
    settled_at: Option<DateTime<Utc>>,
}

/// A mailbox of a function, never of a person, to which the open tasks of an organisation are sent
/// once a day. NL: functioneel postvak.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct FunctionalMailbox {
    /// The organisation whose tasks are told of; of several municipalities all of them. NL:
    /// organisatie.
    organisation: Organisation,
    /// Its address. It stands in no feed, no ledger and no log, and is gone once it is withdrawn.
    /// NL: adres.
    address: String,
    /// When it was registered, UTC. NL: aangemeld op.
    registered_at: DateTime<Utc>,
    /// The last digest, of the thirty days that are kept; null when there is none. NL: laatste
    /// overzicht.
    last_digest: Option<MailboxDigest>,
}

impl FunctionalMailbox {
    fn of(row: MailboxRow) -> Result<Self> {
        let last_digest = match (row.day, row.state) {
            (Some(day), Some(state)) => Some(MailboxDigest {
                day: Date(day),
                state: Coded(of_row(&state)?),
                settled_at: row.settled_at,
            }),
            (_, _) => None,
        };
        Ok(Self {
            organisation: Organisation::of(row.organisation),
            address: row.address,
            registered_at: row.registered_at,
            last_digest,
        })
    }
}

/// The mailboxes that tell of the organisation of whoever asks; none where it may have none.
async fn rows(ctx: &Context<'_>) -> Result<Option<Vec<MailboxRow>>> {
    let request = request(ctx)?;
    let session = request.session().await.map_err(Failure::from)?;
    let permit = match policy::may_manage_mailbox(session.mandate()) {
        Ok(permit) => permit,
        Err(denied) => {
            request.withhold(ctx, denied.0);
            return Ok(None);
        }
    };
    let rows = repo::list(session, &permit).await;
    Ok(Some(rows.map_err(Failure::from)?))
}

/// The mailbox of an organisation, as far as it may be seen.
pub(super) async fn find(
    ctx: &Context<'_>,
    organisation: &str,
) -> Result<Option<FunctionalMailbox>> {
    let rows = rows(ctx).await?.into_iter().flatten();
    let mut own = rows.filter(|row| row.organisation == organisation);
    own.next().map(FunctionalMailbox::of).transpose()
}

/// Queries of functional mailboxes.
#[derive(Default)]
pub(crate) struct MailboxQuery;

#[Object]
impl MailboxQuery {
    /// Where your organisation is told once a day of its open tasks: its own mailbox, and those of
    /// officers who act for it and for another municipality too. For whoever is signed in; null for
    /// the public. `BAD_REQUEST` for a wrong page. NL: functionele postvakken.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ManageMailbox)),
        complexity = "100 + page_cost(first, child_complexity)"
    )]
    async fn functional_mailboxes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<FunctionalMailbox>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let Some(rows) = rows(ctx).await? else {
            return Ok(None);
        };
        let mut items = Vec::new();
        for row in rows {
            items.push((row.organisation.clone(), FunctionalMailbox::of(row)?));
        }
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}

//! `LedgerEntry`: who changed what, when, and according to which source.

use std::collections::HashMap;

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::{
    facts::{self, LedgerFact},
    repo::{self, EntryFilter, EntryRow},
};
use domain::{ledger::sentences::kinds, mistake::did_you_mean, policy};
use graphql::{
    context::request,
    error::Failure,
    moment::Moment,
    page::{Connection, Neighbours, PageArgs, page_cost},
    text::LocalizedText,
};
use register::{nodes::find_document, sources::schema::SourceDocument};

/// An entry of the ledger: one accepted change of one thing. NL: regel van het grootboek.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct LedgerEntry {
    /// The number, gapless and in the order of commitment. NL: nummer.
    number: i64,
    /// When it was recorded, UTC. NL: vastgelegd op.
    recorded_at: DateTime<Utc>,
    /// The role of whoever did it. NL: rol.
    actor_role: String,
    /// The organisation of whoever did it; never a person. NL: organisatie.
    actor_organisation: Option<String>,
    /// What was done, as in `assessment.submitted`. NL: handeling.
    operation: String,
    /// The kind of thing that changed, as in `Assessment`. NL: soort onderwerp.
    subject_kind: String,
    /// Its natural key. NL: onderwerp.
    subject_key: String,
    #[graphql(skip)]
    document: Option<String>,
    /// The place in the document. NL: plaats in de bron.
    source_place: Option<String>,
    /// The hash of the entry, 64 hexadecimal digits; with the number it is an anchor for `stm
    /// verify`. NL: controlegetal.
    hash: String,
    /// What it changed, before and after. NL: feiten.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    facts: Vec<LedgerFact>,
}

#[ComplexObject]
impl LedgerEntry {
    /// The document that says so; null when the actor does. NL: bron.
    async fn source_document(&self, ctx: &Context<'_>) -> Result<Option<SourceDocument>> {
        find_document(ctx, self.document.as_deref().unwrap_or_default()).await
    }
}

impl LedgerEntry {
    fn of(row: EntryRow, facts: Vec<LedgerFact>) -> Self {
        Self {
            number: row.number,
            recorded_at: row.recorded_at,
            actor_role: row.actor_role,
            actor_organisation: row.actor_organisation,
            operation: row.operation,
            subject_kind: row.subject_kind,
            subject_key: row.subject_key,
            document: row.source_document,
            source_place: row.source_place,
            hash: hex::encode(&row.hash),
            facts,
        }
    }
}

/// Refuses a kind that no entry is ever of; a misspelt one would look like no entry at all.
pub(super) fn known_kind(requested: Option<&str>) -> Result<(), Failure> {
    match requested {
        Some(kind) if !kinds().any(|known| known == kind) => Err(Failure::Unknown {
            what: ("soort onderwerp", "kind of subject"),
            did_you_mean: did_you_mean(kind, kinds()),
            code: kind.chars().take(64).collect(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// Queries of the ledger.
#[derive(Default)]
pub(crate) struct LedgerQuery;

#[Object]
impl LedgerQuery {
    /// The ledger, the latest entry first, as far as you may see it. `BAD_REQUEST` for a wrong
    /// page, `NOT_FOUND` for an unknown kind. NL: grootboek.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only entries of this kind of thing, as in `Assessment`. NL: soort onderwerp."
        )]
        subject_kind: Option<String>,
        #[graphql(desc = "Only entries of the thing of this key. NL: onderwerp.")]
        subject_key: Option<String>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<LedgerEntry>>> {
        let page = PageArgs::parse(ctx, first, after)?;
        known_kind(subject_kind.as_deref())?;
        let before = match &page.after {
            None => None,
            Some(number) => Some(number.parse::<i64>().map_err(|_| {
                Failure::BadRequest(LocalizedText::new(
                    "`after` is geen cursor van deze lijst.",
                    "`after` is no cursor of this list.",
                ))
            })?),
        };
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let scope = policy::ledger(session.mandate());
        let requested = EntryFilter {
            subject_kind,
            subject_key,
            before,
            limit: i64::try_from(page.first)? + 1,
        };
        let mut rows = repo::page(session, &scope, &requested)
            .await
            .map_err(Failure::from)?;
        let more = rows.len() > page.first;
        rows.truncate(page.first);
        let total = if ctx.look_ahead().field("totalCount").exists() {
            repo::count(session, &scope, &requested)
                .await
                .map_err(Failure::from)?
        } else {
            0
        };
        let nodes = ctx.look_ahead().field("nodes");
        let edges = ctx.look_ahead().field("edges").field("node");
        let mut changed = if nodes.field("facts").exists() || edges.field("facts").exists() {
            let numbers = rows.iter().map(|row| row.number).collect();
            facts::of_entries(session, numbers)
                .await
                .map_err(Failure::from)?
        } else {
            HashMap::new()
        };
        let nodes = rows.into_iter().map(|row| {
            let facts = changed.remove(&row.number).unwrap_or_default();
            (row.number.to_string(), LedgerEntry::of(row, facts))
        });
        let has = Neighbours {
            previous: page.after.is_some(),
            next: more,
        };
        Ok(Some(Connection::of_page(
            nodes.collect(),
            has,
            total,
            &page,
        )))
    }
}

//! `createFeedKey`, `rotateFeedKey`, `revokeFeedKey`. A secret is told once, in the answer that
//! made it: a repeat of the call tells the key again and not the secret.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::Months;
use graphql::{
    access::{permitted_to, roles},
    change::{Call, Change, Outcome, Stopped, settled, stop_at},
    context::{RequestContext, request},
    date::Date,
    payload,
    payload::{IdempotencyKey, errors, payload},
};

use super::{
    errors::{FeedKeyError, FeedKeyErrorCode as Code},
    schema::{self, FeedKey},
};
use database::{Session, ids};
use domain::{
    actor::Role,
    mistake::{Mistake, did_you_mean, text_mistakes},
    policy::{self, Denied, FeedKeyScope, Rule},
};
use feeds::{
    keys::{
        NewSecret,
        repo::{self, NewKey},
    },
    reach::reach,
    tables,
};
use ledger::{EntryDraft, Part};

/// Characters of a label at most.
const LONGEST_LABEL: usize = 100;
/// Months that a key is good for at most.
const LONGEST_MONTHS: Months = Months::new(12);

/// A feed key to make. NL: te maken feedsleutel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct CreateFeedKeyInput {
    /// What you call it, as in `Power BI, nightly`, 1 to 100 characters; no names of people. NL:
    /// naam.
    label: String,
    /// The tables that it opens, by name, as in `fact_verdict_current`; only those that your
    /// organisation may read. NL: tabellen.
    tables: Vec<String>,
    /// The last day on which it opens anything: today up to a year from now. From 2018-01-01 to
    /// 2099-12-31. NL: geldig tot en met.
    last_day: Date,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// A feed key to rotate. NL: te vernieuwen feedsleutel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RotateFeedKeyInput {
    /// The twelve digits of the key. NL: sleutelnummer.
    key: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// A feed key to revoke. NL: in te trekken feedsleutel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RevokeFeedKeyInput {
    /// The twelve digits of the key. NL: sleutelnummer.
    key: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a feed key to make. NL: resultaat.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct CreateFeedKeyPayload {
    /// The key; null when it was not made. NL: feedsleutel.
    feed_key: Option<FeedKey>,
    /// The whole secret, `stm_…`, shown this once: send it as the password of HTTP Basic. Null when
    /// the key was not made, and when the call is a repeat. NL: geheim.
    secret: Option<String>,
    /// What to repair; empty when it was made. NL: fouten.
    errors: Vec<FeedKeyError>,
}

graphql::warned! { CreateFeedKeyPayload }

/// What became of a feed key to rotate. NL: resultaat.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct RotateFeedKeyPayload {
    /// The key; null when it was not rotated. NL: feedsleutel.
    feed_key: Option<FeedKey>,
    /// The new secret, `stm_…`, shown this once; the one before it opens for thirty days more. Null
    /// when the key was not rotated, and when the call is a repeat. NL: geheim.
    secret: Option<String>,
    /// What to repair; empty when it was rotated. NL: fouten.
    errors: Vec<FeedKeyError>,
}

graphql::warned! { RotateFeedKeyPayload }

payload! {
    /// What became of a feed key to revoke. NL: resultaat.
    RevokeFeedKeyPayload {
        /// The key; null when there is none. NL: feedsleutel.
        feed_key: FeedKey,
        /// What to repair; empty when the key opens nothing any more. NL: fouten.
        errors: FeedKeyError,
    }
}

/// A key that has a new secret; of a repeat the secret is not known any more.
struct Made {
    id: String,
    secret: Option<String>,
}

impl Outcome for Made {
    fn read(id: String) -> Option<Self> {
        Some(Self { id, secret: None })
    }
}

/// An entry of a key: for the ministry alone.
fn entry(operation: &'static str, id: &str) -> EntryDraft {
    EntryDraft {
        operation,
        subject_kind: "FeedKey",
        subject_key: id.to_owned(),
        source: None,
        part: Part::Plan,
        own: None,
    }
}

async fn create(
    request: &RequestContext,
    input: &CreateFeedKeyInput,
) -> Result<Made, Stopped<Code>> {
    let call = Call::of("createFeedKey", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_feed_keys).await?;
    stop_at(mistakes(change.session(), input))?;
    let id = ids::key_name();
    let secret = NewSecret::of(&id);
    change.writer.entry(entry("feedKey.created", &id));
    let key = NewKey {
        id: id.clone(),
        label: input.label.clone(),
        tables: input.tables.clone(),
        expires_on: input.last_day.0,
        hash: secret.hash,
        at: change.writer.recorded_at(),
    };
    repo::append(change.session(), &change.permit, &key).await?;
    let by = change.session().mandate().role().clone();
    let id = change.seal(request, id).await?;
    note("feed_key_made", &by, &id);
    Ok(Made {
        id,
        secret: Some(secret.text),
    })
}

fn mistakes(session: &Session, input: &CreateFeedKeyInput) -> Vec<Mistake<Code>> {
    let mut mistakes = text_mistakes(
        &["label"],
        Some(&input.label),
        LONGEST_LABEL,
        Code::TextLength,
    );
    let mut named: Vec<&str> = input.tables.iter().map(String::as_str).collect();
    named.sort_unstable();
    named.dedup();
    if named.is_empty() || named.len() < input.tables.len() {
        mistakes.push(Mistake::at(
            Code::NoTables,
            &["tables"],
            "Noem ten minste één tabel, en elke tabel één keer.",
            "Name at least one table, and each table once.",
        ));
    }
    for (at, name) in input.tables.iter().enumerate() {
        let known = tables::find(name);
        if known.is_some_and(|table| reach(table, session.mandate()).is_ok()) {
            continue;
        }
        let readable = tables::TABLES
            .iter()
            .filter(|table| reach(table, session.mandate()).is_ok())
            .map(|table| table.name);
        let near = did_you_mean(name, readable).join(", ");
        let (mut nl, mut en) = (
            "Er is geen tabel van die naam die uw organisatie mag lezen.".to_owned(),
            "There is no table of that name that your organisation may read.".to_owned(),
        );
        if !near.is_empty() {
            nl = format!("{nl} Bedoelde u {near}?");
            en = format!("{en} Did you mean {near}?");
        }
        mistakes.push(Mistake::at(
            Code::UnknownTable,
            &["tables", &at.to_string()],
            nl,
            en,
        ));
    }
    let today = session.today();
    let last = today.checked_add_months(LONGEST_MONTHS).unwrap_or(today);
    if !(today..=last).contains(&input.last_day.0) {
        mistakes.push(Mistake::at(
            Code::InvalidExpiry,
            &["lastDay"],
            format!("Kies als laatste dag van de sleutel een dag van {today} tot en met {last}."),
            format!("A key is good until a day from {today} up to and including {last}."),
        ));
    }
    mistakes
}

async fn rotate(
    request: &RequestContext,
    input: &RotateFeedKeyInput,
) -> Result<Made, Stopped<Code>> {
    let call = Call::of("rotateFeedKey", &input.idempotency_key, input);
    let session = request.write().await?;
    let permit = policy::may_manage_feed_keys(session.mandate())?;
    let own = FeedKeyScope::Own(permit.clone());
    let listed = repo::list(&session, &own, Some(&input.key)).await?;
    if !listed
        .iter()
        .any(|key| permit.owns(permit.role(), &key.organisation))
    {
        // A key of somebody else is answered as one that does not exist; one of several
        // municipalities gets no new secret from who acts for one of them.
        return Err(Denied(Rule::ManageFeedKeys).into());
    }
    let mut change = Change::take(request, session, call, permit).await?;
    let secret = NewSecret::of(&input.key);
    let at = change.writer.recorded_at();
    change.writer.entry(entry("feedKey.rotated", &input.key));
    let session = change.session();
    if !repo::rotate(session, &change.permit, &input.key, secret.hash, at).await? {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::Revoked,
            &["key"],
            "Deze sleutel is ingetrokken; maak een nieuwe.",
            "This key was revoked; make a new one.",
        )]));
    }
    let by = change.session().mandate().role().clone();
    let id = change.seal(request, &input.key).await?;
    note("feed_key_rotated", &by, &id);
    Ok(Made {
        id,
        secret: Some(secret.text),
    })
}

async fn revoke(
    request: &RequestContext,
    input: &RevokeFeedKeyInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("revokeFeedKey", &input.idempotency_key, input);
    let session = request.write().await?;
    let scope = policy::feed_keys(session.mandate());
    let is_there = !repo::list(&session, &scope, Some(&input.key))
        .await?
        .is_empty();
    if !is_there && scope != FeedKeyScope::All {
        return Err(Denied(Rule::OverseeFeedKeys).into());
    }
    let mut change = Change::take(request, session, call, scope).await?;
    if !is_there {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownKey,
            &["key"],
            "Er is geen sleutel met dit nummer.",
            "There is no key of this number.",
        )]));
    }
    let at = change.writer.recorded_at();
    let is_revoked = repo::revoke(change.session(), &change.permit, &input.key, at).await?;
    if is_revoked {
        change.writer.entry(entry("feedKey.revoked", &input.key));
    }
    let by = change.session().mandate().role().clone();
    let id = change.seal(request, &input.key).await?;
    if is_revoked {
        note("feed_key_revoked", &by, &id);
    }
    Ok(id)
}

/// Notes for an auditor what became of a key: its number, never its secret, and for which
/// organisation, never who.
fn note(event: &'static str, by: &Role, key: &str) {
    tracing::info!(
        target: "audit",
        event,
        role = by.kind().code(),
        organisation = by.organisation(),
        feed_key = key,
        "a feed key was made, rotated or revoked"
    );
}

/// Mutations of feed keys.
#[derive(Default)]
pub(crate) struct FeedKeyMutation;

#[Object]
impl FeedKeyMutation {
    /// Makes a key with which a program of your organisation reads feeds and OData, in the present
    /// scope of your organisation. NL: feedsleutel maken.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManageFeedKeys)))]
    async fn create_feed_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key. NL: invoer.")] input: CreateFeedKeyInput,
    ) -> Result<CreateFeedKeyPayload> {
        Ok(match settled(create(request(ctx)?, &input).await)? {
            Ok(made) => CreateFeedKeyPayload {
                feed_key: schema::find(ctx, &made.id).await?,
                secret: made.secret,
                errors: Vec::new(),
            },
            Err(mistakes) => CreateFeedKeyPayload {
                feed_key: None,
                secret: None,
                errors: errors(mistakes),
            },
        })
    }

    /// Gives a key of your organisation a new secret; the one before it opens for thirty days more.
    /// `FORBIDDEN` for any other key. NL: feedsleutel vernieuwen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManageFeedKeys)))]
    async fn rotate_feed_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key. NL: invoer.")] input: RotateFeedKeyInput,
    ) -> Result<RotateFeedKeyPayload> {
        Ok(match settled(rotate(request(ctx)?, &input).await)? {
            Ok(made) => RotateFeedKeyPayload {
                feed_key: schema::find(ctx, &made.id).await?,
                secret: made.secret,
                errors: Vec::new(),
            },
            Err(mistakes) => RotateFeedKeyPayload {
                feed_key: None,
                secret: None,
                errors: errors(mistakes),
            },
        })
    }

    /// Ends a key at once, everywhere. Your own; VNG and the ministry any. `FORBIDDEN` for a key
    /// that is not yours. NL: feedsleutel intrekken.
    #[graphql(directive = permitted_to::apply(roles(Rule::OverseeFeedKeys)))]
    async fn revoke_feed_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key. NL: invoer.")] input: RevokeFeedKeyInput,
    ) -> Result<RevokeFeedKeyPayload> {
        let outcome = revoke(request(ctx)?, &input).await;
        payload(outcome, async |id: String| schema::find(ctx, &id).await).await
    }
}

//! Keeps feed keys, finds the one that is shown, and notes that it was used.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromQueryResult, Value};

use database::{Database, DbError, Moment, RequestedMoment, Session};
use domain::{
    actor::Actor,
    policy::{FeedKeyScope, MayManageFeedKeys},
};

/// A key as it is kept, for the one who shows it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct KeptKey {
    pub(super) role: String,
    pub(super) organisation: String,
    pub(super) tables: Vec<String>,
    pub(super) secret_hash: Vec<u8>,
    pub(super) previous_hash: Option<Vec<u8>>,
    pub(super) rotated_at: Option<DateTime<Utc>>,
    pub(super) revoked_at: Option<DateTime<Utc>>,
    pub(super) expires_on: NaiveDate,
    pub(super) used_at: Option<DateTime<Utc>>,
}

/// Tells Postgres which key is meant: its secret is read, and no other.
async fn mean(session: &Session, id: &str) -> Result<(), DbError> {
    session.set("app.feed_key", id.to_owned()).await
}

/// The key of an id, and the moment at which it was read.
pub(super) async fn find(db: &Database, id: &str) -> Result<(Option<KeptKey>, Moment), DbError> {
    // One row: to ask a replica how far it is would cost more than to read it.
    let db = db.on_primary();
    let session = db.read(&Actor::public(), RequestedMoment::HEAD).await?;
    mean(&session, id).await?;
    let kept = session
        .row(
            "reading a feed key",
            "select k.role, k.organisation, k.tables, s.secret_hash, s.previous_hash,
                k.rotated_at, k.revoked_at,
                k.expires_on, u.used_at
             from work.feed_key k join work.feed_key_secret s on s.id = k.id
             left join work.feed_key_use u on u.id = k.id
             where k.id = $1",
            [Value::from(id)],
        )
        .await?;
    let moment = session.moment();
    session.close().await?;
    Ok((kept, moment))
}

/// Notes that a key is used now.
pub(super) async fn note_use(db: &Database, id: &str) -> Result<(), DbError> {
    let session = db.write(&Actor::public()).await?;
    mean(&session, id).await?;
    session
        .change(
            "noting the use of a feed key",
            "insert into work.feed_key_use (id, used_at) values ($1, $2)
             on conflict (id) do update
             set used_at = greatest(feed_key_use.used_at, excluded.used_at)",
            [Value::from(id), Value::from(session.moment().instant)],
        )
        .await?;
    session.commit().await
}

/// A key as its organisation sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct KeyRow {
    /// Twelve digits that name the key and open nothing. NL: sleutelnummer.
    pub id: String,
    /// The organisation whose present scope it has, as in `GM0402`; never a person.
    pub organisation: String,
    /// What the organisation calls it. NL: naam.
    pub label: String,
    /// The tables that it opens, by name; everybody's tables are open without.
    pub tables: Vec<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The last day on which it opens anything, that of Europe/Amsterdam.
    pub expires_on: NaiveDate,
    /// When its secret was last replaced; none when it never was.
    pub rotated_at: Option<DateTime<Utc>>,
    /// When it was revoked; none when it was not.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute; none when it never was.
    pub used_at: Option<DateTime<Utc>>,
}

/// A key to make.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Twelve digits that name the key.
    pub id: String,
    /// What the organisation calls it. NL: naam.
    pub label: String,
    /// The tables that it opens, by name.
    pub tables: Vec<String>,
    /// The last day on which it opens anything, at most a year away.
    pub expires_on: NaiveDate,
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// When it is made.
    pub at: DateTime<Utc>,
}

/// Tells Postgres whose keys are meant.
async fn set_session_context(session: &Session) -> Result<(), DbError> {
    let organisation = session.mandate().role().organisation();
    session
        .set("app.organisation", organisation.unwrap_or_default())
        .await
}

/// The keys in scope, the latest first; of one id when one is asked. A key of several
/// municipalities is in the scope of each of them.
pub async fn list(
    session: &Session,
    scope: &FeedKeyScope,
    id: Option<&str>,
) -> Result<Vec<KeyRow>, DbError> {
    let (all, role, organisation) = match scope {
        FeedKeyScope::All => (true, "", ""),
        FeedKeyScope::Own(own) => (false, own.role(), own.organisation()),
        FeedKeyScope::Nobody => return Ok(Vec::new()),
    };
    set_session_context(session).await?;
    session
        .rows(
            "reading feed keys",
            "select k.id, k.organisation, k.label, k.tables, k.created_at, k.expires_on,
                k.rotated_at, k.revoked_at,
                u.used_at
             from work.feed_key k left join work.feed_key_use u on u.id = k.id
             where ($1 or (k.role = $2
                    and string_to_array(k.organisation, '+') && string_to_array($3, '+')))
                and ($4::text is null or k.id = $4)
             order by k.created_at desc, k.id",
            [
                Value::from(all),
                Value::from(role),
                Value::from(organisation),
                Value::from(id),
            ],
        )
        .await
}

/// Keeps a new key.
pub async fn append(
    session: &Session,
    permit: &MayManageFeedKeys,
    key: &NewKey,
) -> Result<(), DbError> {
    set_session_context(session).await?;
    session
        .change(
            "keeping a feed key",
            "insert into work.feed_key (id, role, organisation, label, tables, created_at,
                expires_on)
             values ($1, $2, $3, $4, $5, $6, $7)",
            [
                Value::from(key.id.clone()),
                Value::from(permit.role()),
                Value::from(permit.organisation()),
                Value::from(key.label.clone()),
                Value::from(key.tables.clone()),
                Value::from(key.at),
                Value::from(key.expires_on),
            ],
        )
        .await?;
    session
        .change(
            "keeping the secret of a feed key",
            "insert into work.feed_key_secret (id, secret_hash) values ($1, $2)",
            [Value::from(key.id.clone()), Value::from(key.hash.to_vec())],
        )
        .await?;
    Ok(())
}

/// Gives an own key a new secret; the one before it lives on for a while. Says whether the key is
/// there and not revoked.
pub async fn rotate(
    session: &Session,
    permit: &MayManageFeedKeys,
    id: &str,
    hash: [u8; 32],
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    set_session_context(session).await?;
    let changed = session
        .change(
            "rotating a feed key",
            "update work.feed_key set rotated_at = $4
             where id = $1 and role = $2 and organisation = $3 and revoked_at is null",
            [
                Value::from(id),
                Value::from(permit.role()),
                Value::from(permit.organisation()),
                Value::from(at),
            ],
        )
        .await?;
    if changed != 1 {
        return Ok(false);
    }
    mean(session, id).await?;
    session
        .change(
            "replacing the secret of a feed key",
            "update work.feed_key_secret set previous_hash = secret_hash, secret_hash = $2
             where id = $1",
            [Value::from(id), Value::from(hash.to_vec())],
        )
        .await?;
    Ok(true)
}

/// Revokes a key of the scope; says whether it was not revoked before.
pub async fn revoke(
    session: &Session,
    scope: &FeedKeyScope,
    id: &str,
    at: DateTime<Utc>,
) -> Result<bool, DbError> {
    let (all, role, organisation) = match scope {
        FeedKeyScope::All => (true, "", ""),
        FeedKeyScope::Own(own) => (false, own.role(), own.organisation()),
        FeedKeyScope::Nobody => return Ok(false),
    };
    set_session_context(session).await?;
    let changed = session
        .change(
            "revoking a feed key",
            "update work.feed_key set revoked_at = $5
             where id = $1 and ($2 or (role = $3
                    and string_to_array(organisation, '+') && string_to_array($4, '+')))
                and revoked_at is null",
            [
                Value::from(id),
                Value::from(all),
                Value::from(role),
                Value::from(organisation),
                Value::from(at),
            ],
        )
        .await?;
    Ok(changed == 1)
}

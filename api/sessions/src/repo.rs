//! Keeps sessions and sign-ins that are under way, and ends them.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, FromQueryResult, Value};

use super::Secret;
use database::{Database, DbError, RequestedMoment, Session, Sql as _};
use domain::actor::Actor;

/// How long somebody may take to sign in at an issuer.
const LONGEST_SIGN_IN: TimeDelta = TimeDelta::minutes(15);

/// A session that a cookie opened.
pub struct Opened {
    /// The access token; whoever opens a session checks it again.
    pub token: String,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// A sign-in as a browser began it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Began {
    /// The issuer at which.
    pub issuer: String,
    /// The page to go on with, from the root.
    pub return_to: String,
}

#[derive(FromQueryResult)]
struct KeptSession {
    sealed_token: Vec<u8>,
    expires_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct KeptSignIn {
    issuer: String,
    return_to: String,
}

/// Tells Postgres which browser is meant: its own rows are seen, and those that have ended.
async fn mean(session: &Session, secret: &Secret) -> Result<(), DbError> {
    session.set("app.browser", secret.id()).await
}

/// Keeps the token of somebody who signed in, until it ends.
///
/// # Errors
/// When the database fails.
pub async fn keep_session(db: &Database, secret: &Secret, opened: &Opened) -> Result<(), DbError> {
    let sealed = secret.seal(&opened.token).unwrap_or_default();
    let session = db.write(&Actor::public()).await?;
    mean(&session, secret).await?;
    session
        .change(
            "forgetting sessions that ended",
            "delete from work.browser_session where expires_at < $1",
            [Value::from(session.moment().instant)],
        )
        .await?;
    session
        .change(
            "keeping a session",
            "insert into work.browser_session (id, sealed_token, expires_at) values ($1, $2, $3)",
            [
                Value::from(secret.id()),
                Value::from(sealed),
                Value::from(opened.expires_at),
            ],
        )
        .await?;
    session.commit().await
}

/// The session of a cookie; none where there is none, or it has ended.
///
/// # Errors
/// When the database fails.
pub async fn open_session(db: &Database, secret: &Secret) -> Result<Option<Opened>, DbError> {
    // One row: to ask a replica how far it is would cost more than to read it.
    let db = db.on_primary();
    let session = db.read(&Actor::public(), RequestedMoment::HEAD).await?;
    mean(&session, secret).await?;
    let kept: Option<KeptSession> = session
        .row(
            "reading a session",
            "select sealed_token, expires_at from work.browser_session
             where id = $1 and expires_at >= $2",
            [
                Value::from(secret.id()),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    session.close().await?;
    Ok(kept.and_then(|kept| {
        Some(Opened {
            token: secret.open(&kept.sealed_token)?,
            expires_at: kept.expires_at,
        })
    }))
}

/// Ends a session, on every instance.
///
/// # Errors
/// When the database fails.
pub async fn end_session(db: &Database, secret: &Secret) -> Result<(), DbError> {
    let session = db.write(&Actor::public()).await?;
    mean(&session, secret).await?;
    session
        .change(
            "ending a session",
            "delete from work.browser_session where id = $1",
            [Value::from(secret.id())],
        )
        .await?;
    session.commit().await
}

/// Ends all sessions and all sign-ins under way, as the owner of the database; says how many
/// sessions there were.
///
/// # Errors
/// When the database fails.
pub async fn end_all_sessions(owner: &DatabaseConnection) -> Result<u64, DbError> {
    owner
        .change("ending sign-ins", "delete from work.sign_in", [])
        .await?;
    owner
        .change("ending sessions", "delete from work.browser_session", [])
        .await
}

/// Notes that a browser is sent to an issuer to sign in.
///
/// # Errors
/// When the database fails.
pub async fn begin_sign_in(db: &Database, secret: &Secret, began: &Began) -> Result<(), DbError> {
    let session = db.write(&Actor::public()).await?;
    mean(&session, secret).await?;
    let now = session.moment().instant;
    session
        .change(
            "forgetting sign-ins that ended",
            "delete from work.sign_in where expires_at < $1",
            [Value::from(now)],
        )
        .await?;
    session
        .change(
            "beginning a sign-in",
            "insert into work.sign_in (id, issuer, return_to, expires_at) values ($1, $2, $3, $4)",
            [
                Value::from(secret.id()),
                Value::from(began.issuer.as_str()),
                Value::from(began.return_to.as_str()),
                Value::from(now + LONGEST_SIGN_IN),
            ],
        )
        .await?;
    session.commit().await
}

/// The sign-in that a browser comes back from. It is taken away, so that nobody comes back twice.
///
/// # Errors
/// When the database fails.
pub async fn take_sign_in(db: &Database, secret: &Secret) -> Result<Option<Began>, DbError> {
    let session = db.write(&Actor::public()).await?;
    mean(&session, secret).await?;
    let kept: Option<KeptSignIn> = session
        .row(
            "taking a sign-in",
            "delete from work.sign_in where id = $1 and expires_at >= $2
             returning issuer, return_to",
            [
                Value::from(secret.id()),
                Value::from(session.moment().instant),
            ],
        )
        .await?;
    session.commit().await?;
    Ok(kept.map(|kept| Began {
        issuer: kept.issuer,
        return_to: kept.return_to,
    }))
}

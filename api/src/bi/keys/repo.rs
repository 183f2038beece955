//! Keeps feed keys, finds the one that is shown, and notes that it was used.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{FromQueryResult, Value};

use crate::{
    auth::Actor,
    db::{AskedMoment, Database, DbError, Moment},
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

/// The key of an id, and the moment at which it was read.
pub(super) async fn find(db: &Database, id: &str) -> Result<(Option<KeptKey>, Moment), DbError> {
    let session = db.read(&Actor::public(), AskedMoment::Head).await?;
    session.set("app.feed_key", id.to_owned()).await?;
    let kept = session
        .row(
            "reading a feed key",
            "select k.role, k.organisation, k.tables, k.secret_hash, k.previous_hash, k.rotated_at, k.revoked_at,
                k.expires_on, u.used_at
             from work.feed_key k left join work.feed_key_use u on u.id = k.id where k.id = $1",
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
    session.set("app.feed_key", id.to_owned()).await?;
    session
        .change(
            "noting the use of a feed key",
            "insert into work.feed_key_use (id, used_at) values ($1, $2)
             on conflict (id) do update set used_at = greatest(feed_key_use.used_at, excluded.used_at)",
            [Value::from(id), Value::from(session.moment().instant)],
        )
        .await?;
    session.commit().await
}

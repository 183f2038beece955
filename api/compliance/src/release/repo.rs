//! Decisions that wait for their instant.

use chrono::{DateTime, Utc};
use database::{DbError, Session, document};
use entity::timed_release;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::Decision;

/// A decision with its instant and whoever decided.
pub(super) type Waiting = timed_release::Model;

/// What is due at the instant of the session, the earliest first.
pub(super) async fn due(session: &Session) -> Result<Vec<Waiting>, DbError> {
    timed_release::Entity::find()
        .filter(timed_release::Column::ReleaseAt.lte(session.moment().instant))
        .order_by_asc(timed_release::Column::ReleaseAt)
        .order_by_asc(timed_release::Column::Kind)
        .order_by_asc(timed_release::Column::Key)
        .all(session)
        .await
        .map_err(DbError::doing("reading what is due"))
}

/// The decision on a thing, if one waits.
pub(super) async fn find(
    session: &Session,
    kind: &str,
    key: &str,
) -> Result<Option<Waiting>, DbError> {
    timed_release::Entity::find_by_id((kind.to_owned(), key.to_owned()))
        .one(session)
        .await
        .map_err(DbError::doing("reading a decision"))
}

/// Keeps a decision in the name of the actor.
pub(super) async fn keep(
    session: &Session,
    decision: &Decision,
    release_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let doing = "keeping a decision";
    let row = timed_release::ActiveModel {
        kind: Set(decision.kind().to_owned()),
        key: Set(decision.key().to_owned()),
        release_at: Set(release_at),
        decision: Set(document::write(decision)?),
        decided_by: Set(session.mandate().actor.pseudonym.clone()),
    };
    timed_release::Entity::insert(row)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing(doing))?;
    Ok(())
}

/// Forgets a decision: it was carried out, or another takes its place.
pub(super) async fn forget(session: &Session, kind: &str, key: &str) -> Result<(), DbError> {
    timed_release::Entity::delete_by_id((kind.to_owned(), key.to_owned()))
        .exec(session)
        .await
        .map_err(DbError::doing("forgetting a decision"))?;
    Ok(())
}

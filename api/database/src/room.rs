//! Whether the database has room to write in.
//!
//! A full disk lets every read through and refuses what is written. An instance that was refused so
//! says for a while that it is not ready, then takes requests again: the first that writes finds
//! out whether there is room by now.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::DbError;

/// Milliseconds for which an instance is not ready after it was refused for want of room.
const PAUSE_MS: i64 = 30_000;

/// What the writes of this instance last met.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    /// Until when, in milliseconds since 1970, the instance is not ready.
    missing_until: Arc<AtomicI64>,
}

impl Room {
    /// Notes what became of a statement.
    pub(super) fn note<T>(&self, done: &Result<T, DbErr>, now: DateTime<Utc>) {
        if done.as_ref().is_err_and(DbError::is_for_want_of_room) {
            let until = now.timestamp_millis() + PAUSE_MS;
            self.missing_until.store(until, Ordering::Relaxed);
        }
    }

    /// Notes that something was kept.
    pub(super) fn found(&self) {
        self.missing_until.store(0, Ordering::Relaxed);
    }

    /// Whether a write was refused for want of room a short time ago, and none was kept since.
    pub(super) fn is_missing(&self, now: DateTime<Utc>) -> bool {
        now.timestamp_millis() < self.missing_until.load(Ordering::Relaxed)
    }
}

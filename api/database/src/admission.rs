//! Admission: who may work with the database now, and who waits for it in the order of coming.
//!
//! There are as many permits as the pool has connections, and whoever holds one uses one connection
//! at a time. So a request that has begun never starves for want of a second connection: above all
//! a mutation, which commits on one and reads its payload on the next, answers after its commit
//! however many others are waiting. Were requests to compete for bare connections, each that has
//! committed would queue up behind all that have not begun, and be told "try again" of what was
//! kept.
//!
//! The ledger has one writer at a time, and the database sees to that for all instances. The
//! writers of one instance wait for each other here, for its one writer permit: a wait in the
//! database counts as a slow statement, and is cut off in a rush.

use std::{sync::Arc, time::Duration};

use sea_orm::{DbErr, error::ConnAcquireErr};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::DbError;

/// How long a request waits for its turn before it is told to come back, nothing of it having been
/// begun: as long as proxies wait.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The permits of an instance.
#[derive(Debug, Clone)]
pub(super) struct Admission {
    free: Arc<Semaphore>,
    longest_wait: Duration,
    writer_permit: Arc<Semaphore>,
}

/// The right to write in the ledger, of one on this instance at a time.
#[derive(Debug)]
pub struct WriterPermit {
    _held: OwnedSemaphorePermit,
}

/// One permit; it is free again when the last that holds it lets go.
#[derive(Debug, Clone)]
pub(super) struct AdmissionPermit {
    _held: Arc<OwnedSemaphorePermit>,
}

impl Admission {
    /// A permit for each connection.
    pub(super) fn new(connections: u32) -> Self {
        let permits = usize::try_from(connections).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            free: Arc::new(Semaphore::new(permits)),
            longest_wait: LONGEST_WAIT,
            writer_permit: Arc::new(Semaphore::new(1)),
        }
    }

    /// Waits for the writer permit, behind everybody who asked for it earlier. Whoever waits has
    /// been admitted already, so its time is bounded elsewhere.
    pub(super) async fn writer_permit(&self) -> Result<WriterPermit, DbError> {
        let held = Arc::clone(&self.writer_permit).acquire_owned().await;
        let held = held
            .map_err(|_closed| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            .map_err(DbError::doing("waiting for the writer permit"))?;
        Ok(WriterPermit { _held: held })
    }

    /// Waits for a permit, behind everybody who came earlier.
    pub(super) async fn take(&self) -> Result<AdmissionPermit, DbError> {
        let turn = Arc::clone(&self.free).acquire_owned();
        let held = match tokio::time::timeout(self.longest_wait, turn).await {
            Ok(held) => held.map_err(|_closed| ConnAcquireErr::ConnectionClosed),
            Err(_too_long) => Err(ConnAcquireErr::Timeout),
        };
        let held = held
            .map_err(DbErr::ConnectionAcquire)
            .map_err(DbError::doing("waiting for a turn"))?;
        Ok(AdmissionPermit {
            _held: Arc::new(held),
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_came_first_is_admitted_first_and_a_permit_is_free_when_the_last_lets_go() {
        let admission = Admission::new(1);
        let permit = admission.take().await.unwrap();
        let mut first = Box::pin(admission.take());
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(admission.take());
        assert!(second.as_mut().now_or_never().is_none());
        let same = permit.clone();
        drop(permit);
        assert!(first.as_mut().now_or_never().is_none());
        drop(same);
        assert!(second.as_mut().now_or_never().is_none());
        let permit = first.as_mut().now_or_never().unwrap().unwrap();
        drop(permit);
        assert!(second.as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test]
    async fn whoever_waits_too_long_must_come_back() {
        let admission = Admission {
            longest_wait: Duration::ZERO,
            ..Admission::new(1)
        };
        let _permit = admission.take().await.unwrap();
        assert!(admission.take().await.unwrap_err().is_unavailable());
    }
}

//! Seats: who may work with the database now, and who waits for it in the order of coming.
//!
//! There are as many seats as the pool has connections, and whoever sits uses one connection at a time. So a request that
//! has begun never starves for want of a second connection: above all a mutation, which commits on one and reads its payload
//! on the next, answers after its commit however many others are waiting. Were requests to compete for bare connections, each
//! that has committed would queue up behind all that have not begun, and be told "try again" of what was kept.
//!
//! The ledger has one writer at a time, and the database sees to that for all instances. Those of one instance wait for each other
//! here, by the one pen that there is: a wait in the database counts as a slow statement, and is cut off in a rush.

use std::{sync::Arc, time::Duration};

use sea_orm::{DbErr, error::ConnAcquireErr};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::DbError;

/// How long a request waits for its turn before it is told to come back, nothing of it having been begun: as long as proxies wait.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// All seats of an instance.
#[derive(Debug, Clone)]
pub(super) struct Seats {
    free: Arc<Semaphore>,
    longest_wait: Duration,
    pen: Arc<Semaphore>,
}

/// The right to write in the ledger, of one on this instance at a time.
#[derive(Debug)]
pub struct Pen {
    _held: OwnedSemaphorePermit,
}

/// One seat; it is free again when the last that holds it lets go.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    _held: Arc<OwnedSemaphorePermit>,
}

impl Seats {
    /// A seat for each connection.
    pub(super) fn new(connections: u32) -> Self {
        let seats = usize::try_from(connections).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            free: Arc::new(Semaphore::new(seats)),
            longest_wait: LONGEST_WAIT,
            pen: Arc::new(Semaphore::new(1)),
        }
    }

    /// Waits for the pen, behind everybody who asked for it earlier. Whoever waits sits already, so its time is bounded elsewhere.
    pub(super) async fn pen(&self) -> Result<Pen, DbError> {
        let held = Arc::clone(&self.pen).acquire_owned().await;
        let held = held
            .map_err(|_closed| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            .map_err(DbError::doing("waiting for the pen"))?;
        Ok(Pen { _held: held })
    }

    /// Waits for a seat, behind everybody who came earlier.
    pub(super) async fn take(&self) -> Result<Seat, DbError> {
        let turn = Arc::clone(&self.free).acquire_owned();
        let held = match tokio::time::timeout(self.longest_wait, turn).await {
            Ok(held) => held.map_err(|_closed| ConnAcquireErr::ConnectionClosed),
            Err(_too_long) => Err(ConnAcquireErr::Timeout),
        };
        let held = held
            .map_err(DbErr::ConnectionAcquire)
            .map_err(DbError::doing("waiting for a turn"))?;
        Ok(Seat {
            _held: Arc::new(held),
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_came_first_sits_first_and_a_seat_is_free_when_the_last_lets_go() {
        let seats = Seats::new(1);
        let seat = seats.take().await.unwrap();
        let mut first = Box::pin(seats.take());
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(seats.take());
        assert!(second.as_mut().now_or_never().is_none());
        let same = seat.clone();
        drop(seat);
        assert!(first.as_mut().now_or_never().is_none());
        drop(same);
        assert!(second.as_mut().now_or_never().is_none());
        let seat = first.as_mut().now_or_never().unwrap().unwrap();
        drop(seat);
        assert!(second.as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test]
    async fn whoever_waits_too_long_is_told_to_come_back() {
        let seats = Seats {
            longest_wait: Duration::ZERO,
            ..Seats::new(1)
        };
        let _seat = seats.take().await.unwrap();
        assert!(seats.take().await.unwrap_err().is_unavailable());
    }
}

//! The head of the ledger, read once for everybody who waits for it.
//!
//! Whoever needs the head waits for a read that begins after it asked. One read is under way at a
//! time; whoever comes meanwhile waits for the next one, together with all others. So a thousand
//! requests that come at once cost one statement, and no request costs more than one.
//!
//! Such a read is linearizable. Its statement takes its snapshot on the primary, where every commit
//! is visible before it is acknowledged, and takes it between the arrival of each request that
//! waits and the answer to it: that is the point in time at which each of them is answered.
//! Whatever was acknowledged before a request came, by this instance or another, is therefore in
//! the state that the request is told; and of two requests of which one came after the other was
//! answered, the later is never told an earlier state. Joining a read that is under way would break
//! this: its snapshot may be older than a write that the request has seen acknowledged. A standby
//! may be behind, so its head is none.
//!
//! The read compares the clocks as the opener of sessions does. Where the end of an embargo is due,
//! it opens an ordinary session, which carries that out, and tells the moment of that session.
//!
//! It has a connection of its own, beside those that are shared by admission: it is one short
//! statement, so it takes no turn, and no turn waits for it. Only a session that carries out a
//! release is admitted as any other.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::{
    FutureExt as _,
    future::{BoxFuture, Shared},
};
use sea_orm::{ConnectOptions, DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement};

use super::{Database, DbError, Moment, RequestedMoment, clocks::Clocks, seal::Seal};
use domain::{actor::Actor, clock::day_of, error::chain, ledger::position::Position};

/// How long whoever waits for the head waits at most.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The head, the clock of the database, and what is due next.
const HEAD: &str = "select h.number as head, hash_start(h.hash) as head_hash,
        h.recorded_at as head_at, clock_timestamp() as database_at,
        s.key as seal_key, s.after_number as seal_after,
        (select min(release_at) from work.timed_release) as next_release,
        exists (select from database_kind where kind = 'DEMO') as is_demo,
        pg_is_in_recovery() as is_standby
     from ledger_head h left join position_seal s on true";

#[derive(FromQueryResult)]
struct Found {
    head: i64,
    head_hash: i64,
    head_at: DateTime<Utc>,
    database_at: DateTime<Utc>,
    next_release: Option<DateTime<Utc>>,
    is_demo: bool,
    is_standby: bool,
    seal_key: Option<Vec<u8>>,
    seal_after: Option<i64>,
}

/// What a read of the head found.
#[derive(Debug)]
pub(super) struct Head {
    /// The moment that whoever reads now reads at.
    pub(super) moment: Moment,
    pub(super) clocks: Clocks,
    pub(super) is_demo: bool,
    pub(super) seal: Seal,
}

/// The reader of the head of an instance.
#[derive(Clone)]
pub(super) struct HeadReader {
    connection: DatabaseConnection,
    line: Arc<Line<Option<Arc<Head>>>>,
}

impl fmt::Debug for HeadReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeadReader")
    }
}

impl HeadReader {
    /// A reader with one connection, which is made when the head is first read.
    pub(super) async fn connect(url: &str) -> Result<Self, DbError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(1)
            .connect_lazy(true)
            .acquire_timeout(LONGEST_WAIT)
            // A connection that was lost is told by the statement itself, for half the round trips.
            .test_before_acquire(false)
            .sqlx_logging(false);
        let connection = sea_orm::Database::connect(options)
            .await
            .map_err(DbError::doing("connecting to read the head"))?;
        Ok(Self {
            connection,
            line: Arc::default(),
        })
    }

    /// Ends its connection.
    pub(super) async fn close(self) -> Result<(), DbError> {
        let closed = self.connection.close().await;
        closed.map_err(DbError::doing("closing"))
    }
}

impl Database {
    /// The moment of the head, by a read that begins after this is called and that everybody shares
    /// who waits for it; none where the head cannot be read, or not on the primary.
    pub async fn head(&self) -> Option<Moment> {
        self.found_head().await.map(|head| head.moment)
    }

    /// The same, with all that the read found.
    pub(super) async fn found_head(&self) -> Option<Arc<Head>> {
        let read = || {
            let db = self.clone();
            async move {
                let read = tokio::time::timeout(LONGEST_WAIT, db.read_head()).await;
                let failure = match read {
                    Ok(Ok(head)) => return head.map(Arc::new),
                    Ok(Err(error)) => chain(&error),
                    Err(_elapsed) => "it took too long".to_owned(),
                };
                tracing::warn!(error = failure, "the head of the ledger cannot be read");
                None
            }
        };
        self.heads.line.wait(read).await
    }

    /// How many statements read the head.
    #[must_use]
    pub fn head_reads(&self) -> u64 {
        self.heads.line.begun.load(Ordering::Relaxed)
    }

    /// How many requests wait for the head.
    #[must_use]
    pub fn waiting_for_head(&self) -> u64 {
        self.heads.line.waiting.load(Ordering::Relaxed)
    }

    async fn read_head(&self) -> Result<Option<Head>, DbError> {
        let instant = self.clock().now();
        let statement = Statement::from_string(DbBackend::Postgres, HEAD);
        let found = Found::find_by_statement(statement)
            .one(&self.heads.connection)
            .await
            .and_then(|found| found.ok_or_else(|| DbErr::RecordNotFound("ledger_head".to_owned())))
            .map_err(DbError::doing("reading the head"))?;
        if found.is_standby {
            return Ok(None);
        }
        // What a demo invents may lie in the future.
        let head_ahead = Some(found.head_at - instant).filter(|_| !found.is_demo);
        let clocks = Clocks::new(
            self.clock().ahead_of(found.database_at, instant),
            head_ahead.unwrap_or_default(),
        );
        self.clocks.note(clocks);
        let moment = Moment {
            ledger: found.head,
            head: found.head,
            state: Position::of_stored(found.head, Some(found.head_hash)),
            day: day_of(instant),
            instant,
            next_release: found.next_release,
        };
        if !(moment.is_release_due() && clocks.agree()) {
            return Ok(Some(Head {
                moment,
                clocks,
                is_demo: found.is_demo,
                seal: Seal {
                    key: found.seal_key.unwrap_or_default(),
                    after: found.seal_after.unwrap_or_default(),
                },
            }));
        }
        let session = self.read(&Actor::public(), RequestedMoment::HEAD).await?;
        let head = Head {
            moment: session.moment(),
            clocks: session.clocks(),
            is_demo: session.is_demo(),
            seal: session.seal.clone(),
        };
        session.close().await?;
        Ok(Some(head))
    }
}

/// A read that everybody shares who waits for it.
type SharedRead<T> = Shared<BoxFuture<'static, T>>;

/// The line of those who wait for a read.
struct Line<T> {
    /// The read that has not begun: whoever comes waits for it.
    next: Mutex<Option<SharedRead<T>>>,
    /// Held by the read that is under way.
    turn: tokio::sync::Mutex<()>,
    begun: AtomicU64,
    waiting: AtomicU64,
}

impl<T> Default for Line<T> {
    fn default() -> Self {
        Self {
            next: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            begun: AtomicU64::default(),
            waiting: AtomicU64::default(),
        }
    }
}

/// Somebody who waits until this is dropped.
struct Waiting<'a>(&'a AtomicU64);

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicU64) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl<T: Clone + Send + Sync + 'static> Line<T> {
    /// What a read finds that begins from here on. Each of those who wait drives the read, so one
    /// that leaves stops nobody; a read that all have left is given up.
    async fn wait<R>(self: &Arc<Self>, read: impl FnOnce() -> R) -> T
    where
        R: Future<Output = T> + Send + 'static,
    {
        let _waiting = Waiting::begin(&self.waiting);
        let shared = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            next.get_or_insert_with(|| self.clone().in_turn(read()).boxed().shared())
                .clone()
        };
        shared.await
    }

    async fn in_turn(self: Arc<Self>, read: impl Future<Output = T> + Send) -> T {
        let _turn = self.turn.lock().await;
        // From here on whoever comes waits for the read after this one.
        let own = self
            .next
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(own);
        self.begun.fetch_add(1, Ordering::Relaxed);
        read.await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicI64;

    use futures_util::future::join_all;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_thousand_who_wait_share_the_read_that_begins_after_they_came() {
        let line: Arc<Line<i64>> = Arc::default();
        let head = Arc::new(AtomicI64::new(1));
        let (release, held) = oneshot::channel::<()>();
        let slow_head = head.clone();
        let mut first = Box::pin(line.wait(|| async move {
            let found = slow_head.load(Ordering::SeqCst);
            held.await.ok();
            found
        }));
        assert!(first.as_mut().now_or_never().is_none());
        // Acknowledged while the first read is under way: who comes now is told of it.
        head.store(2, Ordering::SeqCst);
        let read = || {
            let head = head.clone();
            async move { head.load(Ordering::SeqCst) }
        };
        let mut others: Vec<_> = (0..1_000).map(|_| Box::pin(line.wait(read))).collect();
        for other in &mut others {
            assert!(other.as_mut().now_or_never().is_none());
        }
        assert_eq!(line.begun.load(Ordering::Relaxed), 1);
        assert_eq!(line.waiting.load(Ordering::Relaxed), 1_001);
        release.send(()).unwrap();
        assert_eq!(first.await, 1);
        assert_eq!(join_all(others).await, [2; 1_000]);
        assert_eq!(line.begun.load(Ordering::Relaxed), 2);
        assert_eq!(line.waiting.load(Ordering::Relaxed), 0);
        // Who comes when nobody waits reads anew.
        head.store(3, Ordering::SeqCst);
        assert_eq!(line.wait(read).await, 3);
        assert_eq!(line.begun.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn who_leaves_stops_nobody() {
        let line: Arc<Line<i64>> = Arc::default();
        let (_never, held) = oneshot::channel::<()>();
        let mut first = Box::pin(line.wait(|| async move {
            held.await.ok();
            1
        }));
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(line.wait(|| async { 2 }));
        assert!(second.as_mut().now_or_never().is_none());
        let mut third = Box::pin(line.wait(|| async { 3 }));
        assert!(third.as_mut().now_or_never().is_none());
        drop(first);
        drop(second);
        // The third shares the read that the second had ordered.
        assert_eq!(third.as_mut().now_or_never(), Some(2));
    }
}

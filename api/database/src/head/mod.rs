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
//! may be behind, so its head is none. Where a replica is read from, the statement tells as well how
//! far the write-ahead log of the primary had come: see `session::replica`.
//!
//! The read compares the clocks as the opener of sessions does. Where the end of an embargo is due,
//! it tells no head: whoever wanted it opens an ordinary session, which carries the release out
//! while nobody waits here for it. So a moment that this tells is never one past an embargo that
//! this instance has to end.
//!
//! It has connections of its own, beside those that are shared by admission: it is one short
//! statement, so it takes no turn, and no turn waits for it. A connection that was lost is replaced
//! at once. Postgres ends the statement when it takes too long; where Postgres does not even do
//! that, because it hangs or cannot be reached, the connections are given up and made anew. After a
//! read that failed nobody waits for the next one: see [`outage`].

mod line;

use std::{
    fmt, mem,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectOptions, DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement,
    sqlx::{self, Executor as _},
};

use self::line::Line;
use super::{
    Database, DbError, Moment,
    clocks::Clocks,
    outage::{self, Outage},
    seal::Seal,
};
use domain::{clock::day_of, error::chain, ledger::position::Position};

/// How many connections read the head: one, and another while that is lost.
const CONNECTIONS: u32 = 2;
/// How long a read takes at most, with the connection that it may need: a little longer than its
/// statement may.
const LONGEST_READ: Duration = Duration::from_millis(2500);
/// How long connections may take to be ended in order.
const LONGEST_CLOSE: Duration = Duration::from_secs(5);

/// What a new connection is told: after how many milliseconds Postgres ends the statement.
const FIRST: &str = "select set_config('statement_timeout', '2000', false)";

/// The head, the clock of the database, what is due next and, where that is asked for, up to which
/// position of the write-ahead log everything is that can be seen: what is flushed, or written at all
/// where a commit does not wait to be flushed.
const HEAD: &str = "select h.number as head, hash_start(h.hash) as head_hash,
        h.recorded_at as head_at, clock_timestamp() as database_at,
        s.key as seal_key, s.after_number as seal_after,
        (select min(release_at) from work.timed_release) as next_release,
        exists (select from database_kind where kind = 'DEMO') as is_demo,
        pg_is_in_recovery() as is_standby,
        case when $1::boolean and not pg_is_in_recovery() then
            case current_setting('synchronous_commit')
                when 'off' then pg_current_wal_insert_lsn()
                else pg_current_wal_flush_lsn()
            end
        end::text as lsn
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
    lsn: Option<String>,
}

/// What a read of the head found.
#[derive(Debug)]
pub(super) struct Head {
    /// The moment that whoever reads now reads at.
    pub(super) moment: Moment,
    pub(super) clocks: Clocks,
    pub(super) is_demo: bool,
    pub(super) seal: Seal,
    /// The position in the write-ahead log of the primary that a replica must have replayed to be
    /// read instead; none where none is read.
    pub(super) lsn: Option<String>,
}

/// The reader of the head of an instance.
#[derive(Clone)]
pub(super) struct HeadReader {
    url: Arc<str>,
    connections: Arc<Mutex<DatabaseConnection>>,
    line: Arc<Line<Option<Arc<Head>>>>,
    outage: Arc<Outage>,
    tells_lsn: bool,
}

impl fmt::Debug for HeadReader {
    /// Without the address, which holds a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeadReader")
    }
}

impl HeadReader {
    /// A reader whose connections are made when the head is first read.
    pub(super) async fn connect(url: &str) -> Result<Self, DbError> {
        Ok(Self {
            url: url.into(),
            connections: Arc::new(Mutex::new(connections(url).await?)),
            line: Arc::default(),
            outage: Arc::default(),
            tells_lsn: false,
        })
    }

    /// The same reader, which tells as well how far the write-ahead log has come.
    pub(super) fn telling_lsn(self) -> Self {
        Self {
            tells_lsn: true,
            ..self
        }
    }

    /// Ends its connections.
    pub(super) async fn close(self) -> Result<(), DbError> {
        let closed = self.present().close().await;
        closed.map_err(DbError::doing("closing"))
    }

    fn present(&self) -> DatabaseConnection {
        let connections = self.connections.lock();
        connections.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Gives up connections on which nothing comes any more, and takes new ones from here on.
    async fn renew(&self) -> Result<(), DbError> {
        let mut new = connections(&self.url).await?;
        mem::swap(
            &mut new,
            &mut *self
                .connections
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        tokio::spawn(async move { tokio::time::timeout(LONGEST_CLOSE, new.close()).await.ok() });
        Ok(())
    }

    /// One read; a connection that was lost since the last one is told by the statement itself, so
    /// it is sent again on the next.
    async fn read(
        &self,
        now: impl Fn() -> DateTime<Utc>,
    ) -> Result<(DateTime<Utc>, Found), DbError> {
        let connections = self.present();
        let mut lost = 0;
        loop {
            let sent_at = now();
            let values = [self.tells_lsn.into()];
            let statement = Statement::from_sql_and_values(DbBackend::Postgres, HEAD, values);
            let found = Found::find_by_statement(statement)
                .one(&connections)
                .await
                .and_then(|found| {
                    found.ok_or_else(|| DbErr::RecordNotFound("ledger_head".to_owned()))
                })
                .map_err(DbError::doing("reading the head"));
            match found {
                Err(error) if error.is_unavailable() && lost < CONNECTIONS => lost += 1,
                found => return Ok((sent_at, found?)),
            }
        }
    }
}

/// Connections that are made when they are first used.
async fn connections(url: &str) -> Result<DatabaseConnection, DbError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(CONNECTIONS)
        .connect_lazy(true)
        .acquire_timeout(LONGEST_READ)
        // A connection that was lost is told by the statement itself, for half the round trips.
        .test_before_acquire(false)
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.after_connect(|connection, _| {
                Box::pin(async move {
                    connection.execute(FIRST).await?;
                    Ok::<_, sqlx::Error>(())
                })
            })
        })
        .sqlx_logging(false);
    sea_orm::Database::connect(options)
        .await
        .map_err(DbError::doing("connecting to read the head"))
}

impl Database {
    /// The moment of the head, by a read that begins after this is called and that everybody shares
    /// who waits for it; none where the head cannot be read, or not on the primary, or the end of an
    /// embargo is due: then an ordinary session tells what there is to tell.
    pub async fn head(&self) -> Option<Moment> {
        self.found_head().await.map(|head| head.moment)
    }

    /// The same, with all that the read found.
    pub(super) async fn found_head(&self) -> Option<Arc<Head>> {
        match self.heads.outage.find(LONGEST_READ) {
            outage::State::Over => {
                let read = || {
                    let db = self.clone();
                    async move { db.read_unless_out().await }
                };
                self.heads.line.wait(read).await
            }
            outage::State::Lasts => None,
            outage::State::IsDue => {
                let db = self.clone();
                tokio::spawn(async move { db.try_to_read().await });
                None
            }
        }
    }

    /// What a read finds whose turn has come; who waited behind one that failed does not wait for
    /// another.
    async fn read_unless_out(&self) -> Option<Arc<Head>> {
        if self.heads.outage.lasts() {
            return None;
        }
        self.try_to_read().await
    }

    /// What a read finds, within its time; begins or ends the outage.
    async fn try_to_read(&self) -> Option<Arc<Head>> {
        let read = tokio::time::timeout(LONGEST_READ, self.read_head()).await;
        let failure = match read {
            Ok(Ok(head)) => {
                if self.heads.outage.end() {
                    tracing::info!("the head of the ledger can be read again");
                }
                return head.map(Arc::new);
            }
            Ok(Err(error)) => chain(&error),
            Err(_elapsed) => {
                if let Err(error) = self.heads.renew().await {
                    tracing::warn!(error = chain(&error), "no other connections can be made");
                }
                "it took too long".to_owned()
            }
        };
        // Once per outage, however often it is tried meanwhile.
        if self.heads.outage.start() {
            tracing::warn!(error = failure, "the head of the ledger cannot be read");
        }
        None
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
        let (instant, found) = self.heads.read(|| self.clock().now()).await?;
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
        // An instance whose clock is not to be trusted ends no embargo, so for it none is due.
        let is_due = moment.is_release_due() && clocks.agree();
        let head = Head {
            moment,
            clocks,
            is_demo: found.is_demo,
            seal: Seal {
                key: found.seal_key.unwrap_or_default(),
                after: found.seal_after.unwrap_or_default(),
            },
            lsn: found.lsn,
        };
        Ok(Some(head).filter(|_| !is_due))
    }
}

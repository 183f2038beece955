//! Reads on a replica: a standby of Postgres, which follows the primary and may be behind.
//!
//! The head is read on the primary for every request, see `head`. The same statement tells up to
//! which position the write-ahead log of the primary was flushed. A read goes to the replica only
//! where that has replayed the log up to this position and has in its ledger the state that was
//! read; else it goes to the primary. [`Replica::begin`] is the one place that decides so, for each
//! transaction anew: another server may answer at the address than a moment ago.
//!
//! The position decides, and not the number of the ledger alone, because it covers all that a read
//! depends on. Postgres shows a commit to others once its record is flushed, so whatever was
//! acknowledged before the request came lies before a position that is read after it: entries of
//! the ledger, and as well drafts, claims, keys, sessions and embargoes, which have no number. A
//! replica that is further shows no more than the primary would to a statement that is sent a moment
//! later. So a read there is as linearizable as on the primary, and no list of what may be read
//! there is needed. The state is compared beside it, number and hash, because the positions of two
//! servers of which none follows the other say nothing: what was restored since has another ledger.
//! What is no standby is never read.
//!
//! The price is that any write puts the replica behind for as long as replication takes, some
//! milliseconds, in which reads go to the primary.
//!
//! A replica that fails costs no request. The session goes on at the primary with the statement that
//! failed, in a transaction that is told the same: both show what was known at the number of the
//! session. That is so as well where a standby ends a statement that reads what the primary has
//! removed (SQLSTATE 40001), and for what a standby cannot do at all, such as locking a row. What
//! opens a transaction that reads needs no such thing: it sets settings of its own.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value,
};
use tokio::sync::OnceCell;

use super::{
    super::{
        DbError,
        head::Head,
        outage::{Outage, State},
        roles,
    },
    opener::pool_options,
    when_needed::Connections,
};
use domain::{error::chain, ledger::position::Position};

/// How long it may take to begin a transaction on the replica and to see how far that is; then the
/// primary is read.
const LONGEST_LOOK: Duration = Duration::from_secs(1);
const DOING: &str = "looking how far the replica is";

/// How far the server is that answers, beside a state of the ledger and a position of the log.
const REACHED: &str = "select h.number as head, pg_is_in_recovery() as is_standby,
        coalesce(pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $3::pg_lsn, false)
            and exists (
                select from ledger_instant i where i.number = $1 and hash_start(i.hash) = $2)
            as has_reached
     from ledger_head h";

#[derive(FromQueryResult)]
struct Reached {
    head: i64,
    is_standby: bool,
    has_reached: bool,
}

/// Where the reads of an instance went that has a replica.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplicaReads {
    /// Transactions that read and began on the replica.
    pub on_replica: u64,
    /// Transactions that read and began on the primary, because the replica was behind or away, or
    /// failed them.
    pub on_primary: u64,
    /// How many entries of the ledger the replica lacked when it was last looked at.
    pub lacking: i64,
    /// Whether it could be read when it was last looked at, however far it was.
    pub is_reachable: bool,
}

/// What the replica must have to be read.
#[derive(Debug)]
struct Goal {
    state: Position,
    lsn: String,
}

impl Goal {
    /// What the primary had when its head was read.
    fn of(head: &Head) -> Option<Self> {
        let state = head.moment.state;
        head.lsn.clone().map(|lsn| Self { state, lsn })
    }
}

/// The replica of an instance.
#[derive(Debug, Clone)]
pub(crate) struct Replica(Arc<Followed>);

#[derive(Debug)]
struct Followed {
    connections: Connections,
    /// Whether its login is one that row-level security binds; unknown before it was reached.
    has_fit_login: OnceCell<bool>,
    is_standby: AtomicBool,
    outage: Outage,
    on_replica: AtomicU64,
    on_primary: AtomicU64,
    lacking: AtomicI64,
}

impl Replica {
    /// A replica that is connected to when it is first read from.
    pub(super) async fn connect(url: &str, connections: u32) -> Result<Self, DbError> {
        let mut options = pool_options(url, connections);
        options.connect_lazy(true).acquire_timeout(LONGEST_LOOK);
        let pool = sea_orm::Database::connect(options)
            .await
            .map_err(DbError::doing("connecting to the replica"))?;
        Ok(Self(Arc::new(Followed {
            connections: Connections {
                pool,
                number: connections,
            },
            has_fit_login: OnceCell::new(),
            is_standby: AtomicBool::new(true),
            outage: Outage::default(),
            on_replica: AtomicU64::new(0),
            on_primary: AtomicU64::new(0),
            lacking: AtomicI64::new(0),
        })))
    }

    /// Its pool.
    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.0.connections.pool
    }

    /// Ends its connections.
    pub(super) async fn close(self) -> Result<(), DbError> {
        let closed = self.pool().clone().close().await;
        closed.map_err(DbError::doing("closing"))
    }

    /// Where reads went.
    pub(super) fn reads(&self) -> ReplicaReads {
        ReplicaReads {
            on_replica: self.0.on_replica.load(Ordering::Relaxed),
            on_primary: self.0.on_primary.load(Ordering::Relaxed),
            lacking: self.0.lacking.load(Ordering::Relaxed),
            is_reachable: !self.0.outage.lasts(),
        }
    }

    /// A transaction on the replica, where that has all that the primary had when its head was read;
    /// none where the primary is to be read.
    pub(super) async fn begin(&self, head: Option<&Head>) -> Option<DatabaseTransaction> {
        let begun = match head.and_then(Goal::of) {
            Some(goal) => self.begin_at(goal).await,
            None => None,
        };
        let count = match &begun {
            Some(_) => &self.0.on_replica,
            None => &self.0.on_primary,
        };
        count.fetch_add(1, Ordering::Relaxed);
        begun
    }

    /// Notes that it failed a read, which goes on at the primary.
    pub(super) fn note_failure(&self, error: &DbError) {
        self.0.on_primary.fetch_add(1, Ordering::Relaxed);
        if error.is_of_statement() {
            tracing::debug!(error = chain(error), "the primary answers for the replica");
        } else {
            self.lose(&chain(error));
        }
    }

    async fn begin_at(&self, goal: Goal) -> Option<DatabaseTransaction> {
        match self.0.outage.find(LONGEST_LOOK) {
            State::Over => self.try_to_begin(goal).await,
            State::Lasts => None,
            State::IsDue => {
                let replica = self.clone();
                tokio::spawn(async move { drop(replica.try_to_begin(goal).await) });
                None
            }
        }
    }

    /// The same, within its time; begins or ends the outage.
    async fn try_to_begin(&self, goal: Goal) -> Option<DatabaseTransaction> {
        let looked = tokio::time::timeout(LONGEST_LOOK, self.look(goal)).await;
        let failure = match looked {
            Ok(Ok(begun)) => {
                if self.0.outage.end() {
                    tracing::info!("the replica can be read again");
                }
                return begun;
            }
            Ok(Err(error)) => chain(&error),
            Err(_elapsed) => "it took too long".to_owned(),
        };
        self.lose(&failure);
        None
    }

    fn lose(&self, failure: &str) {
        if self.0.outage.start() {
            tracing::warn!(
                error = failure,
                "the replica cannot be read: reads go to the primary"
            );
        }
    }

    async fn look(&self, goal: Goal) -> Result<Option<DatabaseTransaction>, DbError> {
        if !self.has_fit_login().await? {
            return Ok(None);
        }
        let begun = self.0.connections.take_begun().await;
        let begun = begun.map_err(DbError::doing(DOING))?;
        let hash = goal.state.hash.unwrap_or_default().cast_signed();
        let values = [
            Value::from(goal.state.number),
            Value::from(hash),
            Value::from(goal.lsn),
        ];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, REACHED, values);
        let reached = Reached::find_by_statement(statement).one(&begun).await;
        let Some(reached) = reached.map_err(DbError::doing(DOING))? else {
            return Ok(None);
        };
        self.note(&reached, goal.state.number);
        Ok(Some(begun).filter(|_| reached.has_reached))
    }

    /// Whether row-level security binds its login as that of the primary, which a standby has all
    /// logins of. Looked at once, for the login stays the same.
    async fn has_fit_login(&self) -> Result<bool, DbError> {
        let look = || async {
            let looked = roles::check_login(self.pool()).await?;
            if let Err(too_mighty) = &looked {
                tracing::error!(error = %too_mighty, "nothing is read on the replica");
            }
            Ok::<_, DbError>(looked.is_ok())
        };
        self.0.has_fit_login.get_or_try_init(look).await.copied()
    }

    /// Notes what answers at its address, and how far that is.
    fn note(&self, reached: &Reached, head: i64) {
        let lacking = (head - reached.head).max(0);
        self.0.lacking.store(lacking, Ordering::Relaxed);
        let was_standby = self
            .0
            .is_standby
            .swap(reached.is_standby, Ordering::Relaxed);
        match (was_standby, reached.is_standby) {
            (true, false) => tracing::warn!(
                "what answers at DATABASE_READ_URL is no standby: reads go to the primary"
            ),
            (false, true) => tracing::info!("a standby answers at DATABASE_READ_URL again"),
            (true, true) | (false, false) => {}
        }
    }
}

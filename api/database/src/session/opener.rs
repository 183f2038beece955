//! The pool, and the one opener of transactions.

use std::{
    fmt,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbErr, error::ConnAcquireErr,
};
use tokio::sync::Mutex;

use super::{
    super::{
        DbError,
        admission::{Access, Admission, AdmissionPermit, Party, Turns},
        clocks::{Clocks, Watch},
        head::HeadReader,
        kind,
        mandate::Mandates,
        organisations::Organisations,
        privileged::Privileged,
        requested::RequestedMoment,
        room::Room,
        seal::Seal,
        snapshot::{Arrival, Snapshots},
        under_way::UnderWay,
    },
    Moment, Session,
    plans::{self, Plans},
    replica::{Replica, ReplicaReads},
    when_needed::{Connections, LONGEST_WAIT, Transaction},
};
use domain::{
    actor::Actor,
    clock::{Clock, day_of},
    ledger::position::Position,
    policy::Mandate,
};

/// How long a connection may lie unused before it is tested ahead of its next use. One that was
/// used a moment ago is taken as it is: should it be dead, a transaction is begun on another.
const TESTED_AFTER: Duration = Duration::from_secs(1);
/// How long connections may take to be ended in order.
const LONGEST_CLOSE: Duration = Duration::from_secs(5);

/// Carries out what is due; see `release`. The database knows no feature, so it is told by the
/// service what to do.
pub(crate) type RunDueReleases = for<'a> fn(&'a Database) -> BoxFuture<'a, Result<(), DbError>>;

/// How a transaction is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    pub(super) is_read_only: bool,
    pub(super) plans: Plans,
}

/// What every pool of the service is told.
pub(super) fn pool_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire_if_idle_for(TESTED_AFTER)
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.after_connect(|connection, _| Box::pin(plans::prepare(connection)))
        })
        .sqlx_logging(false);
    options
}

/// The database as the service uses it: opens sessions for actors.
#[derive(Debug, Clone)]
pub struct Database {
    pool: DatabaseConnection,
    connections: u32,
    /// Where reads go that it can answer; none where there is no other server.
    pub(super) replica: Option<Replica>,
    pub(super) plans: Plans,
    clock: Clock,
    pub(crate) clocks: Watch,
    pub(crate) heads: HeadReader,
    pub(crate) organisations: Organisations,
    pub(crate) is_demo: kind::Found,
    run_due_releases: Option<RunDueReleases>,
    admission: Admission,
    room: Room,
    pub(super) snapshots: Snapshots,
    pub(super) mandates: Mandates,
    /// From where it is used; empty where nobody outside asks.
    address: Arc<str>,
    /// The permit of whoever uses this handle; none before it waited for one.
    permit: Option<AdmissionPermit>,
}

impl Database {
    /// Connects a pool.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn connect(url: &str, connections: u32, clock: Clock) -> Result<Self, DbError> {
        let pool = sea_orm::Database::connect(pool_options(url, connections))
            .await
            .map_err(DbError::doing("connecting"))?;
        Ok(Self {
            pool,
            connections,
            replica: None,
            plans: Plans::default(),
            clock,
            clocks: Watch::default(),
            heads: HeadReader::connect(url).await?,
            organisations: Organisations::default(),
            is_demo: kind::Found::default(),
            run_due_releases: None,
            admission: Admission::new(connections),
            room: Room::default(),
            snapshots: Snapshots::default(),
            mandates: Mandates::default(),
            address: Arc::default(),
            permit: None,
        })
    }

    /// The same database, of which reads go to a replica at another address whenever that has all
    /// that was committed before. It is connected to when it is first read from, so it may be away.
    ///
    /// # Errors
    /// When the address is none.
    pub async fn reading_from(self, url: &str) -> Result<Self, DbError> {
        Ok(Self {
            replica: Some(Replica::connect(url, self.connections).await?),
            heads: self.heads.clone().telling_lsn(),
            ..self
        })
    }

    /// The same database without its replica: for whoever asks about the primary itself.
    #[must_use]
    pub fn on_primary(&self) -> Self {
        Self {
            replica: None,
            ..self.clone()
        }
    }

    /// Where the reads of this instance went; none without a replica.
    #[must_use]
    pub fn replica_reads(&self) -> Option<ReplicaReads> {
        self.replica.as_ref().map(Replica::reads)
    }

    /// The pool of the replica: for checks at start, never for a request.
    #[must_use]
    pub fn replica_pool(&self) -> Option<&DatabaseConnection> {
        self.replica.as_ref().map(Replica::pool)
    }

    /// The same database for somebody who was admitted: it opens sessions, one at a time, without
    /// waiting any more. A request that opens more than one session takes its permit once.
    ///
    /// # Errors
    /// When its turn does not come; nothing was begun then.
    pub async fn admitted(&self, actor: &Actor, access: Access) -> Result<Self, DbError> {
        let permit = match &self.permit {
            Some(permit) => permit.clone(),
            None => {
                let party = Party::of(actor, &self.address);
                self.admission.take(party, access).await?
            }
        };
        Ok(Self {
            permit: Some(permit),
            ..self.clone()
        })
    }

    /// The same database for somebody at an address: whoever has no token takes turns by it.
    #[must_use]
    pub fn at(&self, address: impl fmt::Display) -> Self {
        Self {
            address: address.to_string().into(),
            ..self.clone()
        }
    }

    /// The same database for statements that clients put together, as in a filter: they are planned
    /// for the values in them.
    #[must_use]
    pub fn planning_by_values(&self) -> Self {
        Self {
            plans: Plans::ByValues,
            ..self.clone()
        }
    }

    /// From here on whatever is due is carried out before a session opens.
    #[must_use]
    pub fn releasing(self, run_due_releases: RunDueReleases) -> Self {
        Self {
            run_due_releases: Some(run_due_releases),
            ..self
        }
    }

    /// The clock that sessions take their instant from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What the last transaction found of the clocks of this instance and of the database.
    #[must_use]
    pub fn clocks(&self) -> Clocks {
        self.clocks.last()
    }

    /// Whether a write was refused a short time ago because the disk of the database is full.
    #[must_use]
    pub fn is_out_of_room(&self) -> bool {
        self.room.is_missing(self.clock.now())
    }

    /// What goes on where permits to use a connection are given out.
    #[must_use]
    pub fn turns(&self) -> Turns {
        self.admission.turns()
    }

    /// How many snapshots of public tables are held in memory, and of how many rows together.
    #[must_use]
    pub fn snapshot_size(&self) -> (usize, usize) {
        self.snapshots.size()
    }

    /// The pool itself: for migrations and checks at start, never for a request.
    #[must_use]
    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Ends its connections: for a program whose database ends with it. It waits for those that are
    /// at work, and not for one on which nothing comes any more.
    ///
    /// # Errors
    /// When a connection cannot be ended in order, or not in time.
    pub async fn close(self) -> Result<(), DbError> {
        let closing = async {
            self.heads.close().await?;
            if let Some(replica) = self.replica {
                replica.close().await?;
            }
            self.pool.close().await.map_err(DbError::doing("closing"))
        };
        match tokio::time::timeout(LONGEST_CLOSE, closing).await {
            Ok(closed) => closed,
            Err(_elapsed) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
                .map_err(DbError::doing("closing")),
        }
    }

    /// Opens a read-only transaction at the moment asked for. The scope is the present one,
    /// whatever the moment.
    ///
    /// # Errors
    /// When the database fails, or a number or instant lies beyond the head.
    pub async fn read(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
    ) -> Result<Session, DbError> {
        self.open(actor, requested, Access::Read).await
    }

    /// Opens a transaction that may write. Facts are known at its head once the ledger is locked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&self, actor: &Actor) -> Result<Session, DbError> {
        self.open(actor, RequestedMoment::HEAD, Access::Write).await
    }

    /// Opens a transaction that may write, to carry out what is due and not to ask for it once
    /// more.
    pub async fn release(&self, actor: &Actor) -> Result<Session, DbError> {
        self.begin(actor, RequestedMoment::HEAD, Access::Write)
            .await
    }

    /// Opens a session once everything that is due has been carried out: an embargo ends for every
    /// reader at once.
    pub(super) async fn open(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
        access: Access,
    ) -> Result<Session, DbError> {
        let admitted = self.admitted(actor, access).await?;
        let session = admitted.begin(actor, requested, access).await?;
        let Some(run_due_releases) = self
            .run_due_releases
            .filter(|_| session.moment.is_release_due() && session.clocks.agree())
        else {
            return Ok(session);
        };
        session.close().await?;
        run_due_releases(&admitted).await?;
        admitted.begin(actor, requested, access).await
    }

    async fn begin(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
        access: Access,
    ) -> Result<Session, DbError> {
        let arrival = self.snapshots.arrive();
        if let (Access::Read, Some(replica)) = (access, &self.replica)
            && let Some(session) = self.begin_on(replica, actor, requested).await
        {
            return self.opened(session?, requested, arrival);
        }
        let connections = self.connections();
        let begun = connections.take_begun().await;
        let begun = begun.map_err(DbError::doing("opening a transaction"))?;
        let mut session = self.unintroduced(begun, actor, access);
        session.introduce(requested).await?;
        self.clocks.note(session.clocks);
        if matches!(access, Access::Write) && !session.clocks.agree() {
            return Err(DbError::clocks_differ());
        }
        self.opened(session, requested, arrival)
    }

    /// A session that reads, opened on the replica; none where the primary is to be read.
    async fn begin_on(
        &self,
        replica: &Replica,
        actor: &Actor,
        requested: RequestedMoment,
    ) -> Option<Result<Session, DbError>> {
        let head = tokio::time::timeout(LONGEST_WAIT, self.found_head()).await;
        let head = head.ok().flatten();
        let begun = replica.begin(head.as_deref()).await?;
        let mut session = self.unintroduced(begun, actor, Access::Read);
        session.under_way.move_to(replica.pool());
        match session.introduce(requested).await {
            Ok(()) => {
                // The clock of a replica says nothing of that of the primary.
                session.clocks = head.map(|head| head.clocks).unwrap_or_default();
                session.tx.stay_on(replica);
                Some(Ok(session))
            }
            Err(error) if error.is_of_server() => {
                replica.note_failure(&error);
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// A session whose transaction has begun and knows nothing yet.
    fn unintroduced(&self, begun: DatabaseTransaction, actor: &Actor, access: Access) -> Session {
        let instant = self.clock.now();
        let moment = Moment {
            ledger: 0,
            head: 0,
            state: Position::default(),
            day: day_of(instant),
            instant,
            next_release: None,
        };
        let transaction = Transaction::begun(begun, self.connections(), self.opening(access));
        self.session(transaction, Mandate::of(actor.clone()), moment)
    }

    /// A session that was introduced, where it has the scope that is asked for, with the snapshot of
    /// its moment.
    fn opened(
        &self,
        mut session: Session,
        requested: RequestedMoment,
        arrival: Arrival,
    ) -> Result<Session, DbError> {
        self.note_kind(session.is_demo);
        if requested
            .scope
            .is_some_and(|scope| scope != session.mandate.fingerprint())
        {
            return Err(DbError::scope_moved());
        }
        let moment = session.moment;
        session.snapshot = self.snapshots.at(arrival, moment.state, moment.ledger);
        let present_day = moment.present_day();
        self.mandates
            .keep(moment.state, present_day, session.mandate());
        Ok(session)
    }

    /// A session of a mandate at a moment, of which nothing else is known yet.
    pub(super) fn session(
        &self,
        transaction: Transaction,
        mandate: Mandate,
        moment: Moment,
    ) -> Session {
        Session {
            tx: transaction,
            under_way: UnderWay::new(&self.pool),
            admission: self.admission.clone(),
            room: self.room.clone(),
            mandates: self.mandates.clone(),
            _permit: self.permit.clone(),
            statements: Arc::default(),
            has_failed: AtomicBool::new(false),
            mandate,
            is_demo: false,
            known_hash: None,
            seal: Seal::default(),
            clock: self.clock.clone(),
            clocks: Clocks::default(),
            turn: Mutex::new(false),
            changed: std::sync::Mutex::default(),
            privileged: Privileged::default(),
            snapshot: None,
            moment,
        }
    }

    /// How a transaction is opened for this access.
    pub(super) fn opening(&self, access: Access) -> Opening {
        Opening {
            is_read_only: matches!(access, Access::Read),
            plans: self.plans,
        }
    }

    /// The connections that transactions are begun on.
    pub(super) fn connections(&self) -> Connections {
        Connections {
            pool: self.pool.clone(),
            number: self.connections,
        }
    }
}

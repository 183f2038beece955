//! The pool, and the one opener of transactions.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32},
    },
};

use futures_util::future::BoxFuture;
use sea_orm::{AccessMode, ConnectOptions, DatabaseConnection, TransactionTrait as _};
use tokio::sync::Mutex;

use super::{
    super::{
        DbError,
        admission::{Access, Admission, AdmissionPermit, Party},
        clocks::{Clocks, Watch},
        head::HeadReader,
        kind,
        organisations::Organisations,
        privileged::Privileged,
        requested::RequestedMoment,
        room::Room,
        seal::Seal,
        under_way::UnderWay,
    },
    Moment, Session,
};
use domain::{
    actor::{Actor, Role},
    clock::{Clock, day_of},
    ledger::position::Position,
    policy::Mandate,
};

/// Carries out what is due; see `release`. The database knows no feature, so it is told by the
/// service what to do.
pub(crate) type RunDueReleases = for<'a> fn(&'a Database) -> BoxFuture<'a, Result<(), DbError>>;

/// The database as the service uses it: opens sessions for actors.
#[derive(Debug, Clone)]
pub struct Database {
    pool: DatabaseConnection,
    clock: Clock,
    pub(crate) clocks: Watch,
    pub(crate) heads: HeadReader,
    pub(crate) organisations: Organisations,
    pub(crate) is_demo: kind::Found,
    run_due_releases: Option<RunDueReleases>,
    admission: Admission,
    room: Room,
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
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections)
            .acquire_timeout(std::time::Duration::from_secs(5))
            .sqlx_logging(false);
        let pool = sea_orm::Database::connect(options)
            .await
            .map_err(DbError::doing("connecting"))?;
        Ok(Self {
            pool,
            clock,
            clocks: Watch::default(),
            heads: HeadReader::connect(url).await?,
            organisations: Organisations::default(),
            is_demo: kind::Found::default(),
            run_due_releases: None,
            admission: Admission::new(connections),
            room: Room::default(),
            address: Arc::default(),
            permit: None,
        })
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

    /// The pool itself: for migrations and checks at start, never for a request.
    #[must_use]
    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Ends its connections: for a program whose database ends with it.
    ///
    /// # Errors
    /// When a connection cannot be ended in order.
    pub async fn close(self) -> Result<(), DbError> {
        self.heads.close().await?;
        self.pool.close().await.map_err(DbError::doing("closing"))
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
        self.open(actor, requested, AccessMode::ReadOnly).await
    }

    /// Opens a transaction that may write. Facts are known at its head once the ledger is locked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&self, actor: &Actor) -> Result<Session, DbError> {
        self.open(actor, RequestedMoment::HEAD, AccessMode::ReadWrite)
            .await
    }

    /// Opens a transaction that may write, to carry out what is due and not to ask for it once
    /// more.
    pub async fn release(&self, actor: &Actor) -> Result<Session, DbError> {
        self.begin(actor, RequestedMoment::HEAD, AccessMode::ReadWrite)
            .await
    }

    /// Opens a session once everything that is due has been carried out: an embargo ends for every
    /// reader at once.
    async fn open(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
        mode: AccessMode,
    ) -> Result<Session, DbError> {
        let access = match mode {
            AccessMode::ReadOnly => Access::Read,
            AccessMode::ReadWrite => Access::Write,
        };
        let admitted = self.admitted(actor, access).await?;
        let session = admitted.begin(actor, requested, mode).await?;
        let Some(run_due_releases) = self
            .run_due_releases
            .filter(|_| session.moment.is_release_due() && session.clocks.agree())
        else {
            return Ok(session);
        };
        session.close().await?;
        run_due_releases(&admitted).await?;
        admitted.begin(actor, requested, mode).await
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one opener of transactions"
    )]
    async fn begin(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
        mode: AccessMode,
    ) -> Result<Session, DbError> {
        let instant = self.clock.now();
        let tx = self
            .pool
            .begin_with_config(None, Some(mode))
            .await
            .map_err(DbError::doing("opening a transaction"))?;
        let mut session = Session {
            tx,
            under_way: UnderWay::new(&self.pool),
            admission: self.admission.clone(),
            room: self.room.clone(),
            _permit: self.permit.clone(),
            statements: AtomicU32::new(0),
            has_failed: AtomicBool::new(false),
            mandate: Mandate::of(actor.clone()),
            is_demo: false,
            known_hash: None,
            seal: Seal::default(),
            clock: self.clock.clone(),
            clocks: Clocks::default(),
            turn: Mutex::new(false),
            privileged: Privileged::default(),
            moment: Moment {
                ledger: 0,
                head: 0,
                state: Position::default(),
                day: day_of(instant),
                instant,
                next_release: None,
            },
        };
        session.set_session_context(requested).await?;
        self.clocks.note(session.clocks);
        if matches!(mode, AccessMode::ReadWrite) && !session.clocks.agree() {
            return Err(DbError::clocks_differ());
        }
        match &actor.role {
            Role::Municipality(_) | Role::Region(_) | Role::Partner(_) | Role::Vng => {
                session.load_mandate().await?;
            }
            Role::Public | Role::Ministry | Role::System => {}
        }
        if session.moment.ledger != session.moment.head {
            session.know_up_to(session.moment.ledger).await?;
        }
        if requested
            .scope
            .is_some_and(|scope| scope != session.mandate.fingerprint())
        {
            return Err(DbError::scope_moved());
        }
        if let Some(day) = requested.day {
            session.set_day(day).await?;
        }
        Ok(session)
    }
}

//! Opens every transaction: one short transaction per request, at one ledger number, for one actor.
//!
//! READ COMMITTED suffices for a consistent answer, because facts are only appended and entries
//! become visible in the order of their numbers: what is known at N stays what was known at N. A
//! stronger level would take its snapshot before the writer's lock and let two writers compute the
//! same next number.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, ExecResult, FromQueryResult, QueryResult, Statement, TransactionTrait as _,
    Value,
};

use tokio::sync::{Mutex, MutexGuard};

use super::{
    DbError,
    admission::{Admission, AdmissionPermit, WriterPermit},
    error::Refused,
    kind::{self, DatabaseKind},
    mandate,
    organisations::Organisations,
    privileged::Privileged,
    purpose::{self, ForPurpose},
    requested::{Known, Pin, RequestedMoment},
    seal::Seal,
    sql::Sql,
    under_way::UnderWay,
};
use domain::{
    actor::{Actor, Role},
    clock::{Clock, day_of},
    ledger::position::Position,
    policy::{Mandate, acting_area},
    territory::MunicipalityCode,
};

/// Milliseconds after which Postgres ends a statement.
const STATEMENT_TIMEOUT_MS: &str = "5000";
/// Milliseconds that a statement waits for another writer; then the caller is told to try again.
const LOCK_TIMEOUT_MS: &str = "4000";

/// Rows that one statement may bring: more than the largest whole table that a question reads.
const MOST_ROWS: usize = 200_000;

/// The moment of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The ledger number up to which facts are known.
    pub ledger: i64,
    /// The last ledger number when the transaction began.
    pub head: i64,
    /// The state of the ledger when the transaction began. A database that was restored may reach
    /// the same number with other content, and never the same hash.
    pub state: Position,
    /// The day that is told of, in Europe/Amsterdam: the present one unless another was named.
    pub day: NaiveDate,
    /// The present instant.
    pub instant: DateTime<Utc>,
    /// The instant at which the next embargo ends: no answer is good for longer. Nothing tells it
    /// to a client.
    pub next_release: Option<DateTime<Utc>>,
}

/// Carries out what is due; see `release`. The database knows no feature, so it is told by the
/// service what to do.
pub(crate) type RunDueReleases = for<'a> fn(&'a Database) -> BoxFuture<'a, Result<(), DbError>>;

/// The database as the service uses it: opens sessions for actors.
#[derive(Debug, Clone)]
pub struct Database {
    pool: DatabaseConnection,
    clock: Clock,
    pub(super) organisations: Organisations,
    pub(super) is_demo: kind::Found,
    run_due_releases: Option<RunDueReleases>,
    admission: Admission,
    /// The permit of whoever uses this handle; none before it waited for one.
    permit: Option<AdmissionPermit>,
}

/// One transaction of one actor. Repositories take it as their connection; it counts their
/// statements.
#[derive(Debug)]
pub struct Session {
    pub(super) tx: DatabaseTransaction,
    /// After the transaction, so that it is dropped after it.
    under_way: UnderWay,
    admission: Admission,
    /// Last of all: whoever is admitted next finds the connection free.
    _permit: Option<AdmissionPermit>,
    statements: AtomicU32,
    has_failed: AtomicBool,
    mandate: Mandate,
    moment: Moment,
    /// The hash of the ledger number that was asked for.
    known_hash: Option<u64>,
    pub(super) seal: Seal,
    is_demo: bool,
    clock: Clock,
    /// Whose turn it is to send a statement; holds whether a purpose is set.
    turn: Mutex<bool>,
    pub(super) privileged: Privileged,
}

#[derive(FromQueryResult)]
struct Opened {
    head: i64,
    head_hash: i64,
    ledger: Option<i64>,
    ledger_hash: Option<i64>,
    seen_hash: Option<i64>,
    seal_key: Vec<u8>,
    seal_after: i64,
    next_release: Option<DateTime<Utc>>,
    is_demo: bool,
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
            organisations: Organisations::default(),
            is_demo: kind::Found::default(),
            run_due_releases: None,
            admission: Admission::new(connections),
            permit: None,
        })
    }

    /// The same database for somebody who was admitted: it opens sessions, one at a time, without
    /// waiting any more. A request that opens more than one session takes its permit once.
    ///
    /// # Errors
    /// When its turn does not come; nothing was begun then.
    pub async fn admitted(&self) -> Result<Self, DbError> {
        let permit = match &self.permit {
            Some(permit) => permit.clone(),
            None => self.admission.take().await?,
        };
        Ok(Self {
            permit: Some(permit),
            ..self.clone()
        })
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
        let admitted = self.admitted().await?;
        let session = admitted.begin(actor, requested, mode).await?;
        let Some(run_due_releases) = self
            .run_due_releases
            .filter(|_| session.moment.is_release_due())
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
            _permit: self.permit.clone(),
            statements: AtomicU32::new(0),
            has_failed: AtomicBool::new(false),
            mandate: Mandate::of(actor.clone()),
            is_demo: false,
            known_hash: None,
            seal: Seal::default(),
            clock: self.clock.clone(),
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

impl Moment {
    /// Whether an embargo has ended and is not lifted yet.
    #[must_use]
    pub(crate) fn is_release_due(&self) -> bool {
        self.next_release.is_some_and(|at| at <= self.instant)
    }

    /// The present day in Europe/Amsterdam, whatever day is told of.
    #[must_use]
    pub fn present_day(&self) -> NaiveDate {
        day_of(self.instant)
    }
}

/// Tells Postgres who asks and when, and finds the head and the moment that is asked for.
const INTRODUCTION: &str = "with head as (
        select h.number, hash_start(h.hash) as hash,
            case
                when $6::bigint > h.number then null
                when $6 > 0 then (
                    select i.number from ledger_instant i
                    where i.number >= $6 order by i.number limit 1)
                when $6 is not null then 0
                when $7::timestamptz is not null then coalesce((
                    select i.number from ledger_instant i
                    where i.recorded_at <= $7 order by i.recorded_at desc limit 1), 0)
                else h.number
            end as ledger
        from ledger_head h)
     select number as head, hash as head_hash, ledger,
        case when ledger = number then hash else (
            select hash_start(i.hash) from ledger_instant i
            where i.number = head.ledger) end as ledger_hash,
        (select hash_start(i.hash) from ledger_instant i
            where i.number >= $12::bigint order by i.number limit 1) as seen_hash,
        (select key from position_seal) as seal_key,
        (select after_number from position_seal) as seal_after,
        (select min(release_at) from work.timed_release) as next_release,
        exists (select from database_kind where kind = 'DEMO') as is_demo,
        set_config('app.role', $1, true),
        set_config('app.subject', $2, true),
        set_config('app.day', $3, true),
        set_config('app.present_day', $3, true),
        set_config('app.instant', $4, true),
        set_config('app.ledger_no', number::text, true),
        set_config('app.municipalities', '', true),
        set_config('app.subjects', '', true),
        set_config('app.writes_for', '', true),
        set_config('app.purpose', '', true),
        set_config('app.partner', $9, true),
        -- A region reads which mandates it was given before its own is known; then it
        -- acts as the area that is registered.
        set_config('app.area', $10, true),
        set_config('application_name', $11, true),
        set_config('timezone', 'UTC', true),
        -- A plan under many policies looks dear; compiling it would cost seconds and
        -- save none.
        set_config('jit', 'off', true),
        set_config('statement_timeout', $5, true),
        set_config('lock_timeout', $8, true),
        set_config('idle_in_transaction_session_timeout', '15000', true)
     from head";

impl Session {
    /// Tells Postgres who asks and when, with facts known at the head, and resolves the moment
    /// asked for.
    async fn set_session_context(&mut self, requested: RequestedMoment) -> Result<(), DbError> {
        let moment = self.moment;
        let actor = &self.mandate.actor;
        let (number, instant) = match requested.known {
            Known::Head => (None, None),
            Known::Ledger(number) => (Some(number), None),
            Known::Instant(instant) if instant > moment.instant => {
                return Err(DbError::beyond_head());
            }
            // Nothing was recorded before 1970, and Postgres does not know every earlier instant.
            Known::Instant(instant) => (None, Some(instant.max(DateTime::UNIX_EPOCH))),
        };
        let statement = Statement::from_sql_and_values(
            DbBackend::Postgres,
            INTRODUCTION,
            [
                Value::from(actor.role.kind().code()),
                Value::from(actor.pseudonym.clone().unwrap_or_default()),
                Value::from(moment.day.to_string()),
                Value::from(moment.instant.to_rfc3339()),
                Value::from(STATEMENT_TIMEOUT_MS),
                Value::from(number),
                Value::from(instant),
                Value::from(LOCK_TIMEOUT_MS),
                Value::from(actor.role.partner().unwrap_or_default()),
                Value::from(actor.role.area().unwrap_or_default()),
                Value::from(self.under_way.name()),
                Value::from(requested.position.map(|position| position.number)),
            ],
        );
        let opened = Opened::find_by_statement(statement)
            .one(self)
            .await
            .map_err(DbError::doing("introducing the actor"))?
            .ok_or_else(|| {
                DbError::doing("reading the head")(DbErr::RecordNotFound("ledger_head".into()))
            })?;
        self.moment.head = opened.head;
        self.moment.state = Position::of_stored(opened.head, Some(opened.head_hash));
        self.seal = Seal {
            key: opened.seal_key,
            after: opened.seal_after,
        };
        // A position that is lost is told as such, also where its number has not come.
        if requested
            .position
            .is_some_and(|position| self.seal.is_lost(position, opened.head, opened.seen_hash))
        {
            return Err(DbError::position_lost());
        }
        self.known_hash = Position::of_stored(0, opened.ledger_hash).hash;
        self.moment.ledger = opened.ledger.ok_or_else(DbError::beyond_head)?;
        self.moment.next_release = opened.next_release;
        self.is_demo = opened.is_demo;
        Ok(())
    }

    async fn load_mandate(&mut self) -> Result<(), DbError> {
        self.mandate = mandate::load(self, self.mandate.actor.clone()).await?;
        let join = |codes: &[MunicipalityCode]| {
            let codes: Vec<&str> = codes.iter().map(MunicipalityCode::as_str).collect();
            codes.join(",")
        };
        let statement = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "select set_config('app.municipalities', $1, true), set_config('app.writes_for', $2, \
             true),
                set_config('app.subjects', $3, true), set_config('app.area', $4, true)",
            [
                join(&self.mandate.reads),
                join(&self.mandate.writes_for),
                self.mandate.subjects.join(","),
                acting_area(&self.mandate)
                    .map(|area| area.as_str().to_owned())
                    .unwrap_or_default(),
            ]
            .map(Value::from),
        );
        self.query_one_raw(statement)
            .await
            .map_err(DbError::doing("telling the mandate"))?;
        Ok(())
    }

    /// From here on `known.*` shows what is known at this number.
    pub async fn know_up_to(&mut self, number: i64) -> Result<(), DbError> {
        self.moment.ledger = number;
        self.set("app.ledger_no", number.to_string()).await
    }

    /// From here on the day that is told of is this one. The scope stays that of the present day.
    pub async fn set_day(&mut self, day: NaiveDate) -> Result<(), DbError> {
        if day != self.moment.day {
            self.moment.day = day;
            self.set("app.day", day.to_string()).await?;
        }
        Ok(())
    }

    /// The moment and the scope of this transaction, for the pages that follow.
    pub fn pin(&self) -> Pin {
        Pin {
            at: Position {
                number: self.moment.ledger,
                hash: self.known_hash,
            },
            day: self.moment.day,
            scope: Some(self.mandate.fingerprint()),
        }
    }

    /// Changes one setting of this transaction.
    pub async fn set(&self, name: &str, value: String) -> Result<(), DbError> {
        purpose::set(self, name, &value).await
    }

    /// Begins work for a purpose that row-level security knows. Fields of a query run side by side
    /// in this transaction, so until the work ends every statement of another one waits.
    pub async fn for_purpose(&self, purpose: &str) -> Result<ForPurpose<'_>, DbError> {
        ForPurpose::begin(self, self.turn.lock().await, purpose).await
    }

    /// Waits until no other transaction of this instance writes in the ledger.
    pub async fn writer_permit(&self) -> Result<WriterPermit, DbError> {
        self.admission.writer_permit().await
    }

    /// Reads the clock again, once what this transaction waited for is there.
    pub fn renew(&mut self) {
        self.moment.instant = self.clock.now();
        self.moment.day = day_of(self.moment.instant);
    }

    /// The actor and what is its own.
    #[must_use]
    pub fn mandate(&self) -> &Mandate {
        &self.mandate
    }

    /// The moment of this transaction.
    #[must_use]
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// The day that is told of, in Europe/Amsterdam; of a transaction that writes, the present one.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.moment.day
    }

    /// Whether the database is a demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.is_demo
    }

    /// What the database holds; what nobody has brought a fact into is real.
    #[must_use]
    pub fn kind(&self) -> DatabaseKind {
        if self.is_demo {
            DatabaseKind::Demo
        } else {
            DatabaseKind::Real
        }
    }

    /// Statements sent so far.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Ends the transaction without keeping anything: the end of every read.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn close(self) -> Result<(), DbError> {
        self.log_privileged();
        self.tx.rollback().await.map_err(DbError::doing("closing"))
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// When the database refuses; then nothing is kept.
    pub async fn commit(self) -> Result<(), DbError> {
        self.log_privileged();
        self.tx.commit().await.map_err(DbError::doing("committing"))
    }

    /// Runs hand-written SQL and reads its rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows<R: FromQueryResult + Send>(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<R>, DbError> {
        Sql::rows(self, doing, sql, values).await
    }

    /// Runs hand-written SQL and reads its first row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn row<R: FromQueryResult + Send>(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<R>, DbError> {
        Sql::row(self, doing, sql, values).await
    }

    /// Runs hand-written SQL that changes rows, and says how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, DbError> {
        Sql::change(self, doing, sql, values).await
    }

    /// Waits until no work for a purpose is under way, and then lets no other statement begin. A
    /// purpose that was left on, because whoever worked for it failed or was given up, ends here.
    async fn turn(&self) -> Result<MutexGuard<'_, bool>, DbErr> {
        let mut is_purpose_set = self.turn.lock().await;
        if *is_purpose_set {
            self.send(self.tx.query_one_raw(purpose::no_purpose()))
                .await?;
            *is_purpose_set = false;
        }
        Ok(is_purpose_set)
    }

    /// Sends a statement and counts it; refuses it when an earlier one failed, because Postgres
    /// would refuse it as well. The caller has its turn.
    pub(super) async fn send<T>(
        &self,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        if self.has_failed.load(Ordering::Relaxed) {
            return Err(Refused::Consequence.into());
        }
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.under_way.begin();
        let done = statement.await;
        self.under_way.end();
        if done.is_err() {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        done
    }

    /// Sends a statement that brings rows; the caller has its turn.
    pub(super) async fn fetch(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.send(self.tx.query_all_raw(statement)).await?;
        if rows.len() > MOST_ROWS {
            return Err(Refused::TooManyRows.into());
        }
        Ok(rows)
    }
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Session {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Postgres
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let _turn = self.turn().await?;
        self.send(self.tx.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let _turn = self.turn().await?;
        self.send(self.tx.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.send(self.tx.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.fetch(statement).await
    }
}

//! A session whose transaction begins with its first statement.
//!
//! Much of what is read is everybody's and in memory. To read it a session must know the head of
//! the ledger, which is read once for everybody who waits for it (see `head`), and the mandate of
//! whoever reads, which follows from its role and organisation, from the head and from the day (see
//! `mandate`). Where both are known a session opens without a connection. Its transaction begins
//! when a statement is to be sent, and is told then who reads, when, and for what it may act.
//!
//! What is read is the same as in a transaction that begins at once. Transactions are READ
//! COMMITTED: each statement sees what is committed when it begins, and of that the facts up to the
//! ledger number that the session found; and the mandate is that of this number as well. So a
//! session answers as of the instant at which the head was read, after it was asked for.
//!
//! The read of the head counts as the statement that opens the session, though others may share it.
//! What the transaction is told reads nothing, and belongs to its beginning.

use std::{
    sync::{Arc, OnceLock, PoisonError, atomic::Ordering},
    time::Duration,
};

use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement,
    TransactionTrait as _, Value,
};
use tokio::sync::OnceCell;

use super::{
    super::{
        DbError,
        admission::Access,
        error::Refused,
        head::Head,
        purpose,
        requested::{Known, RequestedMoment},
    },
    Database, Session,
    context::{LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS},
    opener::Opening,
    plans::Plans,
    replica::Replica,
};
use domain::{actor::Actor, policy::Mandate, territory::MunicipalityCode};

/// How long a session waits for the head before it opens as one that reads it itself.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// What a transaction is told that begins with its first statement, or goes on for another. The
/// expressions are evaluated because they change something; no row of them is sent.
const SETTINGS: &str = "select from (select
        set_config('app.role', $1, true),
        set_config('app.subject', $2, true),
        set_config('app.former_subject', $3, true),
        set_config('app.present_day', $4, true),
        set_config('app.day', $5, true),
        set_config('app.instant', $6, true),
        set_config('app.ledger_no', $7, true),
        set_config('app.municipalities', $8, true),
        set_config('app.writes_for', $9, true),
        set_config('app.subjects', $10, true),
        set_config('app.purpose', $17, true),
        set_config('app.partner', $11, true),
        set_config('app.area', $12, true),
        set_config('application_name', $13, true),
        set_config('plan_cache_mode', $18, true),
        set_config('transaction_read_only', $16, true),
        set_config('statement_timeout', $14, true),
        set_config('lock_timeout', $15, true),
        set_config('idle_in_transaction_session_timeout', '15000', true)
     offset 0) settings";

/// The connections that transactions are begun on.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    pub(super) pool: DatabaseConnection,
    pub(super) number: u32,
}

impl Connections {
    /// Begins a transaction. A connection that was used a moment ago is not tested first, so it may
    /// have died since, with the server or by an operator. Nothing has been sent on it for whoever
    /// asks, so another is taken; a dead one never comes back to the pool, and there are no more of
    /// them than connections.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one opener of transactions"
    )]
    pub(super) async fn take_begun(&self) -> Result<DatabaseTransaction, DbErr> {
        let mut begun = self.pool.begin().await;
        for _ in 0..self.number {
            if !matches!(begun, Err(DbErr::Query(_))) {
                break;
            }
            begun = self.pool.begin().await;
        }
        begun
    }
}

/// The transaction of a session: there from the beginning, or begun with the first statement.
#[derive(Debug)]
pub(super) struct Transaction {
    begun: OnceCell<DatabaseTransaction>,
    /// Begun on the primary in its stead, where the replica failed it.
    instead: OnceCell<DatabaseTransaction>,
    /// To the primary.
    connections: Connections,
    pub(super) opening: Opening,
    /// The replica that it may begin on, and the head that this must have reached.
    reads_on: Option<(Replica, Arc<Head>)>,
    /// The replica that it began on.
    replica: OnceLock<Replica>,
}

impl Transaction {
    /// One that begins with the first statement.
    pub(super) fn when_needed(
        connections: Connections,
        opening: Opening,
        reads_on: Option<(Replica, Arc<Head>)>,
    ) -> Self {
        Self {
            begun: OnceCell::new(),
            instead: OnceCell::new(),
            connections,
            opening,
            reads_on,
            replica: OnceLock::new(),
        }
    }

    /// One that has begun.
    pub(super) fn begun(
        transaction: DatabaseTransaction,
        connections: Connections,
        opening: Opening,
    ) -> Self {
        Self {
            begun: OnceCell::new_with(Some(transaction)),
            ..Self::when_needed(connections, opening, None)
        }
    }

    /// It has begun on a replica: where that fails a statement, the primary answers it.
    pub(super) fn stay_on(&self, replica: &Replica) {
        self.replica.get_or_init(|| replica.clone());
    }

    /// The replica that its next statement goes to; none where that is the primary.
    pub(super) fn replica(&self) -> Option<&Replica> {
        self.replica.get().filter(|_| !self.instead.initialized())
    }

    /// Keeps what was written; of one that never began there is nothing.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self.begun.into_inner() {
            Some(transaction) => transaction.commit().await,
            None => Ok(()),
        }
    }
}

impl Database {
    /// Opens a session as [`read`](Self::read) does, and its transaction when it is needed: where
    /// the head of now is asked for and the mandate is known.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub async fn read_when_needed(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
    ) -> Result<Session, DbError> {
        self.open_when_needed(actor, requested, Access::Read).await
    }

    /// Opens a session as [`write`](Self::write) does, and its transaction when it is needed. What
    /// it may do follows from the head that was read, as otherwise from the first statement of its
    /// transaction; whoever appends locks the ledger, and knows from there on all that is committed.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub async fn write_when_needed(&self, actor: &Actor) -> Result<Session, DbError> {
        self.open_when_needed(actor, RequestedMoment::HEAD, Access::Write)
            .await
    }

    async fn open_when_needed(
        &self,
        actor: &Actor,
        requested: RequestedMoment,
        access: Access,
    ) -> Result<Session, DbError> {
        let admitted = self.admitted(actor, access).await?;
        let is_of_now = requested.known == Known::Head
            && requested.position.is_none()
            && requested.scope.is_none();
        if !is_of_now || self.plans != Plans::Once || !self.mandates.may_hold(&actor.role) {
            return admitted.open(actor, requested, access).await;
        }
        let arrival = self.snapshots.arrive();
        let head = tokio::time::timeout(LONGEST_WAIT, self.found_head()).await;
        let head = head.ok().flatten();
        let found = head.as_ref().and_then(|head| {
            let is_usable = head.moment.head > 0
                && !head.moment.is_release_due()
                && (matches!(access, Access::Read) || head.clocks.agree());
            let moment = Some(head.moment).filter(|_| is_usable)?;
            let mandate = self.mandates.find(moment.state, moment.day, actor)?;
            Some((head, mandate))
        });
        let Some((head, mandate)) = found else {
            let session = admitted.open(actor, requested, access).await?;
            let sent = u32::from(head.is_some());
            session.statements.fetch_add(sent, Ordering::Relaxed);
            return Ok(session);
        };
        let mut session = admitted.at_head(head, mandate, access);
        let moment = &mut session.moment;
        moment.day = requested.day.unwrap_or(moment.day);
        session.snapshot = self
            .snapshots
            .at(arrival, head.moment.state, head.moment.ledger);
        Ok(session)
    }

    /// A session at a head that was found, whose transaction has not begun.
    fn at_head(&self, head: &Arc<Head>, mandate: Mandate, access: Access) -> Session {
        let replica = self.replica.clone();
        let replica = replica.filter(|_| matches!(access, Access::Read));
        let reads_on = replica.map(|replica| (replica, Arc::clone(head)));
        let opening = self.opening(access);
        let transaction = Transaction::when_needed(self.connections(), opening, reads_on);
        let session = self.session(transaction, mandate, head.moment);
        session.statements.store(1, Ordering::Relaxed);
        Session {
            is_demo: head.is_demo,
            known_hash: head.moment.state.hash,
            seal: head.seal.clone(),
            clocks: head.clocks,
            ..session
        }
    }
}

impl Session {
    /// The transaction, begun if it was not yet. None begins after a statement failed.
    pub(crate) async fn begun(&self) -> Result<&DatabaseTransaction, DbErr> {
        if self.has_failed.load(Ordering::Relaxed) {
            return Err(Refused::Consequence.into());
        }
        let begins = || async {
            let begun = self.begin_late().await;
            if begun.is_err() {
                self.has_failed.store(true, Ordering::Relaxed);
                self.room.note(&begun, self.clock.now());
            }
            begun
        };
        match self.tx.instead.get() {
            Some(transaction) => Ok(transaction),
            None => self.tx.begun.get_or_try_init(begins).await,
        }
    }

    /// Begins the transaction, and tells it who reads and when: on the replica where that has
    /// reached the head, else on the primary.
    async fn begin_late(&self) -> Result<DatabaseTransaction, DbErr> {
        if let Some((replica, head)) = &self.tx.reads_on
            && let Some(transaction) = replica.begin(Some(head.as_ref())).await
        {
            self.under_way.move_to(replica.pool());
            match self.tell(&transaction, "").await {
                Ok(()) => {
                    self.tx.stay_on(replica);
                    return Ok(transaction);
                }
                Err(error) => {
                    replica.note_failure(&DbError::doing("reading on the replica")(error));
                }
            }
            self.under_way.move_to(&self.tx.connections.pool);
        }
        let transaction = self.tx.connections.take_begun().await?;
        self.tell(&transaction, "").await?;
        Ok(transaction)
    }

    /// Goes on at the primary, which shows what the replica did, in a transaction that is told the
    /// same.
    pub(super) async fn go_on_at_primary(
        &self,
        purpose: &str,
    ) -> Result<&DatabaseTransaction, DbErr> {
        let begins = || async {
            self.under_way.move_to(&self.tx.connections.pool);
            let transaction = self.tx.connections.take_begun().await?;
            self.tell(&transaction, purpose).await?;
            Ok(transaction)
        };
        let begun = self.tx.instead.get_or_try_init(begins).await;
        if begun.is_err() {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        begun
    }

    /// Tells a transaction who reads, when and for what.
    async fn tell(&self, transaction: &DatabaseTransaction, purpose: &str) -> Result<(), DbErr> {
        let mut statements = vec![self.settings(purpose)];
        {
            let changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
            for (name, value) in changed.iter() {
                statements.push(purpose::setting(name, value));
            }
        }
        for statement in statements {
            self.under_way.start();
            let done = transaction.execute_raw(statement).await;
            self.under_way.end();
            done?;
        }
        Ok(())
    }

    fn settings(&self, purpose: &str) -> Statement {
        let (moment, mandate) = (self.moment, &self.mandate);
        let actor = &mandate.actor;
        // As the opener tells it: a region acts as its area where that is registered.
        let area = actor.role.area();
        let area = area.filter(|_| !mandate.writes_for.is_empty());
        Statement::from_sql_and_values(
            DbBackend::Postgres,
            SETTINGS,
            [
                Value::from(actor.role.kind().code()),
                Value::from(actor.pseudonym.clone().unwrap_or_default()),
                Value::from(actor.former_pseudonym.clone().unwrap_or_default()),
                Value::from(moment.present_day().to_string()),
                Value::from(moment.day.to_string()),
                Value::from(moment.instant.to_rfc3339()),
                Value::from(moment.ledger.to_string()),
                Value::from(list(&mandate.reads)),
                Value::from(list(&mandate.writes_for)),
                Value::from(mandate.subjects.join(",")),
                Value::from(actor.role.partner().unwrap_or_default()),
                Value::from(area.unwrap_or_default()),
                Value::from(self.under_way.name()),
                Value::from(STATEMENT_TIMEOUT_MS),
                Value::from(LOCK_TIMEOUT_MS),
                Value::from(if self.tx.opening.is_read_only {
                    "on"
                } else {
                    "off"
                }),
                Value::from(purpose),
                Value::from(self.tx.opening.plans.mode()),
            ],
        )
    }
}

/// Codes as row-level security reads them.
fn list(codes: &[MunicipalityCode]) -> String {
    let codes: Vec<_> = codes.iter().map(MunicipalityCode::as_str).collect();
    codes.join(",")
}

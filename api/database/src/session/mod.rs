//! Opens every transaction: one short transaction per request, at one ledger number, for one actor.
//!
//! READ COMMITTED suffices for a consistent answer, because facts are only appended and entries
//! become visible in the order of their numbers: what is known at N stays what was known at N. A
//! stronger level would take its snapshot before the writer's lock and let two writers compute the
//! same next number.

mod context;
mod moment;
mod opener;
mod plans;
mod reading_on;
mod replica;
mod statements;
mod when_needed;

use std::sync::{
    Arc, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DbErr, FromQueryResult, Value};
use tokio::sync::Mutex;

pub use self::{moment::Moment, opener::Database, replica::ReplicaReads};
use self::{opener::Opening, when_needed::Transaction};
use super::{
    DbError,
    admission::{Admission, AdmissionPermit, WriterPermit},
    clocks::Clocks,
    kind::DatabaseKind,
    mandate::{self, Mandates},
    privileged::Privileged,
    purpose::{self, ForPurpose},
    requested::Pin,
    room::Room,
    seal::Seal,
    snapshot::Snapshot,
    under_way::UnderWay,
};
use domain::{
    clock::{Clock, day_of},
    ledger::position::Position,
    policy::Mandate,
};

/// The last entry of the ledger, locked until the transaction ends.
#[derive(Debug, FromQueryResult)]
pub struct LockedHead {
    /// Its number.
    pub number: i64,
    /// Its hash.
    pub hash: Vec<u8>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// One transaction of one actor. Repositories take it as their connection; it counts their
/// statements.
#[derive(Debug)]
pub struct Session {
    tx: Transaction,
    /// After the transaction, so that it is dropped after it.
    under_way: UnderWay,
    admission: Admission,
    room: Room,
    mandates: Mandates,
    /// Last of all: whoever is admitted next finds the connection free.
    _permit: Option<AdmissionPermit>,
    statements: Arc<AtomicU32>,
    has_failed: AtomicBool,
    mandate: Mandate,
    moment: Moment,
    /// The hash of the ledger number that was asked for.
    known_hash: Option<u64>,
    pub(super) seal: Seal,
    is_demo: bool,
    clock: Clock,
    clocks: Clocks,
    /// Whose turn it is to send a statement; holds whether a purpose is set.
    turn: Mutex<bool>,
    /// Settings that were changed beside those of every transaction, in that order.
    changed: std::sync::Mutex<Vec<(String, String)>>,
    pub(super) privileged: Privileged,
    /// What everybody may read; none once the ledger is locked.
    snapshot: Option<Arc<Snapshot>>,
}

impl Session {
    /// From here on `known.*` shows what is known at this number.
    pub async fn know_up_to(&mut self, number: i64) -> Result<(), DbError> {
        self.moment.ledger = number;
        self.snapshot = None;
        self.set("app.ledger_no", number.to_string()).await
    }

    /// What everybody may read at the moment of this transaction, once it holds what did not change
    /// since it was read last; none once it locked the ledger, for it sees what others do not.
    pub(super) async fn snapshot(&self) -> Result<Option<&Snapshot>, DbError> {
        if let Some(snapshot) = &self.snapshot {
            snapshot.take_over(self).await?;
        }
        Ok(self.snapshot.as_deref())
    }

    /// Locks the last entry of the ledger. From here on everything that is committed is known, and
    /// so is what this transaction writes; the clock is read again, for it may have waited long. Where
    /// others wrote meanwhile, the actor's mandate must still be what it was.
    ///
    /// # Errors
    /// When the mandate changed meanwhile, another writer holds it too long, or the database fails.
    pub async fn lock_head(&mut self) -> Result<LockedHead, DbError> {
        const DOING: &str = "locking the ledger";
        let locked = self.row(
            DOING,
            "select number, hash, recorded_at, set_config('app.ledger_no', $1, true)
             from ledger_head for update",
            [Value::from(i64::MAX.to_string())],
        );
        let head: LockedHead = locked
            .await
            .map_err(DbError::of_lock)?
            .ok_or_else(|| DbError::doing(DOING)(DbErr::RecordNotFound("ledger_head".into())))?;
        if head.number != self.moment.head && mandate::reads_anything(self.mandate.role()) {
            self.confirm_mandate().await?;
        }
        self.moment.ledger = i64::MAX;
        self.snapshot = None;
        self.moment.instant = self.clock.now();
        self.moment.day = day_of(self.moment.instant);
        Ok(head)
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
        purpose::set(self, name, &value).await?;
        let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        changed.push((name.to_owned(), value));
        Ok(())
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

    /// What this transaction found of the clocks of this instance and of the database.
    #[must_use]
    pub fn clocks(&self) -> Clocks {
        self.clocks
    }

    /// Statements sent so far.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The same number as it grows, for whoever hands the transaction on to be committed.
    #[must_use]
    pub fn counter(&self) -> Arc<AtomicU32> {
        Arc::clone(&self.statements)
    }

    /// Ends the transaction without keeping anything: the end of every read. It does not wait: the
    /// rollback goes out with the test of the connection on its way back to the pool, which drops
    /// one that does not answer, and Postgres keeps nothing of a transaction whose connection is
    /// lost.
    ///
    /// # Errors
    /// None today.
    pub async fn close(self) -> Result<(), DbError> {
        self.log_privileged();
        Ok(())
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// When the database refuses, or an earlier statement failed: Postgres keeps nothing of such a
    /// transaction, and answers its commit as though it had.
    pub async fn commit(self) -> Result<(), DbError> {
        self.log_privileged();
        if self.has_failed.load(Ordering::Relaxed) {
            return Err(DbError::not_kept());
        }
        let kept = self.tx.commit().await;
        match &kept {
            Ok(()) => {
                self.room.found();
                // Without an entry they stay as they are.
                if self.moment.ledger == i64::MAX {
                    self.mandates.forget();
                }
            }
            Err(_) => self.room.note(&kept, self.clock.now()),
        }
        kept.map_err(DbError::doing("committing"))
    }
}

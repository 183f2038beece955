//! Tells the rest of the program when the ledger has grown.
//!
//! One connection of each instance listens; a notification carries a number that everybody may
//! know, and is only a reason to look. Notifications get lost when a connection breaks, and a
//! pooler or standby passes none on, so the head is also read after every connection and every few
//! seconds. Whoever waits compares the head with what it has seen, and never counts notifications.
//! Where a pooler stands before Postgres the connection that listens may go past it, to an address
//! of its own.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use entity::ledger_head;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, EntityTrait as _, SqlxError,
    sqlx::{
        PgPool,
        postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    },
};
use tokio::sync::{oneshot, watch};

use database::DbError;
use domain::error::chain;

/// Tells nothing but that notifications come through; whoever hears it looks and finds nothing new.
const NOTIFY: &str = "select pg_notify('ledger', '')";
/// How often the head is read without being told to.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// How long to wait before connecting anew.
const CALM: Duration = Duration::from_millis(500);

/// The head of the ledger, as this instance last saw it; 0 before it was read.
#[derive(Clone)]
pub struct Heads {
    known: watch::Sender<i64>,
    is_listening: Arc<AtomicBool>,
    /// Seconds since 1970; 0 before the first anchor.
    anchored_at: Arc<AtomicI64>,
    /// Where to listen; where the pool connects unless there is one.
    address: Option<Arc<PgConnectOptions>>,
}

impl fmt::Debug for Heads {
    /// Without the address, which holds a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Heads");
        shown.field("known", &self.now()).finish_non_exhaustive()
    }
}

impl Default for Heads {
    fn default() -> Self {
        Self {
            known: watch::Sender::new(0),
            is_listening: Arc::default(),
            anchored_at: Arc::default(),
            address: None,
        }
    }
}

impl Heads {
    /// Heads of which the notifications come from another address than that of the pool.
    ///
    /// # Errors
    /// When that is no address of a database.
    pub fn at(address: &str) -> Result<Self, SqlxError> {
        let address: PgConnectOptions = address.parse()?;
        Ok(Self {
            address: Some(Arc::new(address)),
            ..Self::default()
        })
    }

    /// Whether a connection listens now; while none does the head is still read now and then.
    pub fn is_listening(&self) -> bool {
        self.is_listening.load(Ordering::Relaxed)
    }

    /// Notes that number and hash of the head were logged as an anchor, at this second since 1970.
    pub fn note_anchor(&self, second: i64) {
        self.anchored_at.store(second, Ordering::Relaxed);
    }

    /// The second, since 1970, at which the last anchor was logged; 0 before the first.
    pub fn anchored_at(&self) -> i64 {
        self.anchored_at.load(Ordering::Relaxed)
    }

    /// The last number seen.
    pub fn now(&self) -> i64 {
        *self.known.borrow()
    }

    /// Follows the head.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.known.subscribe()
    }

    /// Listens until it is told to stop.
    pub async fn listen(self, pool: DatabaseConnection, stop: oneshot::Receiver<()>) {
        let options = match &self.address {
            Some(address) => address.clone(),
            None => pool.get_postgres_connection_pool().connect_options(),
        };
        // A connection of its own: one of the pool would be one less for questions.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(LOOK_EVERY)
            .connect_lazy_with(options.as_ref().clone());
        let listening = async {
            let mut is_new = true;
            loop {
                let listened = self.listen_once(&pool, &own).await;
                let has_listened = self.is_listening.swap(false, Ordering::Relaxed);
                // Once per outage, however long it lasts.
                if let Err(error) = listened
                    && (has_listened || is_new)
                {
                    tracing::warn!(error = %chain(&error), "the ledger cannot be listened to");
                }
                is_new = false;
                // The head may be read where nothing can be listened to.
                if let Err(error) = self.look(&pool).await {
                    tracing::debug!(error = %chain(&error), "the head cannot be looked at");
                }
                tokio::time::sleep(CALM).await;
            }
        };
        tokio::select! {
            () = listening => {}
            _ = stop => {}
        }
        own.close().await;
    }

    /// Listens on one connection until it breaks. That it hears anything is known from the first
    /// notification on, and one is sent for that: a pooler in transaction mode takes `LISTEN` and
    /// passes nothing on.
    async fn listen_once(
        &self,
        pool: &DatabaseConnection,
        own: &PgPool,
    ) -> Result<(), ListenError> {
        let mut ear = Ear(Some(PgListener::connect_with(own).await?));
        let Some(listener) = &mut ear.0 else {
            return Ok(());
        };
        listener.listen("ledger").await?;
        pool.execute_unprepared(NOTIFY)
            .await
            .map_err(DbError::doing("sending a notification"))?;
        loop {
            self.look(pool).await?;
            match tokio::time::timeout(LOOK_EVERY, listener.try_recv()).await {
                Ok(Ok(Some(_))) => self.is_listening.store(true, Ordering::Relaxed),
                Err(_elapsed) => {}
                Ok(Ok(None)) => return Ok(()),
                Ok(Err(error)) => return Err(error.into()),
            }
        }
    }

    async fn look(&self, pool: &DatabaseConnection) -> Result<(), DbError> {
        let head = ledger_head::Entity::find()
            .one(pool)
            .await
            .map_err(DbError::doing("reading the head of the ledger"))?;
        if let Some(head) = head {
            self.known.send_if_modified(|known| {
                let has_grown = *known != head.number;
                *known = head.number;
                has_grown
            });
        }
        Ok(())
    }
}

/// A listener that may be dropped when the runtime is gone already, as where the program ends by a
/// failure. It would spawn its farewell then, and panic.
struct Ear(Option<PgListener>);

impl Drop for Ear {
    fn drop(&mut self) {
        if tokio::runtime::Handle::try_current().is_err() {
            std::mem::forget(self.0.take());
        }
    }
}

/// The listening ended.
#[derive(Debug, thiserror::Error)]
enum ListenError {
    #[error("the connection that listens broke")]
    Connection(#[from] SqlxError),
    #[error(transparent)]
    Head(#[from] DbError),
}

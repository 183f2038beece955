//! Tells the rest of the program when the ledger has grown.
//!
//! One connection of each instance listens; a notification carries a number that everybody may
//! know, and is only a reason to look. Notifications get lost when a connection breaks, and a
//! pooler or standby passes none on, so the head is also read after every connection and every few
//! seconds. Whoever waits compares the head with what it has seen, and never counts notifications.

use std::time::Duration;

use entity::ledger_head;
use sea_orm::{
    DatabaseConnection, EntityTrait as _,
    sqlx::{
        PgPool,
        postgres::{PgListener, PgPoolOptions},
    },
};
use tokio::sync::{oneshot, watch};

use database::DbError;
use domain::error::chain;

/// How often the head is read without being told to.
const LOOK_EVERY: Duration = Duration::from_secs(3);
/// How long to wait before connecting anew.
const CALM: Duration = Duration::from_millis(500);

/// The head of the ledger, as this instance last saw it; 0 before it was read.
#[derive(Debug, Clone)]
pub struct Heads(watch::Sender<i64>);

impl Default for Heads {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Heads {
    /// The last number seen.
    pub fn now(&self) -> i64 {
        *self.0.borrow()
    }

    /// Follows the head.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.0.subscribe()
    }

    /// Listens until it is told to stop.
    pub async fn listen(self, pool: DatabaseConnection, stop: oneshot::Receiver<()>) {
        let options = pool.get_postgres_connection_pool().connect_options();
        // A connection of its own: one of the pool would be one less for questions.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(LOOK_EVERY)
            .connect_lazy_with(options.as_ref().clone());
        let listening = async {
            loop {
                if let Err(error) = self.listen_once(&pool, &own).await {
                    tracing::warn!(error = %chain(&error), "the ledger cannot be listened to");
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

    /// Listens on one connection until it breaks.
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
        loop {
            self.look(pool).await?;
            match tokio::time::timeout(LOOK_EVERY, listener.try_recv()).await {
                Ok(Ok(Some(_))) | Err(_) => {}
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
            self.0.send_if_modified(|known| {
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
    Connection(#[from] sea_orm::SqlxError),
    #[error(transparent)]
    Head(#[from] DbError),
}

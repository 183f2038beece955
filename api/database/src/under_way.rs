//! Cancels what nobody waits for any more.
//!
//! A request that is dropped, because its client left or its time is over, drops its transaction;
//! but Postgres would work on at the statement that it was given. So each transaction has a name of
//! its own, and when it is dropped in the middle of a statement, another connection asks Postgres
//! to cancel what runs under that name. Once the transaction has ended the name is gone, so nothing
//! else can be hit.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use crate::ids;

/// The statements of one transaction that have not been answered yet.
#[derive(Debug)]
pub(super) struct UnderWay {
    /// Of the server that they are sent to.
    pool: Mutex<DatabaseConnection>,
    name: String,
    statements: AtomicU32,
}

impl UnderWay {
    /// A transaction with a name of its own.
    pub(super) fn new(pool: &DatabaseConnection) -> Self {
        Self {
            pool: Mutex::new(pool.clone()),
            name: format!("stm {}", ids::row_id()),
            statements: AtomicU32::new(0),
        }
    }

    /// The name, as Postgres is to know it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What follows is sent to another server.
    pub(super) fn move_to(&self, pool: &DatabaseConnection) {
        *self.pool.lock().unwrap_or_else(PoisonError::into_inner) = pool.clone();
    }

    /// A statement is sent.
    pub(super) fn start(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// A statement was answered.
    pub(super) fn end(&self) {
        self.statements.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if *self.statements.get_mut() == 0 {
            return;
        }
        // Without a runtime the program is ending, and its connections with it.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let statement = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "select pg_cancel_backend(pid) from pg_stat_activity where application_name = $1 and \
             state = 'active'",
            [self.name.as_str().into()],
        );
        let pool = self
            .pool
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        runtime.spawn(async move {
            if let Err(error) = pool.query_one_raw(statement).await {
                tracing::debug!(%error, "a statement that nobody waits for could not be cancelled");
            }
        });
    }
}

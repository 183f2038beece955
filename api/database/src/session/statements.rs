//! How statements go to Postgres: one after another, counted, none after one that failed. One that a
//! replica fails for a reason of its own is sent again on the primary, where the session goes on.

use std::sync::atomic::Ordering;

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, FromQueryResult,
    QueryResult, Statement, Value,
};
use tokio::sync::MutexGuard;

use super::{
    super::{DbError, error::Refused, purpose, sql::Sql},
    Session,
};

/// Rows that one statement may bring: more than the largest whole table that a question reads.
const MOST_ROWS: usize = 200_000;

/// How a statement is sent on a transaction, and what it brings.
type SendOn<T> = for<'t> fn(&'t DatabaseTransaction, Statement) -> BoxFuture<'t, Result<T, DbErr>>;

impl Session {
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
            self.query_one_for("", purpose::no_purpose()).await?;
            *is_purpose_set = false;
        }
        Ok(is_purpose_set)
    }

    /// Sends a statement and counts it; refuses it when an earlier one failed, because Postgres
    /// would refuse it as well. The caller has its turn, and names the purpose that is set, if one
    /// is.
    async fn send<T>(
        &self,
        purpose: &str,
        statement: Statement,
        send_on: SendOn<T>,
    ) -> Result<T, DbErr> {
        let transaction = self.begun().await?;
        let Some(replica) = self.tx.replica() else {
            return self.sent(send_on(transaction, statement)).await;
        };
        let failure = match self.counted(send_on(transaction, statement.clone())).await {
            Ok(done) => return Ok(done),
            Err(failure) => failure,
        };
        let error = DbError::doing("reading on the replica")(failure.clone());
        if !error.is_of_server() {
            return self.noted(Err(failure));
        }
        replica.note_failure(&error);
        let transaction = self.go_on_at_primary(purpose).await?;
        self.sent(send_on(transaction, statement)).await
    }

    /// Sends a statement and counts it; none follows one that failed.
    async fn sent<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        let done = self.counted(statement).await;
        self.noted(done)
    }

    /// Notes that a statement failed, if it did.
    fn noted<T>(&self, done: Result<T, DbErr>) -> Result<T, DbErr> {
        if done.is_err() {
            self.has_failed.store(true, Ordering::Relaxed);
            self.room.note(&done, self.clock.now());
        }
        done
    }

    async fn counted<T>(
        &self,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.under_way.start();
        let done = statement.await;
        self.under_way.end();
        done
    }

    /// Sends a statement that brings no rows; the caller has its turn.
    pub(crate) async fn execute_for(
        &self,
        purpose: &str,
        statement: Statement,
    ) -> Result<ExecResult, DbErr> {
        self.send(purpose, statement, |transaction, statement| {
            transaction.execute_raw(statement)
        })
        .await
    }

    /// Sends a text as it is; the caller has its turn.
    pub(crate) async fn execute_text_for(
        &self,
        purpose: &str,
        sql: &str,
    ) -> Result<ExecResult, DbErr> {
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        self.send::<ExecResult>(purpose, statement, |transaction, statement| {
            Box::pin(async move { transaction.execute_unprepared(&statement.sql).await })
        })
        .await
    }

    /// Sends a statement that brings one row at most; the caller has its turn.
    pub(crate) async fn query_one_for(
        &self,
        purpose: &str,
        statement: Statement,
    ) -> Result<Option<QueryResult>, DbErr> {
        self.send(purpose, statement, |transaction, statement| {
            transaction.query_one_raw(statement)
        })
        .await
    }

    /// Sends a statement that brings rows; the caller has its turn.
    pub(crate) async fn query_all_for(
        &self,
        purpose: &str,
        statement: Statement,
    ) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.send(purpose, statement, |transaction, statement| {
            transaction.query_all_raw(statement)
        });
        let rows = rows.await?;
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
        self.execute_for("", statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let _turn = self.turn().await?;
        self.execute_text_for("", sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.query_one_for("", statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.query_all_for("", statement).await
    }
}

//! How statements go to Postgres: one after another, counted, none after one that failed.

use std::sync::atomic::Ordering;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, FromQueryResult, QueryResult, Statement, Value,
};
use tokio::sync::MutexGuard;

use super::{
    super::{DbError, error::Refused, purpose, sql::Sql},
    Session,
};

/// Rows that one statement may bring: more than the largest whole table that a question reads.
const MOST_ROWS: usize = 200_000;

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
            let transaction = self.begun().await?;
            self.send(transaction.query_one_raw(purpose::no_purpose()))
                .await?;
            *is_purpose_set = false;
        }
        Ok(is_purpose_set)
    }

    /// Sends a statement and counts it; refuses it when an earlier one failed, because Postgres
    /// would refuse it as well. The caller has its turn.
    pub(crate) async fn send<T>(
        &self,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        if self.has_failed.load(Ordering::Relaxed) {
            return Err(Refused::Consequence.into());
        }
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.under_way.start();
        let done = statement.await;
        self.under_way.end();
        if done.is_err() {
            self.has_failed.store(true, Ordering::Relaxed);
            self.room.note(&done, self.clock.now());
        }
        done
    }

    /// Sends a statement that brings rows; the caller has its turn.
    pub(crate) async fn fetch(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let transaction = self.begun().await?;
        let rows = self.send(transaction.query_all_raw(statement)).await?;
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
        let transaction = self.begun().await?;
        self.send(transaction.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let _turn = self.turn().await?;
        let transaction = self.begun().await?;
        self.send(transaction.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        let transaction = self.begun().await?;
        self.send(transaction.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _turn = self.turn().await?;
        self.fetch(statement).await
    }
}

//! Work for a purpose that row-level security knows: a judge reads every input of a verdict, and a
//! total counts verdicts that whoever asks for it may not see one by one.
//!
//! The purpose is a setting of the transaction, and fields of a query run side by side in it. So
//! whoever works for a purpose has the transaction to itself from the first statement to the last,
//! and sends its statements through [`ForPurpose`]: what must read more than the actor may takes
//! one, and nothing else gets one. A statement that was sent through the session meanwhile waits
//! for its turn. Whoever holds a [`ForPurpose`] never sends one there: it would wait for itself.
//!
//! When the work fails or is given up in the middle, nobody ends it. Then the session sees that a
//! purpose was left on and takes it back before the next statement; when it is the database that
//! failed, there is no next one, and the failure itself is what is told.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value};
use tokio::sync::MutexGuard;

use super::{DbError, Session};

/// The setting that row-level security reads.
const PURPOSE: &str = "app.purpose";

/// Statements for a purpose, one after another, with no other statement of the transaction between
/// them.
#[derive(Debug)]
#[must_use = "the purpose stays on until its end"]
pub struct ForPurpose<'s> {
    session: &'s Session,
    is_set: MutexGuard<'s, bool>,
    purpose: String,
}

impl<'s> ForPurpose<'s> {
    /// Sets the purpose, for whoever has its turn.
    pub(super) async fn begin(
        session: &'s Session,
        mut is_set: MutexGuard<'s, bool>,
        purpose: &str,
    ) -> Result<Self, DbError> {
        // Before it is sent: we may be given up before Postgres answers.
        *is_set = true;
        let begun = Self {
            session,
            is_set,
            purpose: purpose.to_owned(),
        };
        set(&begun, PURPOSE, purpose).await?;
        Ok(begun)
    }

    /// Ends the work with a last statement that adds rows: they are added for the purpose, and once
    /// all are, it is taken back. What counts them is evaluated before the setting is.
    ///
    /// # Errors
    /// When the database refuses a row.
    pub async fn end_adding(
        mut self,
        doing: &'static str,
        insert: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<(), DbError> {
        let sql = format!(
            "with added as ({insert} returning 1)
             select set_config('{PURPOSE}', '', true) from (select count(*) from added) counted"
        );
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        self.query_one_raw(statement)
            .await
            .map_err(DbError::doing(doing))?;
        *self.is_set = false;
        Ok(())
    }

    /// Ends the work. Whoever fails before leaves that to the session.
    pub async fn end(mut self) -> Result<(), DbError> {
        set(&self, PURPOSE, "").await?;
        *self.is_set = false;
        Ok(())
    }
}

/// Changes one setting of the transaction.
pub(super) async fn set(
    connection: &impl ConnectionTrait,
    name: &str,
    value: &str,
) -> Result<(), DbError> {
    connection
        .query_one_raw(setting(name, value))
        .await
        .map_err(DbError::doing("changing a setting"))?;
    Ok(())
}

/// The statement that takes back the purpose.
pub(super) fn no_purpose() -> Statement {
    setting(PURPOSE, "")
}

/// The statement that changes one setting of a transaction.
pub(super) fn setting(name: &str, value: &str) -> Statement {
    Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select set_config($1, $2, true)",
        [Value::from(name), Value::from(value)],
    )
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for ForPurpose<'_> {
    fn get_database_backend(&self) -> DbBackend {
        DbBackend::Postgres
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.session.execute_for(&self.purpose, statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.session.execute_text_for(&self.purpose, sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.session.query_one_for(&self.purpose, statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.session.query_all_for(&self.purpose, statement).await
    }
}

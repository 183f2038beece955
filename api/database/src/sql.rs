//! Hand-written SQL, with what we were doing should it fail.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use super::DbError;

/// Sends hand-written SQL: in a transaction, or for a purpose in it.
pub trait Sql: ConnectionTrait + Sized {
    /// Reads its rows.
    ///
    /// # Errors
    /// When the database fails.
    fn rows<R: FromQueryResult + Send>(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> impl Future<Output = Result<Vec<R>, DbError>> + Send {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        async move {
            let rows = R::find_by_statement(statement).all(self).await;
            rows.map_err(DbError::doing(doing))
        }
    }

    /// Reads its first row.
    ///
    /// # Errors
    /// When the database fails.
    fn row<R: FromQueryResult + Send>(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> impl Future<Output = Result<Option<R>, DbError>> + Send {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        async move {
            let row = R::find_by_statement(statement).one(self).await;
            row.map_err(DbError::doing(doing))
        }
    }

    /// Changes rows, and says how many.
    ///
    /// # Errors
    /// When the database fails.
    fn change(
        &self,
        doing: &'static str,
        sql: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> impl Future<Output = Result<u64, DbError>> + Send {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
        async move {
            let done = self.execute_raw(statement).await;
            done.map(|done| done.rows_affected())
                .map_err(DbError::doing(doing))
        }
    }
}

impl<C: ConnectionTrait> Sql for C {}

//! What answers at the address of the database, looked at once at the start: a primary, reached
//! directly or by a pooler that keeps the prepared statements of its clients apart.
//!
//! A standby would serve, be ready and refuse each change; a pooler that mixes up prepared
//! statements fails under load only, with an error that names neither the pooler nor its setting.
//! Both are refused here, with what to do.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    DbErr, RuntimeErr, SqlxError,
    error::ConnAcquireErr,
    sqlx::{self, Connection as _, PgConnection, postgres::PgConnectOptions},
};

use super::DbError;

/// How long looking may take.
const LONGEST: Duration = Duration::from_secs(8);
/// Postgres: a prepared statement of that name exists already, which another client has made.
const DUPLICATE_STATEMENT: &str = "42P05";
/// Postgres: there is no prepared statement of that name, as it was made on another connection.
const UNKNOWN_STATEMENT: &str = "26000";
/// PgBouncer: a setting that a connection begins with is none that it passes on.
const PROTOCOL_VIOLATION: &str = "08P01";

/// Why the service cannot work with what answers at an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnfitEndpoint {
    /// It follows another server, and takes no change.
    #[error(
        "a standby answers there, which takes no change and may be behind: give the address of the \
         primary"
    )]
    Standby,
    /// A pooler gives the statements of one client to another.
    #[error(
        "a pooler answers there that mixes up the prepared statements of its clients (SQLSTATE \
         {0}); let PgBouncer 1.21 or newer keep them apart (max_prepared_statements = 200), or set \
         pool_mode = session, and set DATABASE_LISTEN_URL to the address of PostgreSQL itself"
    )]
    MixedStatements(String),
    /// A pooler refuses the settings that a connection begins with.
    #[error(
        "a pooler answers there that refuses the settings with which a connection begins; set \
         ignore_startup_parameters = extra_float_digits in PgBouncer"
    )]
    StartupParameters,
}

/// Looks at what answers at an address.
///
/// # Errors
/// `Err(UnfitEndpoint)` inside when the service cannot work with it; outside when it cannot be
/// reached.
pub async fn check(url: &str) -> Result<Result<(), UnfitEndpoint>, DbError> {
    let doing = DbError::doing("looking at what answers there");
    match tokio::time::timeout(LONGEST, is_standby(url)).await {
        Ok(Ok(false)) => Ok(Ok(())),
        Ok(Ok(true)) => Ok(Err(UnfitEndpoint::Standby)),
        Ok(Err(error)) => match unfit(&error) {
            Some(unfit) => Ok(Err(unfit)),
            None => Err(doing(DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))))),
        },
        Err(_elapsed) => Err(doing(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))),
    }
}

/// Asks by two connections in turn, each with the first statement that it prepares: those have the
/// same name, and a pooler that shares connections of the server gives both the same one.
async fn is_standby(url: &str) -> Result<bool, SqlxError> {
    let options: PgConnectOptions = url.parse()?;
    let mut one = PgConnection::connect_with(&options).await?;
    let mut other = PgConnection::connect_with(&options).await?;
    let mut is_standby = is_in_recovery(&mut one).await?;
    is_standby |= is_in_recovery(&mut other).await?;
    is_standby |= is_in_recovery(&mut one).await?;
    one.close().await?;
    other.close().await?;
    Ok(is_standby)
}

async fn is_in_recovery(connection: &mut PgConnection) -> Result<bool, SqlxError> {
    sqlx::query_scalar::<sqlx::Postgres, bool>("select pg_is_in_recovery() and $1")
        .bind(true)
        .fetch_one(connection)
        .await
}

fn unfit(error: &SqlxError) -> Option<UnfitEndpoint> {
    let error = error.as_database_error()?;
    match error.code()?.as_ref() {
        code @ (DUPLICATE_STATEMENT | UNKNOWN_STATEMENT) => {
            Some(UnfitEndpoint::MixedStatements(code.to_owned()))
        }
        PROTOCOL_VIOLATION if error.message().contains("startup parameter") => {
            Some(UnfitEndpoint::StartupParameters)
        }
        _ => None,
    }
}

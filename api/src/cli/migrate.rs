//! `stm migrate`: brings the structure of the database up to date, as its owner.

use std::process::ExitCode;

use sea_orm::{DatabaseConnection, DbErr};
use secrecy::SecretString;

use super::{CliError, print, private};
use crate::config::Config;
use database::DbError;

/// Names what has not run yet, in its order, and runs nothing.
pub(super) async fn name_pending(config: &Config) -> Result<ExitCode, CliError> {
    let Some(url) = &config.database_owner_url else {
        return Err(CliError::Usage(
            "--dry-run is for the database of DATABASE_OWNER_URL; the private one is migrated \
             whenever it starts",
        ));
    };
    let owner = private::connect(url).await?;
    let pending = migration::pending(&owner)
        .await
        .map_err(DbError::doing("reading which migrations have run"))?;
    owner.close().await.map_err(DbError::doing("closing"))?;
    let mut lines = pending.clone();
    lines.push(match pending.len() {
        0 => "the database is up to date".to_owned(),
        1 => "1 migration would run".to_owned(),
        more => format!("{more} migrations would run"),
    });
    print(&(lines.join("\n") + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// Runs what has not run yet.
pub(super) async fn run(config: &Config) -> Result<ExitCode, CliError> {
    let applied = match &config.database_owner_url {
        Some(url) => up(url).await?,
        None => private::with(config, async |cluster| Ok(cluster.applied())).await?,
    };
    print(&match applied {
        0 => "the database was up to date\n".to_owned(),
        1 => "1 migration ran; the database is up to date\n".to_owned(),
        more => format!("{more} migrations ran; the database is up to date\n"),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Runs the pending migrations as `stm_owner`, and says how many they were.
pub(super) async fn up(owner: &SecretString) -> Result<usize, CliError> {
    let owner = private::connect(owner).await?;
    let applied = up_unchecked(&owner)
        .await
        .map_err(DbError::doing("migrating"))?;
    owner.close().await.map_err(DbError::doing("closing"))?;
    Ok(applied)
}

async fn up_unchecked(owner: &DatabaseConnection) -> Result<usize, DbErr> {
    let applied = migration::up(owner).await.inspect_err(|failed| {
        if let Some(migration) = &failed.migration {
            tracing::error!(migration, "a migration failed");
        }
    });
    let applied = applied.map_err(|failed| failed.cause)?;
    if applied > 0 {
        tracing::info!(migrations = applied, "the database is migrated");
    }
    Ok(applied)
}

//! The private database of whoever gave none: started, prepared, used, stopped.
//!
//! Prepared means: the roles, the database and all migrations are there. Only here does the program
//! migrate by itself, because nobody else uses this cluster.

use std::{path::PathBuf, time::Duration};

use sea_orm::{ConnectOptions, DatabaseConnection};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::spawn_blocking;

use super::{CliError, migrate};
use crate::config::Config;
use database::{
    DbError,
    cluster::{Cluster, ClusterSettings, SUPERUSER, default_folder},
    roles,
};

/// The name of the database in the private cluster.
const DATABASE: &str = "stm";
/// Connections of the private cluster beside those of the pool: the superuser's, and people who
/// look inside.
const SPARE_CONNECTIONS: u16 = 42;

/// A private cluster that runs and is prepared.
#[derive(Debug)]
pub(super) struct PrivateCluster {
    cluster: Cluster,
    applied: usize,
}

/// Starts the private cluster, does the work and stops the cluster, however the work ended.
pub(super) async fn with<T>(
    config: &Config,
    work: impl AsyncFnOnce(&PrivateCluster) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let mut cluster = PrivateCluster::start(config).await?;
    let done = match cluster.prepare().await {
        Ok(()) => work(&cluster).await,
        Err(error) => Err(error),
    };
    let stopped = cluster.stop().await;
    let done = done?;
    stopped?;
    Ok(done)
}

/// The folder of the private cluster and of the keys that are made here.
pub(super) fn data_dir(config: &Config) -> Result<PathBuf, CliError> {
    match &config.data_dir {
        Some(folder) => Ok(folder.clone()),
        None => {
            let current = std::env::current_dir().map_err(CliError::CurrentFolder)?;
            Ok(default_folder(&current))
        }
    }
}

/// Connects for a single task: no pool to speak of, no log of statements.
pub(super) async fn connect(url: &SecretString) -> Result<DatabaseConnection, CliError> {
    let mut options = ConnectOptions::new(url.expose_secret());
    options
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(5))
        .sqlx_logging(false);
    let connection = sea_orm::Database::connect(options)
        .await
        .map_err(DbError::doing("connecting"))?;
    Ok(connection)
}

impl PrivateCluster {
    async fn start(config: &Config) -> Result<Self, CliError> {
        let settings = ClusterSettings {
            folder: data_dir(config)?.join("postgres"),
            bin_dir: config.pg_bin_dir.clone(),
            search_path: config.search_path.clone(),
            durable: true,
            fetch: true,
            max_connections: config.pool + SPARE_CONNECTIONS,
        };
        let cluster = spawn_blocking(move || Cluster::start(&settings)).await??;
        Ok(Self {
            cluster,
            applied: 0,
        })
    }

    async fn prepare(&mut self) -> Result<(), CliError> {
        let superuser = connect(&self.cluster.url(SUPERUSER, "postgres").into()).await?;
        roles::make_database(&superuser, DATABASE).await?;
        superuser.close().await.map_err(DbError::doing("closing"))?;
        let superuser = connect(&self.cluster.url(SUPERUSER, DATABASE).into()).await?;
        roles::provision(&superuser).await?;
        superuser.close().await.map_err(DbError::doing("closing"))?;
        self.applied = migrate::up(&self.url(roles::OWNER)).await?;
        Ok(())
    }

    /// Comes back when the server has ended by itself.
    pub(super) async fn ended(&self) {
        while !self.cluster.has_ended() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// The address of the database for a role.
    pub(super) fn url(&self, role: &str) -> SecretString {
        self.cluster.url(role, DATABASE).into()
    }

    /// How many migrations had to run.
    pub(super) fn applied(&self) -> usize {
        self.applied
    }

    /// The major version of PostgreSQL.
    pub(super) fn version(&self) -> u16 {
        self.cluster.version()
    }

    async fn stop(self) -> Result<(), CliError> {
        spawn_blocking(move || self.cluster.stop()).await??;
        Ok(())
    }
}

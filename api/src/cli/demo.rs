//! `stm demo`: makes an empty database a demo.

use std::process::ExitCode;

use clap::Args;
use secrecy::{ExposeSecret as _, SecretString};

use super::{CliError, print, private, serve::must_be_migrated};
use crate::config::Config;
use database::{Database, roles};
use dataset::{
    DataSet,
    demo::{self, Made},
};
use domain::clock::Clock;

/// How much to invent.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Arguments {
    /// Versions that each municipality hands in, in each of three periods
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        value_parser = clap::value_parser!(u16).range(1..=1000)
    )]
    scale: u16,
    /// What the inventions follow from: the same seed makes the same demo
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
}

impl Default for Arguments {
    /// What they are where none are given.
    fn default() -> Self {
        Self { scale: 1, seed: 1 }
    }
}

/// Invents, in the database of the settings or in the private one.
pub(super) async fn run(config: &Config, arguments: Arguments) -> Result<ExitCode, CliError> {
    let made = match &config.database_url {
        Some(url) => make(url, arguments).await?,
        None => {
            private::with(config, async |cluster| {
                make(&cluster.url(roles::APP), arguments).await
            })
            .await?
        }
    };
    print(&format!(
        "DEMO: {} versions with {} answers in 3 periods, {} of them confirmed; the ledger stands \
         at {}\n",
        made.versions, made.answers, made.confirmed, made.ledger
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Invents in an empty database, which is reached as the service reaches it.
pub(super) async fn make(app: &SecretString, arguments: Arguments) -> Result<Made, CliError> {
    let db = Database::connect(app.expose_secret(), 1, Clock::system()).await?;
    roles::check_login(db.pool()).await??;
    must_be_migrated(db.pool()).await?;
    db.close().await?;
    let connect = async |clock| Database::connect(app.expose_secret(), 1, clock).await;
    let set = DataSet::built_in()?;
    Ok(demo::make(connect, &set, usize::from(arguments.scale), arguments.seed).await?)
}

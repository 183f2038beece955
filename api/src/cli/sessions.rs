//! `stm sessions`: what the operator does with browsers that are signed in.

use std::process::ExitCode;

use clap::Subcommand;
use secrecy::SecretString;

use super::{CliError, print, private};
use crate::config::Config;
use database::{DbError, roles};

/// What to do with them.
#[derive(Debug, Subcommand)]
pub(super) enum Deed {
    /// End all of them, on every instance at once; everybody signs in anew
    End,
}

/// Ends all sessions, and tells how many there were.
pub(super) async fn run(config: &Config, deed: &Deed) -> Result<ExitCode, CliError> {
    let Deed::End = deed;
    match &config.database_owner_url {
        Some(owner) => end(owner).await,
        None => {
            private::with(config, async |cluster| {
                end(&cluster.url(roles::OWNER)).await
            })
            .await
        }
    }
}

async fn end(owner: &SecretString) -> Result<ExitCode, CliError> {
    let owner = private::connect(owner).await?;
    let ended = sessions::end_all_sessions(&owner).await?;
    owner.close().await.map_err(DbError::doing("closing"))?;
    print(&format!("ended: {ended}\n"))?;
    Ok(ExitCode::SUCCESS)
}

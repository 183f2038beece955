//! `stm sandbox`: a demo to build against, on a day that never passes.
//!
//! It has a private database in a folder of its own, so it can be thrown away without touching
//! anything else: nothing in a sandbox is real, and no issuer of real tokens can be given to it.
//! Its clock stands still, so that what a client is written against today is answered the same
//! tomorrow; tokens that are made there (`/sandbox`) hold for as long as it runs.

use std::{
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use clap::Args;
use secrecy::ExposeSecret as _;

use super::{
    CliError, demo,
    private::{self, PrivateCluster},
    serve::{Listening, interrupted},
};
use crate::config::Config;
use database::{Database, roles};
use domain::clock::Clock;

/// The folder of the sandbox, in the folder of data.
const FOLDER: &str = "sandbox";
/// Says in a folder that it is one of a sandbox, which may be removed.
const MARK: &str = "sandbox.txt";
/// What the mark tells whoever finds it.
const MARK_TEXT: &str =
    "Made by `stm sandbox`: everything in this folder is invented and may be removed.\n";
/// Is there once the demo is whole.
const MADE: &str = "made";
/// Noon of a Sunday at which the third period of the demo is open and two have passed.
const INSTANT: &str = "2026-11-22T12:00:00Z";

/// How the sandbox begins.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Arguments {
    /// Throw away what was done in the sandbox, and begin anew
    #[arg(long)]
    fresh: bool,
}

/// The folder of the sandbox cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum SandboxError {
    #[error("{} has something else in it than a sandbox; move it, or set STM_DATA_DIR", .0.display())]
    Foreign(PathBuf),
    #[error("cannot prepare the folder of the sandbox, {}", .folder.display())]
    Folder {
        folder: PathBuf,
        #[source]
        source: io::Error,
    },
}

/// Serves the demo until it is told to stop, and makes it first where there is none.
pub(super) async fn run(config: &Config, arguments: Arguments) -> Result<ExitCode, CliError> {
    let folder = private::data_dir(config)?.join(FOLDER);
    let mut config = config.clone();
    config.data_dir = Some(folder.clone());
    // What is invented is sent to nobody, and has nothing to do with a key that is kept for ever.
    config.mail = None;
    config.pseudonym_key_file = None;
    let listening = Listening::open(&config).await?;
    prepare(&config, &folder, arguments.fresh).await?;
    private::with(&config, async |cluster| {
        serve(listening, &config, cluster, &folder).await
    })
    .await?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Leaves a whole sandbox as it is, and otherwise a folder in which one can be made. A demo that
/// was interrupted in the making is no sandbox, and goes.
async fn prepare(config: &Config, folder: &Path, is_fresh: bool) -> Result<(), CliError> {
    let failed = |source| SandboxError::Folder {
        folder: folder.to_owned(),
        source,
    };
    let is_whole = folder.join(MADE).exists();
    if may_be_removed(folder)? && (is_fresh || !is_whole) {
        if folder.join("postgres/data/postmaster.pid").exists() {
            // Whoever serves from it is left alone, and a server that was left behind is stopped.
            private::with(config, async |_| Ok(())).await?;
        }
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    make(folder).map_err(failed)?;
    fs::write(folder.join(MARK), MARK_TEXT).map_err(failed)?;
    Ok(())
}

/// Makes the folder with all above it, such that the server can reach its own in there: root runs
/// that as another account, and would else close them to it by its mask.
fn make(folder: &Path) -> io::Result<()> {
    let mut missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|step| !step.as_os_str().is_empty() && !step.exists())
        .collect();
    missing.reverse();
    for step in missing {
        fs::create_dir(step)?;
        fs::set_permissions(step, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Whether there is a folder of a sandbox. One of which somebody else made use is refused.
fn may_be_removed(folder: &Path) -> Result<bool, SandboxError> {
    if folder.join(MARK).exists() {
        return Ok(true);
    }
    match fs::read_dir(folder).map(|entries| entries.count()) {
        Ok(0) => Ok(false),
        Ok(_) => Err(SandboxError::Foreign(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(SandboxError::Folder {
            folder: folder.to_owned(),
            source,
        }),
    }
}

async fn serve(
    listening: Listening<'_>,
    config: &Config,
    cluster: &PrivateCluster,
    folder: &Path,
) -> Result<(), CliError> {
    let db = tokio::select! {
        db = open(config, cluster, folder) => db?,
        () = interrupted() => return Ok(()),
    };
    let place = format!(
        "{} (`stm sandbox --fresh` begins anew; tokens to copy stand at /sandbox)",
        folder.display()
    );
    tokio::select! {
        served = listening.serve(db, &place) => served,
        () = cluster.ended() => Err(CliError::ClusterEnded),
    }
}

/// The demo, made where it is not yet, at its own instant.
async fn open(
    config: &Config,
    cluster: &PrivateCluster,
    folder: &Path,
) -> Result<Database, CliError> {
    let app = cluster.url(roles::APP);
    let made = folder.join(MADE);
    if !made.exists() {
        demo::make(&app, demo::Arguments::default()).await?;
        fs::write(&made, "").map_err(|source| SandboxError::Folder {
            folder: folder.to_owned(),
            source,
        })?;
    }
    let clock = Clock::settable(instant());
    let db = Database::connect(app.expose_secret(), u32::from(config.pool), clock).await?;
    roles::check_login(db.pool()).await??;
    Ok(db)
}

/// The instant at which the clock of a sandbox stands.
fn instant() -> DateTime<Utc> {
    INSTANT.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_at_noon_of_a_day() {
        assert_eq!(instant().to_rfc3339(), "2026-11-22T12:00:00+00:00");
    }

    #[test]
    fn only_a_folder_of_a_sandbox_may_be_removed() {
        let base = tempfile::tempdir().unwrap();
        let folder = base.path().join(FOLDER);
        assert!(!may_be_removed(&folder).unwrap(), "there is none");
        fs::create_dir(&folder).unwrap();
        assert!(!may_be_removed(&folder).unwrap(), "it is empty");
        fs::write(folder.join("diary.txt"), "mine").unwrap();
        let refused = may_be_removed(&folder).unwrap_err().to_string();
        assert!(refused.contains("something else"), "{refused}");
        fs::write(folder.join(MARK), MARK_TEXT).unwrap();
        assert!(may_be_removed(&folder).unwrap());
    }
}

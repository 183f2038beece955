//! Everything that can keep the private cluster from running, each with what the reader can do
//! about it.

use std::{io, path::PathBuf, time::Duration};

/// How PostgreSQL is installed where we know it; ends every error about missing programs.
const INSTALL: &str = "Install it (Debian or Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; \
     macOS: brew install postgresql@18), or name the folder of its programs in the settings, or use a server of your \
     own through DATABASE_URL (on Windows the only way)";

/// Why the private cluster did not start or stop.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// A file or folder of the cluster could not be made, read or changed.
    #[error("cannot {doing} {}: check its permissions and the free space, or choose another folder", path.display())]
    Files {
        /// What we were doing, as a verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// Another process owns the folder.
    #[error(
        "the private database in {} is already in use by another process: stop that process, or choose another folder",
        folder.display()
    )]
    InUse {
        /// The folder of the cluster.
        folder: PathBuf,
    },
    /// PostgreSQL refuses root, and there is no other account to give it.
    #[error(
        "PostgreSQL refuses to run as root, and neither 'postgres' nor 'nobody' is in /etc/passwd: \
            add one of them, or start this program as an ordinary user"
    )]
    NoAccount,
    /// We are root, and the account that runs PostgreSQL cannot get to the folder.
    #[error(
        "PostgreSQL runs as user {uid}, which may not enter {}: choose a folder outside it, or allow others to pass \
            (chmod o+x)",
        barrier.display()
    )]
    Unreachable {
        /// The first folder on the way that is closed.
        barrier: PathBuf,
        /// The account that runs PostgreSQL.
        uid: u32,
    },
    /// The folder belongs to another user.
    #[error(
        "{} belongs to user {owner}, and PostgreSQL would run as user {uid}: start this program as user {owner}, or choose \
            another folder",
        path.display()
    )]
    Owner {
        /// The folder of another user.
        path: PathBuf,
        /// Its owner.
        owner: u32,
        /// The account that should own it.
        uid: u32,
    },
    /// There is something in the place of the cluster that is not a cluster.
    #[error("{} is not a PostgreSQL cluster: move it away, or choose another folder", data.display())]
    NotACluster {
        /// The data folder.
        data: PathBuf,
    },
    /// The folder of programs that the settings name is of no use.
    #[error(
        "there is no released PostgreSQL {oldest} or newer (postgres and initdb) that user {uid} can run in {}: \
            correct the setting, or leave it out to have the usual places searched",
        bin_dir.display()
    )]
    BinDir {
        /// The folder as set.
        bin_dir: PathBuf,
        /// The oldest version that will do.
        oldest: u16,
        /// The account that would run it.
        uid: u32,
    },
    /// No programs were found.
    #[error(
        "PostgreSQL {oldest} or newer was not found on this machine (found: {found}). {INSTALL}"
    )]
    NoBinaries {
        /// The oldest version that will do.
        oldest: u16,
        /// The major versions that were found.
        found: String,
    },
    /// The cluster was made by a version that is not here.
    #[error(
        "the cluster in {} was made by PostgreSQL {made_by} and runs with that version only, but here is: {found}. \
         Install PostgreSQL {made_by}; or, when its content may be lost, delete the folder so that a new cluster is made",
        data.display()
    )]
    OtherMajor {
        /// The data folder.
        data: PathBuf,
        /// The major version of the cluster.
        made_by: u16,
        /// The major versions that were found.
        found: String,
    },
    /// The bundle of programs could not be fetched.
    #[error(
        "PostgreSQL is not on this machine, and pip could not fetch the bundle {bundle}:\n{output}\n{INSTALL}"
    )]
    Fetch {
        /// Name and version of the bundle.
        bundle: &'static str,
        /// The last words of pip.
        output: String,
    },
    /// The fetched bundle does not run.
    #[error("the bundle in {} does not run on this machine. {INSTALL}", folder.display())]
    BundleUnfit {
        /// Where it was unpacked.
        folder: PathBuf,
    },
    /// A program could not be started at all.
    #[error("cannot run {}: check that it is installed and that user {uid} may run it", program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// The account that runs it.
        uid: u32,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// `initdb` failed.
    #[error("initdb could not make the cluster in {}; correct what it complains of:\n{output}", data.display())]
    Initdb {
        /// The data folder.
        data: PathBuf,
        /// The last words of `initdb`.
        output: String,
    },
    /// The server ended before it was ready.
    #[error("PostgreSQL did not start; correct what it complains of in {}:\n{tail}", log.display())]
    Start {
        /// The log of the server.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server did not become ready in time and was stopped.
    #[error(
        "PostgreSQL was not ready after {} s and was stopped; start again, or see {}:\n{tail}",
        waited.as_secs(), log.display()
    )]
    NotReady {
        /// How long we waited.
        waited: Duration,
        /// The log of the server.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// A server is still there that should have ended.
    #[error(
        "the PostgreSQL server with process id {pid} does not end: end it yourself (kill -QUIT {pid})"
    )]
    StillRunning {
        /// The process id of the server.
        pid: i32,
    },
}

/// Names what we were doing, for `map_err`.
pub(super) fn failed_to(
    doing: &'static str,
    path: &std::path::Path,
) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.to_path_buf();
    move |source| EmbeddedError::Files {
        doing,
        path,
        source,
    }
}

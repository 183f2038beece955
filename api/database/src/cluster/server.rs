//! One start of the server, from the command line to the first connection, and its end.

use std::{
    fs::{self, File},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;

use super::{
    ClusterSettings,
    account::Account,
    binaries::{self, Binaries},
    error::{EmbeddedError, failed_to},
    keeper::Keeper,
    leftover,
    log::{Log, last_lines},
};

const READY_WITHIN: Duration = Duration::from_secs(30);
/// How long a start is repeated while remains of a killed server block it.
const REMAINS_GONE_WITHIN: Duration = Duration::from_secs(10);
const STOPPED_WITHIN: Duration = Duration::from_secs(30);
const ABORTED_WITHIN: Duration = Duration::from_secs(10);

/// In good order if it can be, else aborted: PostgreSQL then repairs itself at the next start.
pub(super) fn end(keeper: &Keeper) -> Result<(), EmbeddedError> {
    if keeper.stop(Signal::INT, STOPPED_WITHIN) {
        return Ok(());
    }
    tracing::warn!(
        pid = keeper.pid,
        "the private PostgreSQL server does not stop: aborting it"
    );
    if keeper.stop(Signal::QUIT, ABORTED_WITHIN) {
        return Ok(());
    }
    Err(EmbeddedError::StillRunning { pid: keeper.pid })
}

/// One start of the server.
pub(super) struct Start<'a> {
    pub(super) account: Account,
    pub(super) binaries: &'a Binaries,
    pub(super) data: &'a Path,
    pub(super) socket: &'a Path,
    pub(super) settings: &'a ClusterSettings,
}

impl Start<'_> {
    /// Starts, and again for some seconds while the processes of a killed server are still on their
    /// way out.
    pub(super) fn until_ready(&self, log: &Log) -> Result<Keeper, EmbeddedError> {
        let give_up = Instant::now() + REMAINS_GONE_WITHIN;
        loop {
            leftover::clear(self.data)?;
            self.account.make_private(self.socket)?;
            leftover::clear_socket(self.socket);
            let output = log.open(self.account)?;
            let begin = log.length();
            let command = self.command(&output)?;
            let keeper = Keeper::start(command).map_err(|source| EmbeddedError::Spawn {
                program: self.binaries.dir.join("postgres"),
                uid: self.account.uid,
                source,
            })?;
            if self.wait(&keeper) {
                keeper.guard();
                return Ok(keeper);
            }
            let given = log.since(begin);
            if !keeper.has_ended() {
                end(&keeper)?;
                return Err(EmbeddedError::NotReady {
                    waited: READY_WITHIN,
                    log: log.path.clone(),
                    tail: last_lines(&given),
                });
            }
            if !blocked_by_remains(&given) || Instant::now() > give_up {
                return Err(EmbeddedError::Start {
                    log: log.path.clone(),
                    tail: last_lines(&given),
                });
            }
            leftover::end_children(self.data);
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Whether it became ready; if not, it has ended or time has run out.
    fn wait(&self, keeper: &Keeper) -> bool {
        let file = self.data.join("postmaster.pid");
        let give_up = Instant::now() + READY_WITHIN;
        while !keeper.has_ended() && Instant::now() < give_up {
            let text = fs::read(&file).unwrap_or_default();
            let ours =
                leftover::pid_in(&text).is_some_and(|pid| pid.as_raw_nonzero().get() == keeper.pid);
            if ours && leftover::says_ready(&text) {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    fn command(&self, log: &File) -> Result<Command, EmbeddedError> {
        let postgres = self.binaries.dir.join("postgres");
        let mut command = match parent_death_helper(self.settings, self.account) {
            Some(setpriv) => {
                let mut command = self.account.command(&setpriv);
                command.args(["--pdeathsig", "INT", "--"]).arg(postgres);
                command
            }
            None => self.account.command(&postgres),
        };
        // In front, so that `ps` shows whose server it is also where it cuts long lines.
        command.arg("-D").arg(self.data);
        let mut set = |name: &str, value: &str| {
            command.arg("-c").arg(format!("{name}={value}"));
        };
        set("listen_addresses", "");
        set("port", "5432");
        // Plain characters only, see `socket_folder`: nothing to quote.
        set("unix_socket_directories", &self.socket.to_string_lossy());
        set(
            "max_connections",
            &self.settings.max_connections.to_string(),
        );
        // As the service sets it for each of its transactions: a plan under many policies looks dear.
        set("jit", "off");
        set("timezone", "UTC");
        set("log_timezone", "UTC");
        if !self.settings.durable {
            for name in ["fsync", "synchronous_commit", "full_page_writes"] {
                set(name, "off");
            }
        }
        let copy = || {
            log.try_clone()
                .map_err(failed_to("write the log of", self.data))
        };
        command.stdout(copy()?).stderr(copy()?);
        // Ctrl-C in a terminal reaches the whole process group. The server is in another, so that
        // it ends when we say so: after the last request, not before.
        command.process_group(0);
        Ok(command)
    }
}

/// The program that asks Linux to send the server SIGINT when we are killed. Without it the server
/// outlives us, until the next start ends it.
fn parent_death_helper(settings: &ClusterSettings, account: Account) -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let on_path = settings
        .search_path
        .as_deref()
        .and_then(|path| binaries::on_path(path, "setpriv"));
    let setpriv = on_path.unwrap_or_else(|| PathBuf::from("/usr/bin/setpriv"));
    // Busybox has one that cannot do this.
    let help = account.command(&setpriv).arg("--help").output().ok()?;
    String::from_utf8_lossy(&help.stdout)
        .contains("--pdeathsig")
        .then_some(setpriv)
}

/// What PostgreSQL says while processes of a killed server still use its shared memory or its
/// process id.
fn blocked_by_remains(given: &[u8]) -> bool {
    let given = String::from_utf8_lossy(given);
    given.contains("pre-existing shared memory block")
        || (given.contains("lock file") && given.contains("already exists"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remains_are_distinguished_from_other_failures() {
        assert!(blocked_by_remains(
            b"FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"
        ));
        assert!(blocked_by_remains(
            b"FATAL:  lock file \"postmaster.pid\" already exists"
        ));
        assert!(!blocked_by_remains(
            b"FATAL:  could not create lock file: Permission denied"
        ));
    }
}

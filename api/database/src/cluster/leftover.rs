//! What an earlier server left behind when it, or its supervisor, was killed.
//!
//! All of this is done while holding the lock of the folder, so there is no other supervisor: a
//! server that still runs is an orphan, and a `postmaster.pid` without such a server is stale.
//! PostgreSQL itself is more careful: it takes any living process with that id for a server, be it
//! a zombie or, after a restart of the machine, a stranger.
//!
//! Removing the file loses no safety: child processes of a dead server that are still busy hold a
//! shared memory block that PostgreSQL finds by the data folder itself, and it refuses to start
//! until they are gone.

use std::{
    ffi::OsStr,
    fs,
    io::ErrorKind,
    os::unix::{ffi::OsStrExt, fs::MetadataExt},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::error::{EmbeddedError, failed_to};

/// How long an orphan gets for its fast shutdown, and again for its immediate one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Ends an orphan of this cluster, if any, and removes the stale file.
pub(super) fn clear(data: &Path) -> Result<(), EmbeddedError> {
    let file = data.join("postmaster.pid");
    let text = match fs::read(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed_to("read", &file)(error)),
    };
    // An empty or torn file holds no id, and PostgreSQL would refuse to start because of it.
    if let Some(pid) = pid_in(&text)
        && is_server_of(pid, data)
    {
        end_orphan(pid, data)?;
    }
    match fs::remove_file(&file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed_to("remove", &file)(error)),
        _ => Ok(()),
    }
}

/// Removes the socket of a dead server and the lock file beside it, which names a process id just
/// as blindly.
pub(super) fn clear_socket(folder: &Path) {
    for name in [".s.PGSQL.5432", ".s.PGSQL.5432.lock"] {
        // Where this fails, PostgreSQL tells why.
        fs::remove_file(folder.join(name)).ok();
    }
}

/// The process id in the first line.
pub(super) fn pid_in(postmaster_pid: &[u8]) -> Option<Pid> {
    let text = String::from_utf8_lossy(postmaster_pid);
    // A negative one is a server in single-user mode.
    let id = text.lines().next()?.trim().parse::<i32>().ok()?;
    Pid::from_raw(id.checked_abs()?)
}

/// Whether line 8 says that the server takes connections.
pub(super) fn says_ready(postmaster_pid: &[u8]) -> bool {
    let text = String::from_utf8_lossy(postmaster_pid);
    text.lines()
        .nth(7)
        .is_some_and(|line| line.trim() == "ready")
}

fn end_orphan(pid: Pid, data: &Path) -> Result<(), EmbeddedError> {
    tracing::warn!(
        pid = pid.as_raw_nonzero().get(),
        "ending a PostgreSQL server that outlived its owner"
    );
    for signal in [Signal::INT, Signal::QUIT] {
        kill_process(pid, signal).ok();
        let give_up = Instant::now() + PATIENCE;
        while Instant::now() < give_up {
            if !is_server_of(pid, data) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
    Err(EmbeddedError::StillRunning {
        pid: pid.as_raw_nonzero().get(),
    })
}

/// Tells the child processes of a dead server to go, which do not notice its death while they are
/// busy. They are known by their working folder; where that cannot be read (no `/proc`), there is
/// only waiting for them.
pub(super) fn end_children(data: &Path) {
    let Ok(processes) = fs::read_dir("/proc") else {
        return;
    };
    for process in processes.flatten() {
        let name = process.file_name();
        let id = name.to_str().and_then(|name| name.parse().ok());
        if let Some(pid) = id.and_then(Pid::from_raw)
            && fs::read(process.path().join("cmdline"))
                .is_ok_and(|line| line.starts_with(b"postgres: "))
            && same_folder(&process.path().join("cwd"), data)
        {
            kill_process(pid, Signal::QUIT).ok();
        }
    }
}

/// Whether that process lives and is the server of this data folder.
fn is_server_of(pid: Pid, data: &Path) -> bool {
    if test_kill_process(pid).is_err() {
        return false;
    }
    if cfg!(target_os = "linux") {
        by_proc(pid, data)
    } else {
        by_ps(pid, data)
    }
}

fn by_proc(pid: Pid, data: &Path) -> bool {
    let process = Path::new("/proc").join(pid.as_raw_nonzero().get().to_string());
    let read = |name: &str| fs::read(process.join(name)).unwrap_or_default();
    if is_zombie(&read("stat")) {
        return false;
    }
    let command_line = read("cmdline");
    let mut words = command_line.split(|byte| *byte == 0);
    if !words.next().is_some_and(is_postgres) {
        return false;
    }
    // The working folder of a server is its data folder, also when that was moved since or is
    // mounted elsewhere.
    words.any(|word| word == data.as_os_str().as_bytes()) || same_folder(&process.join("cwd"), data)
}

/// `stat` is `pid (name) state …`, and the name may hold anything.
fn is_zombie(stat: &[u8]) -> bool {
    let after_name = stat.rsplit(|byte| *byte == b')').next().unwrap_or_default();
    matches!(
        after_name.trim_ascii_start().first(),
        Some(b'Z' | b'X') | None
    )
}

fn is_postgres(program: &[u8]) -> bool {
    let name = Path::new(OsStr::from_bytes(program)).file_name();
    name == Some(OsStr::new("postgres")) || name == Some(OsStr::new("postmaster"))
}

fn same_folder(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Where there is no `/proc` (macOS).
fn by_ps(pid: Pid, data: &Path) -> bool {
    let id = pid.as_raw_nonzero().get().to_string();
    let output = Command::new("/bin/ps")
        .args(["-ww", "-o", "stat=", "-o", "command=", "-p", &id])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    output.is_ok_and(|output| line_tells_server(&output.stdout, data))
}

/// `stat command and its words`, where words may hold spaces.
fn line_tells_server(line: &[u8], data: &Path) -> bool {
    let line = line.trim_ascii();
    let data = data.as_os_str().as_bytes();
    let (state, command) =
        line.split_at(line.iter().position(|b| *b == b' ').unwrap_or(line.len()));
    let command = command.trim_ascii_start();
    let has = |wanted: &[u8]| command.windows(wanted.len()).any(|part| part == wanted);
    !state.starts_with(b"Z") && has(b"postgres") && has(&[b" -D ", data, b" "].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const READY: &[u8] = b"4711\n/x/data\n1788000000\n5432\n/x/socket\n\n  123  4\nready   \n";

    #[test]
    fn the_pid_file_is_read() {
        assert_eq!(pid_in(READY), Pid::from_raw(4711));
        assert_eq!(pid_in(b"-4711\n"), Pid::from_raw(4711));
        for torn in [&b""[..], b"\n", b"0\n", b"47x\n"] {
            assert_eq!(pid_in(torn), None);
        }
    }

    #[test]
    fn only_line_eight_makes_ready() {
        assert!(says_ready(READY));
        let starting = String::from_utf8_lossy(READY).replace("ready   ", "starting");
        assert!(!says_ready(starting.as_bytes()));
        assert!(!says_ready(b"4711\nready\n"));
    }

    #[test]
    fn zombies_are_recognised_whatever_their_name() {
        assert!(is_zombie(b"12 (postgres) Z 1 12"));
        assert!(is_zombie(b""));
        assert!(!is_zombie(b"12 (a) Z (b) S 1 12"));
    }

    #[test]
    fn a_line_of_ps_tells_a_server_of_this_folder() {
        let data = Path::new("/x y/data");
        let tells = |line: &str| line_tells_server(line.as_bytes(), data);
        assert!(tells(
            "Ss   /opt/pg/bin/postgres -D /x y/data -c port=5432\n"
        ));
        assert!(!tells(
            "Z    /opt/pg/bin/postgres -D /x y/data -c port=5432\n"
        ));
        assert!(!tells(
            "S    /opt/pg/bin/postgres -D /x y/data2 -c port=5432\n"
        ));
        assert!(!tells("S    vim /x y/data\n"));
        assert!(!tells(""));
    }

    #[test]
    fn strangers_are_no_servers() {
        let data = std::env::temp_dir();
        let ourselves = rustix::process::getpid();
        assert!(!is_server_of(ourselves, &data));
        assert!(!by_ps(ourselves, &data));
    }
}

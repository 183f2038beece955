//! The private cluster, with a real server: who may own it, and what it survives.

use std::{
    ffi::OsString,
    fs,
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use database::cluster::{Cluster, ClusterSettings, EmbeddedError, SUPERUSER};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("stm-embedded-{}-{number}", std::process::id());
        Folder(std::env::temp_dir().join(name))
    }

    fn settings(&self) -> ClusterSettings {
        ClusterSettings {
            folder: self.0.clone(),
            bin_dir: None,
            search_path: Some(OsString::from("/usr/local/bin:/usr/bin:/bin")),
            durable: false,
            fetch: false,
            max_connections: 10,
        }
    }

    fn start(&self) -> Cluster {
        Cluster::start(&self.settings()).expect("the cluster starts")
    }

    /// The first line of `postmaster.pid`.
    fn server(&self) -> Pid {
        let text = fs::read_to_string(self.0.join("data/postmaster.pid")).expect("a server runs");
        let id = text.lines().next().and_then(|line| line.parse().ok());
        id.and_then(Pid::from_raw).expect("a process id")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn socket_of(cluster: &Cluster) -> PathBuf {
    let url = cluster.url(SUPERUSER, "postgres");
    let host = url
        .split(['?', '&'])
        .find_map(|part| part.strip_prefix("host="));
    Path::new(host.expect("the URL names the socket")).join(".s.PGSQL.5432")
}

/// Logs in by hand: a start-up packet of protocol 3.0, answered by `R` (authenticated) when all is
/// well.
fn takes_connections(cluster: &Cluster) -> bool {
    let names = format!("user\0{SUPERUSER}\0database\0postgres\0\0");
    let length = u32::try_from(names.len() + 8).expect("short");
    let packet = [&length.to_be_bytes()[..], &[0, 3, 0, 0], names.as_bytes()].concat();
    let mut answer = [0; 9];
    let mut socket = UnixStream::connect(socket_of(cluster)).expect("the socket is there");
    socket.write_all(&packet).expect("the server reads");
    socket.read_exact(&mut answer).expect("the server answers");
    answer == [b'R', 0, 0, 0, 8, 0, 0, 0, 0]
}

/// Waits until the process is gone and reaped.
fn is_gone(pid: Pid) -> bool {
    let give_up = Instant::now() + Duration::from_secs(10);
    while test_kill_process(pid).is_ok() {
        if Instant::now() > give_up {
            return false;
        }
        std::thread::yield_now();
    }
    true
}

#[test]
fn a_new_cluster_takes_connections_and_leaves_nothing_behind() {
    let folder = Folder::new();
    let cluster = folder.start();
    let (server, socket) = (folder.server(), socket_of(&cluster));
    assert!(cluster.version() >= 15);
    assert!(takes_connections(&cluster));

    cluster.stop().expect("the cluster stops");

    assert!(test_kill_process(server).is_err(), "the server still runs");
    assert!(!socket.exists());
    assert!(!folder.0.join("data/postmaster.pid").exists());
}

#[test]
fn a_dropped_cluster_stops() {
    let folder = Folder::new();
    let cluster = folder.start();
    let server = folder.server();
    drop(cluster);
    assert!(test_kill_process(server).is_err(), "the server still runs");
}

#[test]
fn a_second_owner_is_refused_by_the_name_of_the_folder() {
    let folder = Folder::new();
    let first = folder.start();
    let refusal = Cluster::start(&folder.settings()).expect_err("the folder is taken");
    assert!(matches!(refusal, EmbeddedError::InUse { .. }));
    let name = folder.0.file_name().expect("a name").to_string_lossy();
    assert!(refusal.to_string().contains(&*name), "{refusal}");
    assert!(takes_connections(&first), "the first owner was disturbed");
    first.stop().expect("the cluster stops");
    folder.start().stop().expect("the folder is free again");
}

#[test]
fn a_killed_server_starts_again() {
    let folder = Folder::new();
    let cluster = folder.start();
    let killed = folder.server();
    kill_process(killed, Signal::KILL).expect("it was running");
    drop(cluster);
    let cluster = folder.start();
    assert_ne!(folder.server(), killed);
    assert!(takes_connections(&cluster));
}

#[test]
fn an_orphan_is_ended_by_the_next_owner() {
    let folder = Folder::new();
    let cluster = folder.start();
    let orphan = folder.server();
    // An owner killed so hard that its server outlived it: nobody holds the lock, and the server
    // runs.
    fs::remove_file(folder.0.join("lock")).expect("there is a lock");
    let next = folder.start();
    assert!(is_gone(orphan));
    assert!(takes_connections(&next));
    next.stop().expect("the cluster stops");
    drop(cluster);
}

#[test]
fn the_pid_of_a_stranger_is_stale() {
    let folder = Folder::new();
    folder.start().stop().expect("the cluster stops");
    let stranger = std::process::id();
    let file = folder.0.join("data/postmaster.pid");
    fs::write(
        &file,
        format!("{stranger}\n/x\n0\n5432\n/x\n\n0 0\nready\n"),
    )
    .expect("writable");
    assert!(takes_connections(&folder.start()));
}

#[test]
fn an_interrupted_beginning_is_begun_anew() {
    let folder = Folder::new();
    fs::create_dir_all(folder.0.join("data.new-1/base")).expect("writable");
    assert!(takes_connections(&folder.start()));
    assert!(!folder.0.join("data.new-1").exists());
}

#[test]
fn a_cluster_of_another_version_is_refused_with_both_versions() {
    let folder = Folder::new();
    fs::create_dir_all(folder.0.join("data")).expect("writable");
    fs::write(folder.0.join("data/PG_VERSION"), "9\n").expect("writable");
    let refusal = Cluster::start(&folder.settings()).expect_err("no PostgreSQL 9 here");
    assert!(
        matches!(refusal, EmbeddedError::OtherMajor { made_by: 9, .. }),
        "{refusal}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_does_not_inherit_the_lock() {
    let folder = Folder::new();
    let _cluster = folder.start();
    let lock = folder.0.join("lock");
    let files = format!("/proc/{}/fd", folder.server().as_raw_nonzero());
    let open: Vec<PathBuf> = fs::read_dir(files)
        .expect("we may look")
        .filter_map(|file| fs::read_link(file.ok()?.path()).ok())
        .collect();
    assert!(open.contains(&folder.0.join("postgres.log")), "{open:?}");
    assert!(!open.contains(&lock), "{open:?}");
}

//! The address that the service takes, before anything else is done: a port of the machine, by name
//! or number, or a socket.

use std::{
    fs,
    io::{self, ErrorKind},
    net::TcpListener,
    os::unix::{
        fs::{FileTypeExt as _, PermissionsExt as _},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::config::Listen;
use transport::Listener;

/// How long a killed process may hold on to its address.
const LET_GO: Duration = Duration::from_secs(2);
/// Who may connect to a socket: its owner and its group, to which a proxy before it belongs.
const SOCKET_MODE: u32 = 0o660;

/// An address that was taken.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) listener: Listener,
    /// As it is set in `STM_LISTEN`, with the port that was free.
    pub(super) address: String,
    pub(super) file: SocketFile,
}

/// The file of a socket, which goes when this does; none of a port.
#[derive(Debug)]
pub(super) struct SocketFile(Option<PathBuf>);

impl Drop for SocketFile {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Whatever is left is cleared up by the next start.
            fs::remove_file(path).ok();
        }
    }
}

/// Takes the address; waits a moment for a process that has just been killed to let go of it.
pub(super) async fn open(listen: &Listen) -> io::Result<Bound> {
    let began = Instant::now();
    loop {
        match bind(listen) {
            Err(error) if error.kind() == ErrorKind::AddrInUse && began.elapsed() < LET_GO => {
                tokio::time::sleep(LET_GO / 20).await;
            }
            bound => return bound,
        }
    }
}

fn bind(listen: &Listen) -> io::Result<Bound> {
    match listen {
        Listen::Tcp { host, port } => {
            let listener = TcpListener::bind((host.as_str(), *port))?;
            Ok(Bound {
                address: listener.local_addr()?.to_string(),
                listener: Listener::Tcp(listener),
                file: SocketFile(None),
            })
        }
        Listen::Unix(path) => {
            let listener = bind_socket(path)?;
            let file = SocketFile(Some(path.clone()));
            fs::set_permissions(path, fs::Permissions::from_mode(SOCKET_MODE))?;
            Ok(Bound {
                listener: Listener::Unix(listener),
                address: listen.to_string(),
                file,
            })
        }
    }
}

/// Binds a socket, in the place of one that a killed process left behind and nobody answers at.
fn bind_socket(path: &Path) -> io::Result<UnixListener> {
    match UnixListener::bind(path) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let is_socket = fs::symlink_metadata(path)?.file_type().is_socket();
            let is_left = UnixStream::connect(path)
                .is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused);
            if !is_socket || !is_left {
                return Err(error);
            }
            fs::remove_file(path)?;
            UnixListener::bind(path)
        }
        bound => bound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(host: &str) -> Listen {
        Listen::Tcp {
            host: host.to_owned(),
            port: 0,
        }
    }

    #[test]
    fn a_name_and_an_address_are_bound_at_a_free_port() {
        for host in ["localhost", "127.0.0.1"] {
            let bound = bind(&tcp(host)).unwrap();
            let (_, port) = bound.address.rsplit_once(':').unwrap();
            assert_ne!(port, "0", "{}", bound.address);
        }
        assert!(bind(&tcp("no-such-machine.invalid")).is_err());
    }

    #[test]
    fn a_socket_takes_the_place_of_one_that_nobody_answers_at() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stm.sock");
        let listen = Listen::Unix(path.clone());
        let first = bind(&listen).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, SOCKET_MODE);
        assert_eq!(bind(&listen).unwrap_err().kind(), ErrorKind::AddrInUse);
        // A process that is killed leaves its file behind.
        let Bound { listener, file, .. } = first;
        drop(listener);
        std::mem::forget(file);
        let second = bind(&listen).unwrap();
        drop(second);
        assert!(!path.exists());
        fs::write(&path, "somebody else's").unwrap();
        assert_eq!(bind(&listen).unwrap_err().kind(), ErrorKind::AddrInUse);
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody else's");
    }
}

//! `stm health`: asks a running service whether it is well. So a container needs no other program
//! for that.

use std::{
    io::{self, BufRead as _, BufReader, Read, Write},
    net::{TcpStream, ToSocketAddrs as _},
    os::unix::net::UnixStream,
    process::ExitCode,
    time::{Duration, Instant},
};

use super::CliError;

/// How long the whole question may take.
const PATIENCE: Duration = Duration::from_secs(8);
/// The longest first line of an answer that is read.
const LONGEST_LINE: u64 = 1024;

/// Why the service is not known to be well.
#[derive(Debug, thiserror::Error)]
pub(super) enum HealthError {
    #[error(
        "the address to ask is not like http://127.0.0.1:8080/health/ready or \
         unix:/run/stm/stm.sock"
    )]
    Url,
    #[error("{authority} does not answer")]
    Silent {
        authority: String,
        #[source]
        source: io::Error,
    },
    #[error("the answer is {0:?}")]
    Unwell(String),
}

/// Asks, and is silent when all is well.
pub(super) fn run(url: &str) -> Result<ExitCode, CliError> {
    let (authority, answer) = match url.strip_prefix("unix:") {
        Some(socket) => (url.to_owned(), ask_socket(socket)),
        None => {
            let (authority, path) = parts(url).ok_or(HealthError::Url)?;
            let answer = ask(&authority, &path);
            (authority, answer)
        }
    };
    let status = answer.map_err(|source| HealthError::Silent { authority, source })?;
    let is_well = status.strip_prefix("HTTP/1.1 2").is_some_and(|rest| {
        rest.as_bytes()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
            == 2
    });
    if is_well {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(HealthError::Unwell(status).into())
    }
}

/// Host with port, and path, of a plain URL.
fn parts(url: &str) -> Option<(String, String)> {
    let rest = url.strip_prefix("http://")?;
    if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (host, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let has_port = host
        .rsplit_once(':')
        .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    match host {
        "" => None,
        _ if has_port => Some((host.to_owned(), path.to_owned())),
        _ => Some((format!("{host}:80"), path.to_owned())),
    }
}

/// The first line of the answer.
fn ask(authority: &str, path: &str) -> io::Result<String> {
    let give_up = Instant::now() + PATIENCE;
    // Never zero: that would be no limit at all.
    let left = || {
        give_up
            .saturating_duration_since(Instant::now())
            .max(Duration::from_millis(1))
    };
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for address in authority.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, left()) {
            Ok(stream) => {
                stream.set_write_timeout(Some(left()))?;
                stream.set_read_timeout(Some(left()))?;
                return first_line(stream, authority, path);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The same of a service at a socket of this machine.
fn ask_socket(socket: &str) -> io::Result<String> {
    let stream = UnixStream::connect(socket)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    first_line(stream, "localhost", "/health/ready")
}

fn first_line(mut stream: impl Read + Write, host: &str, path: &str) -> io::Result<String> {
    // In one piece: a server may answer the first and close.
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream.take(LONGEST_LINE)).read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    #[test]
    fn an_address_has_a_host_a_port_and_a_path() {
        let of = |url: &str| parts(url).map(|(authority, path)| format!("{authority} {path}"));
        assert_eq!(
            of("http://127.0.0.1:8080/health/ready").unwrap(),
            "127.0.0.1:8080 /health/ready"
        );
        assert_eq!(of("http://db").unwrap(), "db:80 /");
        assert_eq!(of("http://[::1]:81/x?y=1").unwrap(), "[::1]:81 /x?y=1");
        for wrong in [
            "https://db/",
            "db:80",
            "http://",
            "http:///x",
            "http://db/a b",
        ] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_2xx_is_well() {
        let answered = |answer: &'static str| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let server = thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut question = [0; 256];
                assert!(stream.read(&mut question).unwrap() > 0);
                stream.write_all(answer.as_bytes()).unwrap();
            });
            let well = run(&format!("http://{address}/health/ready")).is_ok();
            server.join().unwrap();
            well
        };
        assert!(answered("HTTP/1.1 200 OK\r\n\r\n"));
        assert!(answered("HTTP/1.1 204 No Content\r\n\r\n"));
        assert!(!answered("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
        assert!(!answered(""));
    }

    #[test]
    fn a_service_at_a_socket_answers_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stm.sock");
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut question = [0; 256];
            let length = stream.read(&mut question).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            String::from_utf8(question[..length].to_vec()).unwrap()
        });
        assert!(run(&format!("unix:{}", path.display())).is_ok());
        let question = server.join().unwrap();
        assert!(
            question.starts_with("GET /health/ready HTTP/1.1\r\n"),
            "{question}"
        );
        assert!(run("unix:/nowhere/stm.sock").is_err());
    }
}

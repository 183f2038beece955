//! The address that the service takes requests at, the one that its users know, the threads that
//! answer there, and the connections to Postgres with the address of that.

use std::{
    fmt,
    net::{Ipv6Addr, SocketAddr},
    num::NonZeroUsize,
    path::PathBuf,
    thread,
};

use domain::mistake::did_you_mean;
use reqwest::Url;
use sea_orm::sqlx::postgres::PgConnectOptions;
use secrecy::{ExposeSecret as _, SecretString};

use super::Config;

/// The longest path of a socket that every Unix takes, in bytes.
const LONGEST_SOCKET: usize = 100;
/// What goes before the path of a socket.
const UNIX: &str = "unix:";

/// The fewest connections to Postgres when no number is set.
const SMALLEST_USUAL_POOL: u16 = 4;

/// The most connections that one instance may be given.
const LARGEST_POOL: u16 = 200;

/// The most threads that may answer.
const MOST_WORKERS: u16 = 256;

/// What may stand behind the question mark of the address of a database, as the driver reads it;
/// what is none of these it would pass over, and connect without.
const PARAMETERS: [&str; 13] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "statement-cache-capacity",
];

/// Where the service takes requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// At a port of this machine; port 0 is any free one.
    Tcp {
        /// Its name, or its IP address without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// At a socket, which only this machine reaches.
    Unix(PathBuf),
}

impl Default for Listen {
    fn default() -> Self {
        Self::Tcp {
            host: "127.0.0.1".to_owned(),
            port: 8080,
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp { host, port } => write!(f, "{host}:{port}"),
            Self::Unix(path) => write!(f, "{UNIX}{}", path.display()),
        }
    }
}

impl Config {
    /// The address of the service for its users where one is set, without a slash at the end.
    #[must_use]
    pub fn known_as(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// The address of the service for its users, without a slash at the end. Unless it is set, it
    /// follows from the address that the service got, as in `127.0.0.1:8080`.
    #[must_use]
    pub fn public_url(&self, bound: &str) -> String {
        match (&self.public_url, bound.parse::<SocketAddr>()) {
            (Some(url), _) => url.clone(),
            // Any address of this machine, so also this one; 0.0.0.0 is no address to go to.
            (None, Ok(bound)) if bound.ip().is_unspecified() => {
                format!("http://localhost:{}", bound.port())
            }
            (None, _) if bound.starts_with(UNIX) => "http://localhost".to_owned(),
            (None, _) => format!("http://{bound}"),
        }
    }
}

pub(super) fn listen(text: &str) -> Result<Listen, String> {
    if let Some(path) = text.strip_prefix(UNIX) {
        if path.starts_with('/') && path.len() <= LONGEST_SOCKET {
            return Ok(Listen::Unix(PathBuf::from(path)));
        }
        return Err(format!(
            "not a whole path of at most {LONGEST_SOCKET} bytes, like unix:/run/stm/stm.sock"
        ));
    }
    let split = || {
        let (host, port) = text.rsplit_once(':')?;
        let is_named = |host: &&str| {
            let is_fit = |b: u8| b.is_ascii_alphanumeric() || b".-".contains(&b);
            !host.is_empty() && host.bytes().all(is_fit)
        };
        let host = match host.strip_prefix('[') {
            Some(rest) => {
                let address = rest.strip_suffix(']')?;
                address.parse::<Ipv6Addr>().is_ok().then_some(address)?
            }
            None => Some(host).filter(is_named)?,
        };
        Some(Listen::Tcp {
            host: host.to_owned(),
            port: port.parse().ok()?,
        })
    };
    split().ok_or_else(|| {
        "not a host and a port of 0 to 65535, like 127.0.0.1:8080, localhost:8080 or [::1]:8080, \
         nor a socket, like unix:/run/stm/stm.sock"
            .to_owned()
    })
}

pub(super) fn public_url(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        Some(_) | None => Err("not an address like https://monitor.example.nl".to_owned()),
    }
}

/// The address of a service, to which paths are added. A login in it would stand in the open.
pub(super) fn service_url(text: &str) -> Result<String, String> {
    if text.contains(['@', '?', '#']) {
        return Err(
            "not an address like https://monitor.example.nl, without a login and without ? and #"
                .to_owned(),
        );
    }
    public_url(text)
}

/// Whether a text is the address of a database. It holds a password, so nothing of it is repeated.
pub(super) fn database_url(text: &str) -> Result<(), String> {
    if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
        return Err("is no address of a PostgreSQL database: \
             postgres://user:password@host:5432/database"
            .to_owned());
    }
    let unreadable = || {
        "cannot be read as an address: its port is a number, its sslmode one of PostgreSQL, and of \
         user and password each / ? # @ : and % is written by its code, as in %2F"
            .to_owned()
    };
    let url = Url::parse(text).map_err(|_| unreadable())?;
    // A password that holds / or # ends the host too early, and its rest stands elsewhere.
    if url.path().contains('@') || url.fragment().is_some() {
        return Err(unreadable());
    }
    let is_known = |name: &str| PARAMETERS.contains(&name) || name.starts_with("options[");
    let names = url.query_pairs();
    let mut strange = names.filter(|(name, _)| !is_known(name));
    if let Some((name, _)) = strange.next() {
        let near = did_you_mean(&name, PARAMETERS.into_iter());
        let what = if near.is_empty() {
            format!("it may be {}", PARAMETERS.join(", "))
        } else {
            format!("did you mean {}?", near.join(" or "))
        };
        return Err(format!(
            "has something behind its question mark that is no setting; {what}"
        ));
    }
    let read: Result<PgConnectOptions, _> = text.parse();
    read.map_err(|_| unreadable()).map(drop)
}

/// The address of a database for people, without what may be a password: all that stands between the
/// colon behind the login and its @, and everything behind a question mark.
pub(super) fn without_secrets(address: &SecretString) -> String {
    let Ok(url) = Url::parse(address.expose_secret()) else {
        return "…".to_owned();
    };
    let login = match url.username() {
        "" => String::new(),
        login => format!("{login}:…@"),
    };
    let port = url.port().map(|port| format!(":{port}"));
    format!(
        "postgres://{login}{}{}{}",
        url.host_str().unwrap_or_default(),
        port.unwrap_or_default(),
        url.path()
    )
}

pub(super) fn pool(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(connections) if (1..=LARGEST_POOL).contains(&connections) => Ok(connections),
        Ok(_) | Err(_) => Err(format!(
            "not a number of connections from 1 to {LARGEST_POOL}"
        )),
    }
}

pub(super) fn workers(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(threads) if (1..=MOST_WORKERS).contains(&threads) => Ok(threads),
        Ok(_) | Err(_) => Err(format!("not a number of threads from 1 to {MOST_WORKERS}")),
    }
}

/// Threads that answer when no number is set: as many as the cores that the machine, or the
/// container, gives this process.
pub(super) fn usual_workers() -> u16 {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    u16::try_from(cores).map_or(MOST_WORKERS, |cores| cores.min(MOST_WORKERS))
}

/// Connections to Postgres when no number is set: two for each thread that answers. Each holds the
/// plans of its statements, so more of them take turns at what a processor remembers, and answer no
/// more requests.
pub(super) fn usual_pool(workers: u16) -> u16 {
    let pool = workers.saturating_mul(2);
    pool.clamp(SMALLEST_USUAL_POOL, LARGEST_POOL)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            ConfigError, Task,
            tests::{config, wrong},
        },
        *,
    };

    #[test]
    fn threads_are_as_many_as_cores_unless_set() {
        let workers = |text| {
            config(Task::Serve, [("STM_WORKERS", text)])
                .unwrap()
                .workers
        };
        assert_eq!((workers("1"), workers("256")), (1, 256));
        for text in ["0", "257", "-1", "2.5", "two"] {
            assert_eq!(wrong(Task::Serve, [("STM_WORKERS", text)]), ["STM_WORKERS"]);
        }
        let cores = thread::available_parallelism().unwrap().get();
        let usual = config(Task::Serve, []).unwrap().workers;
        assert_eq!(usize::from(usual), cores.min(usize::from(MOST_WORKERS)));
    }

    #[test]
    fn connections_are_two_for_each_thread_unless_set() {
        let pool = |workers| {
            config(Task::Serve, [("STM_WORKERS", workers)])
                .unwrap()
                .pool
        };
        let usual = ["1", "2", "3", "100", "256"].map(pool);
        assert_eq!(usual, [4, 4, 6, 200, 200]);
        let set = [("STM_WORKERS", "3"), ("STM_POOL", "20")];
        assert_eq!(config(Task::Serve, set).unwrap().pool, 20);
    }

    #[test]
    fn the_public_address_can_be_gone_to() {
        let bound = |address: &str| config(Task::Serve, []).unwrap().public_url(address);
        assert_eq!(bound("127.0.0.1:4711"), "http://127.0.0.1:4711");
        assert_eq!(bound("0.0.0.0:80"), "http://localhost:80");
        assert_eq!(bound("[::1]:80"), "http://[::1]:80");
        assert_eq!(bound("[::]:80"), "http://localhost:80");
        assert_eq!(bound("monitor:80"), "http://monitor:80");
        assert_eq!(bound("unix:/run/stm.sock"), "http://localhost");
        let set = config(
            Task::Serve,
            [("STM_PUBLIC_URL", "https://monitor.example.nl/")],
        )
        .unwrap();
        assert_eq!(set.public_url("[::1]:80"), "https://monitor.example.nl");
    }

    #[test]
    fn no_address_of_a_service_holds_a_login() {
        for name in ["STM_PUBLIC_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"] {
            for text in [
                "https://stm:hush@example.nl",
                "http://example.nl:4318?key=hush",
                "http://example.nl/#hush",
            ] {
                let ConfigError(problems) = config(Task::Serve, [(name, text)]).unwrap_err();
                assert_eq!(problems[0].name, name);
                assert!(!problems[0].what.contains("hush"), "{}", problems[0]);
            }
            assert!(config(Task::Serve, [(name, "http://example.nl:4318/x")]).is_ok());
        }
    }

    #[test]
    fn the_address_of_a_database_is_read_as_the_driver_reads_it() {
        for right in [
            "postgres://stm_app:hush@db:5432/stm",
            "postgresql://stm_app:hu%2Fsh@[::1]/stm?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            "postgres:///stm?host=/run/postgresql&user=stm_app",
        ] {
            assert_eq!(database_url(right), Ok(()), "{right}");
        }
        for (wrong, expected) in [
            (
                "postgres://stm_app:hush@db:port/stm",
                "its port is a number",
            ),
            (
                "postgres://stm_app:hush@db:70000/stm",
                "its port is a number",
            ),
            ("postgres://stm_app:hush/x@db/stm", "as in %2F"),
            ("postgres://stm_app:12/hush@db/stm", "as in %2F"),
            ("postgres://stm_app:12#hush@db/stm", "as in %2F"),
            (
                "postgres://stm_app:hush@db/stm?sslmode=hush",
                "its sslmode one of PostgreSQL",
            ),
            (
                "postgres://stm_app@db/stm?sslmod=hush",
                "did you mean sslmode?",
            ),
            (
                "postgres://stm_app@db/stm?key=hush",
                "is no setting; it may be sslmode, ",
            ),
        ] {
            let what = database_url(wrong).unwrap_err();
            assert!(what.contains(expected) && !what.contains("hush"), "{what}");
            let ConfigError(problems) =
                config(Task::Import, [("DATABASE_URL", wrong)]).unwrap_err();
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(
                (problems[0].name.as_str(), &problems[0].what),
                ("DATABASE_URL", &what)
            );
        }
    }

    #[test]
    fn no_part_of_a_password_is_taken_for_a_place() {
        for (address, shown) in [
            ("postgres://db/stm", "postgres://db/stm"),
            ("postgres://db/stm?password=hush", "postgres://db/stm"),
            (
                "postgres://a:hu@sh@db:6432/stm",
                "postgres://a:…@db:6432/stm",
            ),
            ("postgresql:///stm?user=a&password=b@c", "postgres:///stm"),
            ("postgres://a:hu/sh@db/stm", "…"),
        ] {
            assert_eq!(without_secrets(&address.to_owned().into()), shown);
        }
    }

    #[test]
    fn requests_are_taken_at_a_name_an_address_or_a_socket() {
        let listening = |text| config(Task::Serve, [("STM_LISTEN", text)]).unwrap().listen;
        for text in [
            "127.0.0.1:8080",
            "localhost:0",
            "monitor.example.nl:80",
            "[::1]:8080",
            "[::]:65535",
            "unix:/run/stm/stm.sock",
        ] {
            assert_eq!(listening(text).to_string(), text);
        }
        let v6 = Listen::Tcp {
            host: "::1".to_owned(),
            port: 80,
        };
        assert_eq!(listening("[::1]:80"), v6);
        let long = format!("unix:/{}", "a".repeat(100));
        for text in [
            "localhost",
            ":8080",
            "::1:8080",
            "[::1]",
            "[localhost]:80",
            "localhost:65536",
            "http://localhost:80",
            "unix:stm.sock",
            &long,
        ] {
            assert_eq!(
                wrong(Task::Serve, [("STM_LISTEN", text)]),
                ["STM_LISTEN"],
                "{text}"
            );
        }
    }
}

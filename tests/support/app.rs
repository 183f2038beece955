//! The service as it runs, on a port of its own.

use std::{net::TcpListener, num::NonZeroU32, sync::mpsc, thread};

use api::config;
use auth::{Issuer, Issuers, PseudonymKey};
use chrono::{DateTime, TimeZone as _, Utc};
use database::{Database, roles};
use domain::{clock::Clock, publication::publisher::Publisher};
use transport::{self, Drain, TrustedDocuments, limits::Limits};

use crate::{
    Client, TestDatabase,
    database::{UNWALLED, wait},
    tokens,
};

/// Connections to Postgres, as an instance has them by default.
const CONNECTIONS: u32 = 8;

/// A running service with its own database and its own clock.
#[derive(Debug)]
pub struct App {
    /// The clock that the service reads.
    pub clock: Clock,
    /// Its database.
    pub database: TestDatabase,
    instance: Instance,
}

/// One process of the service, as a balancer would have several of.
#[derive(Debug)]
pub struct Instance {
    address: String,
    server: actix_web::dev::ServerHandle,
    drain: Drain,
    thread: Option<thread::JoinHandle<()>>,
}

/// Sunday 22 November 2026 at noon, UTC: the instant at which the clock of every test stands first.
#[must_use]
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0)
        .single()
        .expect("one instant")
}

/// Starts the service with the real data, logged in as the application's role. It trusts the
/// development issuer.
#[must_use]
pub fn spawn_app() -> App {
    spawn(vec![tokens::issuer()])
}

/// Starts the service with issuers as an operator configures them (`STM_ISSUERS`), and no other.
///
/// # Panics
/// When the configuration has mistakes.
#[must_use]
pub fn spawn_app_trusting(toml: &str) -> App {
    let settings = config::issuers_of(toml).expect("issuers without mistakes");
    let issuers = settings
        .into_iter()
        .map(|settings| Issuer::new(settings).expect("a client for https"))
        .collect();
    spawn(issuers)
}

/// Starts the service with a login that row-level security does not bind, so that the first wall,
/// the policy in the program, stands alone. `serve` would refuse such a login.
#[must_use]
pub fn spawn_app_without_second_wall() -> App {
    spawn_as(
        UNWALLED,
        TestDatabase::with_data(),
        vec![tokens::issuer()],
        as_often_as_tests_ask,
    )
}

/// Starts the service on a database that the test has furnished itself.
#[must_use]
pub fn spawn_app_on(database: TestDatabase) -> App {
    let issuers = vec![tokens::issuer()];
    spawn_as(roles::APP, database, issuers, as_often_as_tests_ask)
}

/// Starts the service with one connection to its database: whatever needs a second one while it
/// holds the first is not answered.
#[must_use]
pub fn spawn_app_with_one_connection() -> App {
    let database = TestDatabase::with_data();
    let issuers = vec![tokens::issuer()];
    spawn_with(roles::APP, (database, 1), issuers, as_often_as_tests_ask)
}

/// Starts the service with other limits, and with trusted documents.
#[must_use]
pub fn spawn_app_limited(limits: Limits, documents: TrustedDocuments) -> App {
    let (database, issuers) = (TestDatabase::with_data(), vec![tokens::issuer()]);
    spawn_as(roles::APP, database, issuers, |app| {
        app.limited(limits).trusting(documents)
    })
}

/// Starts the service of a publisher (the table `[publisher]` of the settings), known to its users
/// by an address.
#[must_use]
pub fn spawn_app_published_by(publisher: Publisher, address: &str) -> App {
    let (database, issuers) = (TestDatabase::with_data(), vec![tokens::issuer()]);
    let address = address.to_owned();
    spawn_as(roles::APP, database, issuers, move |app| {
        as_often_as_tests_ask(app)
            .known_as(Some(&address))
            .published_by(publisher)
    })
}

/// Starts the service as somebody tries it out: whoever opens the workplace chooses a role.
#[must_use]
pub fn spawn_app_trying_out() -> App {
    spawn_app_trying_out_limited(often())
}

/// The same within these limits.
#[must_use]
pub fn spawn_app_trying_out_limited(limits: Limits) -> App {
    let (database, issuers) = (TestDatabase::with_data(), vec![tokens::issuer()]);
    spawn_as(roles::APP, database, issuers, |app| {
        app.limited(limits)
            .trying_out(Some(tokens::dev_issuer_again()))
    })
}

/// Starts the same on a database that the test has furnished itself.
#[must_use]
pub fn spawn_app_trying_out_on(database: TestDatabase) -> App {
    spawn_as(roles::APP, database, vec![tokens::issuer()], |app| {
        as_often_as_tests_ask(app).trying_out(Some(tokens::dev_issuer_again()))
    })
}

/// Starts the service with a collector of traces.
#[must_use]
pub fn spawn_app_traced(collector: String) -> App {
    let (database, issuers) = (TestDatabase::with_data(), vec![tokens::issuer()]);
    spawn_as(roles::APP, database, issuers, |app| {
        app.tracing_to(collector)
    })
}

fn spawn(issuers: Vec<Issuer>) -> App {
    let database = TestDatabase::with_data();
    spawn_as(roles::APP, database, issuers, as_often_as_tests_ask)
}

/// Tests ask from one address, more often than one client may; the rates are counted and told as
/// they are in production.
fn as_often_as_tests_ask(app: transport::App) -> transport::App {
    app.limited(often())
}

fn often() -> Limits {
    let often = const { NonZeroU32::new(100_000).unwrap() };
    Limits {
        public_per_minute: often,
        signed_in_per_minute: often,
        ..Limits::default()
    }
}

fn spawn_as(
    login: &str,
    database: TestDatabase,
    issuers: Vec<Issuer>,
    set: impl FnOnce(transport::App) -> transport::App + Send + 'static,
) -> App {
    spawn_with(login, (database, CONNECTIONS), issuers, set)
}

fn spawn_with(
    login: &str,
    (database, connections): (TestDatabase, u32),
    issuers: Vec<Issuer>,
    set: impl FnOnce(transport::App) -> transport::App + Send + 'static,
) -> App {
    let clock = Clock::settable(noon());
    let url = database.url(login);
    let instance = Instance::start(url, clock.clone(), issuers, connections, set);
    App {
        clock,
        database,
        instance,
    }
}

impl Instance {
    fn start(
        url: String,
        clock: Clock,
        issuers: Vec<Issuer>,
        connections: u32,
        set: impl FnOnce(transport::App) -> transport::App + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, receiver) = mpsc::channel();
        let thread = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let db = Database::connect(&url, connections, clock)
                    .await
                    .expect("the application connects");
                let issuers = Issuers::new(issuers, tokens::LONGEST_LIFETIME);
                issuers.prepare(db.clock()).await;
                let app = transport::App::new(db, issuers, PseudonymKey::from_bytes(&[7; 32]));
                let app = set(app);
                let drain = app.drain();
                let server = transport::serve(listener, app).expect("the service starts");
                sender
                    .send((server.handle(), drain))
                    .expect("the test waits");
                server.run().await.expect("the service ends well");
            });
        });
        let (server, drain) = receiver.recv().expect("the service starts");
        Self {
            address,
            server,
            drain,
            thread: Some(thread),
        }
    }

    /// Its address, without a slash at its end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A client of it without a token.
    #[must_use]
    pub fn public(&self) -> Client {
        Client::new(self.address(), None)
    }

    /// A client of it with a token.
    #[must_use]
    pub fn with(&self, token: &str) -> Client {
        Client::new(self.address(), Some(token))
    }
}

impl App {
    /// The address of the service, without a slash at its end.
    #[must_use]
    pub fn address(&self) -> &str {
        self.instance.address()
    }

    /// A second instance of the service on the same database and clock.
    #[must_use]
    pub fn beside(&self) -> Instance {
        self.another(as_often_as_tests_ask)
    }

    /// A second instance of the service on the same database, with a clock of its own.
    #[must_use]
    pub fn beside_with(&self, clock: &Clock) -> Instance {
        self.another_with(clock.clone(), as_often_as_tests_ask)
    }

    /// One more instance whose operator told it by which address its users know it
    /// (`STM_PUBLIC_URL`).
    #[must_use]
    pub fn beside_known_as(&self, address: &str) -> Instance {
        let address = address.to_owned();
        self.another(move |app| as_often_as_tests_ask(app).known_as(Some(&address)))
    }

    /// One more instance behind one proxy of the operator's own (`STM_PROXIES`).
    #[must_use]
    pub fn beside_behind_a_proxy(&self) -> Instance {
        self.another(|app| {
            app.limited(Limits {
                proxies: 1,
                ..often()
            })
        })
    }

    fn another(
        &self,
        set: impl FnOnce(transport::App) -> transport::App + Send + 'static,
    ) -> Instance {
        self.another_with(self.clock.clone(), set)
    }

    fn another_with(
        &self,
        clock: Clock,
        set: impl FnOnce(transport::App) -> transport::App + Send + 'static,
    ) -> Instance {
        Instance::start(
            self.database.url(roles::APP),
            clock,
            vec![tokens::issuer()],
            CONNECTIONS,
            set,
        )
    }

    /// Stops the service in order, as a signal does.
    pub async fn drain(&self) {
        self.instance.drain.stop(&self.instance.server).await;
    }

    /// A client without a token.
    #[must_use]
    pub fn public(&self) -> Client {
        self.instance.public()
    }

    /// A client with a token.
    #[must_use]
    pub fn with(&self, token: &str) -> Client {
        self.instance.with(token)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        wait(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !thread::panicking() {
                ended.expect("the service ends well");
            }
        }
    }
}

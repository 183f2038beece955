//! HTTP: routes, and what is the same for every answer.
//!
//! Each surface has its own file; what it may be asked is told there. GraphQL comes by
//! `graphql_http` and by `socket`, and both hand it to `operation`, which asks the [`schema`]; what
//! has more than one answer is a `stream`, over a socket or as `events`. Limits that protect the
//! process: slow headers are cut by the server, slow and large bodies by `body`, dangerous
//! documents by `gate`, frequent callers by `rate`.

// The compiler lays out the future of a query through every field that may be asked in it.
#![recursion_limit = "256"]

mod accept;
mod actor;
mod address;
mod admission;
mod answer_sheet;
mod atom;
mod body;
mod calendar;
mod caller;
mod catalog;
mod cors;
mod csvw;
mod deadlines;
mod docs;
mod drain;
mod edition;
mod events;
mod exchange;
mod feed_downloads;
mod feed_files;
mod feed_list;
mod gate;
mod graphql_http;
mod graphql_request;
mod head;
mod health;
mod introspection;
mod kept;
pub mod limits;
mod lookup;
mod machines;
mod metrics;
mod odata;
mod operation;
mod pages;
mod pbids;
mod pictures;
mod prepared;
mod problem;
mod publications;
mod rate;
mod receipt_page;
mod receipts;
mod redirect;
mod refusal;
mod request_log;
pub mod schema;
mod server;
mod shape;
mod site;
mod socket;
mod spans;
mod stream;
mod trace;
mod trusted;
mod upgrade;
mod version;

use std::{future::ready, net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App as ActixApp,
    dev::{Server, ServerHandle, Service as _, ServiceResponse},
    http::{
        ConnectionType,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Compress,
    web,
};

use futures_util::future::Either;
use tokio::{sync::oneshot, task::JoinHandle};

pub use self::{
    drain::Drain,
    trusted::{TrustedDocuments, TrustedDocumentsError},
    version::NEVER_KEPT,
};
use self::{
    edition::edition_of, introspection::Memory, kept::KeptAnswers, metrics::Metrics,
    prepared::PreparedOperations, rate::Rates, request_log::UnderWay, socket::Sockets,
    spans::Spans,
};
use crate::{limits::Limits, schema::ApiSchema};
use auth::{Issuers, PseudonymKey};
use compliance::release;
use database::Database;
use domain::publication::publisher::Publisher;
use feeds::file::room::Room;
use ledger::listen::Heads;

/// How often callers that ask no more are forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// Threads that answer, unless set.
const WORKERS: u16 = 2;
/// How long the last spans may take to be sent.
const LAST_SPANS: Duration = Duration::from_secs(2);

/// What all requests share.
#[derive(Clone)]
pub struct App {
    db: Database,
    issuers: Issuers,
    pseudonyms: PseudonymKey,
    schema: ApiSchema,
    types: Arc<shape::Types>,
    limits: Arc<Limits>,
    trusted: TrustedDocuments,
    contract: Arc<documents::Schema>,
    prepared: Arc<documents::Cache>,
    operations: Arc<PreparedOperations>,
    known_as: Option<Arc<str>>,
    bound: Arc<str>,
    publisher: Arc<Publisher>,
    /// What answers depend on beside the database and the question.
    edition: Arc<str>,
    rates: Arc<Rates>,
    sockets: Sockets,
    introspections: Arc<Memory>,
    kept: Arc<KeptAnswers>,
    room: Arc<Room>,
    metrics: Arc<Metrics>,
    spans: Spans,
    collector: Option<String>,
    heads: Heads,
    drain: Drain,
    workers: u16,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// A service on a database that trusts these issuers and names people by these pseudonyms, with
    /// the usual limits and without trusted documents.
    #[must_use]
    pub fn new(db: Database, issuers: Issuers, pseudonyms: PseudonymKey) -> Self {
        let limits = Limits::default();
        Self {
            db: db.releasing(release::run_due_releases),
            issuers,
            pseudonyms,
            schema: schema::build(),
            types: shape::Types::of_contract(),
            trusted: TrustedDocuments::default(),
            contract: schema::contract(),
            prepared: Arc::new(documents::Cache::new(documents::Capacity::default())),
            operations: Arc::default(),
            known_as: None,
            bound: "localhost".into(),
            edition: edition_of(&Publisher::default()).into(),
            publisher: Arc::default(),
            rates: Arc::new(Rates::new(&limits)),
            kept: Arc::new(KeptAnswers::new(limits.kept_bytes)),
            room: Arc::new(limits.room()),
            limits: Arc::new(limits),
            sockets: Sockets::default(),
            introspections: Arc::default(),
            metrics: Arc::default(),
            spans: Spans::default(),
            collector: None,
            heads: Heads::default(),
            drain: Drain::default(),
            workers: WORKERS,
        }
    }

    /// The database, of which each session first carries out what is due.
    pub fn database(&self) -> &Database {
        &self.db
    }

    /// The same under the address by which its users know it, without a slash at its end.
    #[must_use]
    pub fn known_as(self, address: Option<&str>) -> Self {
        let publisher = Publisher {
            service: address.map(str::to_owned),
            ..(*self.publisher).clone()
        };
        Self {
            known_as: address.map(Into::into),
            edition: edition_of(&publisher).into(),
            publisher: Arc::new(publisher),
            ..self
        }
    }

    /// The same published by somebody.
    #[must_use]
    pub fn published_by(self, publisher: Publisher) -> Self {
        let publisher = Publisher {
            service: self.known_as.as_deref().map(str::to_owned),
            ..publisher
        };
        Self {
            edition: edition_of(&publisher).into(),
            publisher: Arc::new(publisher),
            ..self
        }
    }

    /// The same with other limits.
    #[must_use]
    pub fn limited(self, limits: Limits) -> Self {
        Self {
            rates: Arc::new(Rates::new(&limits)),
            kept: Arc::new(KeptAnswers::new(limits.kept_bytes)),
            room: Arc::new(limits.room()),
            limits: Arc::new(limits),
            ..self
        }
    }

    /// The same, answering with so many threads.
    #[must_use]
    pub fn working_with(self, workers: u16) -> Self {
        Self { workers, ..self }
    }

    /// The same with trusted documents.
    #[must_use]
    pub fn trusting(self, documents: TrustedDocuments) -> Self {
        Self {
            trusted: documents,
            ..self
        }
    }

    /// The same, telling a collector of traces of each request; its address is without
    /// `/v1/traces`.
    #[must_use]
    pub fn tracing_to(self, collector: String) -> Self {
        Self {
            collector: Some(collector),
            ..self
        }
    }

    /// How the service is told to stop.
    #[must_use]
    pub fn drain(&self) -> Drain {
        self.drain.clone()
    }
}

/// Headers that every answer carries. Reading needs no token and there are no cookies, so any
/// origin may ask.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        HeaderName::from_static("api-version"),
        env!("CARGO_PKG_VERSION"),
    ),
    // Means something behind TLS only; a browser ignores it elsewhere.
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src \
         'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, cors::EXPOSED),
];

/// A service that answers while it is [`run`](Service::run).
pub struct Service {
    server: Server,
    listening: JoinHandle<()>,
    enough: oneshot::Sender<()>,
    tidying: JoinHandle<()>,
    sending: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

impl Service {
    /// By which the service is stopped; [`Drain::stop`] does so in order.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Answers until it is stopped.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run(self) -> std::io::Result<()> {
        let served = self.server.await;
        self.tidying.abort();
        self.enough.send(()).ok();
        self.listening.await.ok();
        if let Some(sending) = self.sending {
            tokio::time::timeout(LAST_SPANS, sending).await.ok();
        }
        served
    }
}

/// A service on a bound listener.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, mut app: App) -> std::io::Result<Service> {
    let (enough, stop) = oneshot::channel();
    let listening = app.heads.clone().listen(app.db.pool().clone(), stop);
    let listening = actix_web::rt::spawn(listening);
    let tidying = actix_web::rt::spawn(tidy(app.rates.clone()));
    let mut sending = None;
    if let Some(collector) = &app.collector {
        let (spans, sent) = Spans::to(collector, app.metrics.clone());
        app.spans = spans;
        sending = Some(actix_web::rt::spawn(sent));
    }
    let workers = usize::from(app.workers);
    app.bound = listener.local_addr()?.to_string().into();
    let app = web::Data::new(app);
    let server = server::listen(listener, workers, move || {
        let shared = app.clone();
        ActixApp::new()
            .app_data(app.clone())
            .wrap_fn(|request, service| {
                if cors::is_preflight(&request) {
                    let permission = cors::permission(request.headers());
                    return Either::Left(ready(Ok(request.into_response(permission))));
                }
                Either::Right(service.call(request))
            })
            .wrap(Compress::default())
            .wrap_fn(move |mut request, service| {
                let app = shared.clone();
                let under_way = UnderWay::begin(&request, &app);
                let is_head = head::as_get(&mut request);
                upgrade::restore(request.head_mut());
                let answered = service.call(request);
                async move {
                    let mut response = answered.await?;
                    complete(&mut response, &under_way, &app);
                    under_way.end(&response, &app);
                    Ok(if is_head {
                        head::without_stream(response)
                    } else {
                        response.map_into_boxed_body()
                    })
                }
            })
            .configure(routes)
    })?;
    Ok(Service {
        server,
        listening,
        enough,
        tidying,
        sending,
    })
}

/// Gives an answer the headers that every answer has, and tells how its connection goes on.
fn complete<B>(response: &mut ServiceResponse<B>, under_way: &UnderWay, app: &App) {
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-request-id", &under_way.id.0),
        ("traceparent", &under_way.trace.to_string()),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    feed_files::forget_identity(headers);
    if app.db.is_known_demo() {
        headers.insert(
            HeaderName::from_static("x-stm-database"),
            HeaderValue::from_static("DEMO"),
        );
    }
    // A page may be stricter than all else.
    let is_strict = headers.contains_key(header::CONTENT_SECURITY_POLICY);
    for (name, value) in HEADERS {
        if !(is_strict && name == header::CONTENT_SECURITY_POLICY) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    let is_upgraded = response.response().upgrade();
    // The server ends a connection on which a WebSocket was offered, and would say "upgrade" to the
    // last. Only who is told loses no request that it sends meanwhile.
    let is_refused_upgrade = response.request().head().upgrade() && !is_upgraded;
    if is_refused_upgrade || app.drain.is_on() && !is_upgraded {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
}

async fn tidy(rates: Arc<Rates>) {
    let mut minutes = tokio::time::interval(TIDY_EVERY);
    loop {
        minutes.tick().await;
        rates.tidy();
    }
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/graphql")
                .route(web::post().to(graphql_http::post))
                .route(web::get().to(graphql_http::get))
                .route(web::method(actix_web::http::Method::OPTIONS).to(cors::options))
                .default_service(web::to(|| {
                    problem::method_not_allowed("GET, POST, OPTIONS")
                })),
        )
        .service(web::resource("/graphql").to(redirect::to_graphql))
        .configure(feed_list::routes)
        .configure(answer_sheet::routes)
        .configure(receipts::routes)
        .service(web::resource("/v1/deadlines.ics").route(web::get().to(deadlines::file)))
        .service(web::resource("/v1/publications/{file}").route(web::get().to(publications::file)))
        .configure(odata::routes)
        .configure(pages::routes)
        .configure(pictures::routes)
        .configure(atom::routes)
        .configure(site::routes)
        .service(
            web::resource("/.well-known/security.txt").route(web::get().to(machines::security)),
        )
        .service(web::resource("/metrics").route(web::get().to(metrics::metrics)))
        .service(web::resource("/health/live").route(web::get().to(health::live)))
        .service(web::resource("/health/ready").route(web::get().to(health::ready)))
        .default_service(web::to(redirect::with_or_without_slash));
}

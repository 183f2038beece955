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
mod assessment_table;
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
mod edition_book;
mod events;
mod exchange;
mod feed_downloads;
mod feed_files;
mod feed_list;
mod gate;
mod graphql_http;
mod graphql_request;
mod head;
mod headers;
mod health;
mod introspection;
mod kept;
pub mod licences;
pub mod limits;
mod lookup;
mod machines;
mod made_page;
mod metrics;
mod odata;
mod operation;
mod page_data;
mod pages;
mod pbids;
mod pictures;
mod prepared;
mod problem;
mod publications;
mod rate;
mod read_ahead;
mod receipt_page;
mod receipts;
mod redirect;
mod refusal;
mod reminders;
mod request_log;
pub mod schema;
mod sent_file;
mod server;
mod shape;
mod sheets;
mod site;
mod socket;
mod spans;
mod status_sheet;
mod stream;
mod trace;
mod trusted;
mod upgrade;
mod version;
mod walk;
mod workplace;

use std::{future::ready, sync::Arc, time::Duration};

use actix_web::{
    App as ActixApp,
    dev::{Server, ServerHandle, Service as _},
    middleware::Compress,
    web,
};

use futures_util::future::Either;
use tokio::{sync::oneshot, task::JoinHandle};

pub use self::{
    drain::Drain,
    server::Listener,
    trusted::{TrustedDocuments, TrustedDocumentsError},
    version::NEVER_KEPT,
};
use self::{
    edition::edition_of, introspection::Memory, kept::KeptAnswers, metrics::Metrics,
    prepared::PreparedOperations, rate::Rates, request_log::UnderWay, socket::Sockets,
    spans::Spans,
};
use crate::{limits::Limits, schema::ApiSchema};
use auth::{DevIssuer, Issuers, PseudonymKey};
use compliance::{notices, release};
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
    /// Signs in whoever tries the service out with a browser; none in production.
    trial: Option<Arc<DevIssuer>>,
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
    timer: release::Timer,
    digests: notices::Turns,
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
            trial: None,
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
            timer: release::Timer::default(),
            digests: notices::Turns::default(),
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

    /// The same, where whoever opens the workplace with a browser may choose a role: never in
    /// production. The issuers are to trust this one.
    #[must_use]
    pub fn trying_out(self, issuer: Option<DevIssuer>) -> Self {
        Self {
            trial: issuer.map(Arc::new),
            ..self
        }
    }

    /// The same, following the head of the ledger by these: for where notifications come by another
    /// address than that of the pool.
    #[must_use]
    pub fn following(self, heads: Heads) -> Self {
        Self { heads, ..self }
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

    /// The head of the ledger, as this instance knows it.
    #[must_use]
    pub fn heads(&self) -> Heads {
        self.heads.clone()
    }

    /// Where the timer of embargoes notes its looks.
    #[must_use]
    pub fn timer(&self) -> release::Timer {
        self.timer.clone()
    }

    /// Where the sender of digests counts.
    #[must_use]
    pub fn digests(&self) -> notices::Turns {
        self.digests.clone()
    }

    /// How the service is told to stop.
    #[must_use]
    pub fn drain(&self) -> Drain {
        self.drain.clone()
    }
}

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
pub fn serve(listener: impl Into<Listener>, mut app: App) -> std::io::Result<Service> {
    let listener: Listener = listener.into();
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
    app.bound = listener.host()?.into();
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
                    headers::complete(&mut response, &under_way, &app);
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
        .configure(reminders::routes)
        .configure(assessment_table::routes)
        .configure(edition_book::routes)
        .configure(status_sheet::routes)
        .service(web::resource("/v1/deadlines.ics").route(web::get().to(deadlines::file)))
        .service(web::resource("/v1/publications/{file}").route(web::get().to(publications::file)))
        .configure(odata::routes)
        .configure(pages::routes)
        .configure(pictures::routes)
        .configure(atom::routes)
        .configure(site::routes)
        .configure(workplace::routes)
        .service(web::resource(docs::sandbox::DUTCH).route(web::get().to(docs::sandbox::page)))
        .service(web::resource(docs::sandbox::ENGLISH).route(web::get().to(docs::sandbox::page)))
        .configure(machines::routes)
        .default_service(web::to(redirect::with_or_without_slash));
}

//! HTTP: routes, and what is the same for every answer.
//!
//! Each surface has its own file; what it may be asked is told there. Limits that protect the process stand here:
//! slow headers are cut by the server, slow and large bodies by [`body`], dangerous documents by [`gate`].

mod actor;
mod body;
mod caller;
mod docs;
mod document;
mod feeds;
mod gate;
mod graphql;
mod health;
mod machines;
mod odata;
mod pages;
mod problem;
mod publications;
mod shape;

use std::{net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App as ActixApp, HttpMessage as _, HttpRequest, HttpServer,
    dev::{Server, Service as _, ServiceRequest},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Compress,
    web,
};

use crate::{
    auth::{Issuers, PseudonymKey},
    db::Database,
    ids, release,
    schema::{self, ApiSchema},
};

/// What all requests share.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Database,
    pub(crate) issuers: Issuers,
    pub(crate) pseudonyms: PseudonymKey,
    pub(crate) schema: ApiSchema,
    types: Arc<shape::Types>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// A service on a database that trusts these issuers and names people by these pseudonyms.
    #[must_use]
    pub fn new(db: Database, issuers: Issuers, pseudonyms: PseudonymKey) -> Self {
        Self {
            db: db.releasing(release::carry_out),
            issuers,
            pseudonyms,
            schema: schema::build(),
            types: Arc::new(shape::Types::of(&schema::sdl())),
        }
    }

    /// The database, of which each session first carries out what is due.
    pub(crate) fn database(&self) -> &Database {
        &self.db
    }
}

/// Headers that every answer carries. Reading needs no token and there are no cookies, so any origin may ask.
const HEADERS: [(HeaderName, &str); 7] = [
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
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
];

/// The id of a request: the caller's own when it is 8 to 64 letters, digits and hyphens, and otherwise a new one. It
/// stands in the header `x-request-id` of every answer, in errors, and in the log.
#[derive(Debug, Clone)]
struct RequestId(String);

impl RequestId {
    fn given(request: &ServiceRequest) -> Self {
        let fits = |id: &&str| {
            (8..=64).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let given = request
            .headers()
            .get("x-request-id")
            .and_then(|value| value.to_str().ok());
        Self(
            given
                .filter(fits)
                .map_or_else(|| ids::row_id().to_string(), str::to_owned),
        )
    }

    /// The id that the request was given at the door.
    fn of(request: &HttpRequest) -> String {
        let extensions = request.extensions();
        extensions
            .get::<Self>()
            .map(|id| id.0.clone())
            .unwrap_or_default()
    }
}

/// Serves on a bound listener; the returned server stops by itself on SIGINT and SIGTERM, after the requests that
/// are under way.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(listener: TcpListener, app: App) -> std::io::Result<Server> {
    let app = web::Data::new(app);
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(app.clone())
            .wrap(Compress::default())
            .wrap_fn(|request, service| {
                let request_id = RequestId::given(&request);
                request.extensions_mut().insert(request_id.clone());
                let is_demo = request
                    .app_data::<web::Data<App>>()
                    .is_some_and(|app| app.db.is_known_demo());
                let answered = service.call(request);
                async move {
                    let mut response = answered.await?;
                    if let Ok(value) = HeaderValue::from_str(&request_id.0) {
                        response
                            .headers_mut()
                            .insert(HeaderName::from_static("x-request-id"), value);
                    }
                    if is_demo {
                        response.headers_mut().insert(
                            HeaderName::from_static("x-stm-database"),
                            HeaderValue::from_static("DEMO"),
                        );
                    }
                    for (name, value) in HEADERS {
                        response
                            .headers_mut()
                            .insert(name, HeaderValue::from_static(value));
                    }
                    Ok(response)
                }
            })
            .configure(routes)
    })
    .workers(2)
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(5))
    .keep_alive(Duration::from_secs(30))
    .shutdown_timeout(10)
    .listen(listener)?
    .run();
    Ok(server)
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/graphql")
                .route(web::post().to(graphql::post))
                .route(web::get().to(graphql::get))
                .route(web::method(actix_web::http::Method::OPTIONS).to(graphql::preflight))
                .default_service(web::to(|| {
                    problem::method_not_allowed("GET, POST, OPTIONS")
                })),
        )
        .service(web::resource("/graphql").to(pages::to_graphql))
        .service(web::resource("/v1/feeds/").route(web::get().to(feeds::list)))
        .service(web::resource("/v1/feeds/{table}.csv").route(web::get().to(feeds::csv)))
        .service(web::resource("/v1/feeds/{table}.ndjson").route(web::get().to(feeds::ndjson)))
        // The longer addresses first: the first that fits answers.
        .service(web::resource("/v1/odata").route(web::get().to(odata::service)))
        .service(web::resource("/v1/odata/").route(web::get().to(odata::service)))
        .service(web::resource("/v1/odata/public").route(web::get().to(odata::public_service)))
        .service(web::resource("/v1/odata/public/").route(web::get().to(odata::public_service)))
        .service(web::resource("/v1/odata/public/{set}").route(web::get().to(odata::public_set)))
        .service(
            web::resource("/v1/odata/public/{set}/{part}").route(web::get().to(odata::public_part)),
        )
        .service(
            web::resource("/v1/publications/{key}.{extension}")
                .route(web::get().to(publications::file)),
        )
        .service(web::resource("/v1/odata/{set}").route(web::get().to(odata::set)))
        .service(web::resource("/v1/odata/{set}/{part}").route(web::get().to(odata::part)))
        .service(web::resource("/").route(web::get().to(pages::start)))
        .service(web::resource("/docs").route(web::get().to(docs::first)))
        .service(web::resource("/docs/docs.css").route(web::get().to(docs::style)))
        .service(web::resource("/docs/examples.json").route(web::get().to(docs::examples_json)))
        .service(web::resource("/docs/en").route(web::get().to(docs::first)))
        .service(web::resource("/docs/en/{name}").route(web::get().to(docs::english)))
        .service(web::resource("/docs/{name}").route(web::get().to(docs::dutch)))
        .service(web::resource("/openapi.json").route(web::get().to(machines::openapi)))
        .service(
            web::resource("/.well-known/security.txt").route(web::get().to(machines::security)),
        )
        .service(web::resource("/explorer").route(web::get().to(pages::explorer)))
        .service(web::resource("/explorer/explorer.js").route(web::get().to(pages::explorer_js)))
        .service(web::resource("/explorer/explorer.css").route(web::get().to(pages::explorer_css)))
        .service(
            web::resource("/explorer/LICENSES.txt").route(web::get().to(pages::explorer_licences)),
        )
        .service(web::resource("/schema.graphql").route(web::get().to(pages::schema)))
        .service(web::resource("/health/live").route(web::get().to(health::live)))
        .service(web::resource("/health/ready").route(web::get().to(health::ready)))
        .default_service(web::to(problem::not_found));
}

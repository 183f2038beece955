//! HTTP: routes, and what is the same for every answer.
//!
//! Each surface has its own file; what it may be asked is told there. Limits that protect the process stand here:
//! slow headers are cut by the server, slow and large bodies by [`body`], dangerous documents by [`gate`].

mod actor;
mod body;
mod feeds;
mod gate;
mod graphql;
mod health;
mod pages;
mod problem;

use std::{net::TcpListener, time::Duration};

use actix_web::{
    App as ActixApp, HttpServer,
    dev::{Server, Service as _},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Compress,
    web,
};

use crate::{
    auth::{Issuers, PseudonymKey},
    dataset::KnownGap,
    db::Database,
    schema::{self, ApiSchema},
};

/// What all requests share.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Database,
    pub(crate) issuers: Issuers,
    pub(crate) pseudonyms: PseudonymKey,
    pub(crate) schema: ApiSchema,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// A service on a database that trusts these issuers and names people by these pseudonyms.
    #[must_use]
    pub fn new(
        db: Database,
        issuers: Issuers,
        pseudonyms: PseudonymKey,
        known_gaps: Vec<KnownGap>,
    ) -> Self {
        Self {
            db,
            issuers,
            pseudonyms,
            schema: schema::build(known_gaps),
        }
    }
}

/// Headers that every answer carries. Reading needs no token and there are no cookies, so any origin may ask.
const HEADERS: [(HeaderName, &str); 5] = [
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
                let answered = service.call(request);
                async move {
                    let mut response = answered.await?;
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
        .service(
            web::resource("/v1/feeds/fact_verdict.csv").route(web::get().to(feeds::fact_verdict)),
        )
        .service(web::resource("/").route(web::get().to(pages::start)))
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

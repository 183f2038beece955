//! The explorer with its own assets, the schema as a text, and the frame of pages that are made beforehand.

use actix_web::{HttpResponse, HttpResponseBuilder, http::header, web};

use crate::{App, docs, licences, machines::openapi, schema};

const EXPLORER: &str = include_str!("../../assets/explorer/index.html");
const EXPLORER_JS: &str = include_str!("../../assets/explorer/explorer.js");
const EXPLORER_CSS: &str = include_str!("../../assets/explorer/explorer.css");
pub(super) const EXPLORER_LICENCES: &str = include_str!("../../assets/explorer/LICENSES.txt");

pub(super) fn asset(content_type: &'static str, body: &'static str) -> HttpResponse {
    kept(content_type).body(body)
}

/// An answer that may be kept for an hour.
pub(super) fn kept(content_type: &'static str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    response
}

/// What a page of a demo begins with.
const DEMO: &str = "<div role=\"note\" style=\"margin:0;padding:.5rem 1rem;background:#ffe9a8;\
                    color:#1b1b1b\"><p lang=\"nl\" style=\"margin:0\"><strong>DEMO</strong>: alles \
                    over gemeenten is hier verzonnen.</p><p lang=\"en\" style=\"margin:0\">\
                    <strong>DEMO</strong>: everything about municipalities is invented here.</p>\
                    </div>\n";

/// A page for people; that of a demo says so before all else.
pub(super) async fn page(app: &App, html: &'static str) -> HttpResponse {
    let content_type = "text/html; charset=utf-8";
    let Ok(is_demo) = app.db.is_demo().await else {
        // Without its database nothing is known of it, and the page is there all the same; nobody
        // keeps it beyond that.
        return HttpResponse::Ok()
            .content_type(content_type)
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(html);
    };
    match html.split_once("<body>\n").filter(|_| is_demo) {
        Some((head, body)) => kept(content_type).body(format!("{head}<body>\n{DEMO}{body}")),
        None => asset(content_type, html),
    }
}

/// `GET /explorer`.
async fn explorer(app: web::Data<App>) -> HttpResponse {
    page(&app, EXPLORER).await
}

/// `GET /explorer/explorer.js`.
async fn explorer_js() -> HttpResponse {
    asset("text/javascript; charset=utf-8", EXPLORER_JS)
}

/// `GET /explorer/explorer.css`.
async fn explorer_css() -> HttpResponse {
    asset("text/css; charset=utf-8", EXPLORER_CSS)
}

/// `GET /explorer/LICENSES.txt`: the licences of what the explorer is made of.
async fn explorer_licences() -> HttpResponse {
    asset("text/plain; charset=utf-8", EXPLORER_LICENCES)
}

/// `GET /schema.graphql`: the contract.
async fn schema() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/graphql; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(schema::sdl())
}

/// The addresses of the explorer with its assets, of the schema and of OpenAPI.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/explorer").route(web::get().to(explorer)))
        .service(web::resource("/explorer/explorer.js").route(web::get().to(explorer_js)))
        .service(web::resource("/explorer/explorer.css").route(web::get().to(explorer_css)))
        .service(web::resource("/explorer/LICENSES.txt").route(web::get().to(explorer_licences)))
        .service(web::resource("/licenses").route(web::get().to(licences::licenses)))
        .service(web::resource("/schema.graphql").route(web::get().to(schema)))
        .service(web::resource("/openapi.json").route(web::get().to(openapi)))
        .service(web::resource("/v1/openapi.json").route(web::get().to(openapi)))
        .service(web::resource("/docs").route(web::get().to(docs::first)))
        .service(web::resource("/docs/examples.json").route(web::get().to(docs::examples_json)))
        .service(web::resource("/docs/en").route(web::get().to(docs::first)))
        .service(web::resource("/docs/en/{name}").route(web::get().to(docs::english)))
        .service(web::resource("/docs/{name}").route(web::get().to(docs::dutch)));
}

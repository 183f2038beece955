//! Pages for people: the start page, the explorer with its own assets, the schema as a text.

use actix_web::{HttpResponse, http::header};

use crate::schema;

const START: &str = include_str!("../../assets/start.html");
const EXPLORER: &str = include_str!("../../assets/explorer/index.html");
const EXPLORER_JS: &str = include_str!("../../assets/explorer/explorer.js");
const EXPLORER_CSS: &str = include_str!("../../assets/explorer/explorer.css");
const EXPLORER_LICENCES: &str = include_str!("../../assets/explorer/LICENSES.txt");

pub(super) fn asset(content_type: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(body)
}

/// `GET /`.
pub(super) async fn start() -> HttpResponse {
    asset("text/html; charset=utf-8", START)
}

/// `GET /explorer`.
pub(super) async fn explorer() -> HttpResponse {
    asset("text/html; charset=utf-8", EXPLORER)
}

/// `GET /explorer/explorer.js`.
pub(super) async fn explorer_js() -> HttpResponse {
    asset("text/javascript; charset=utf-8", EXPLORER_JS)
}

/// `GET /explorer/explorer.css`.
pub(super) async fn explorer_css() -> HttpResponse {
    asset("text/css; charset=utf-8", EXPLORER_CSS)
}

/// `GET /explorer/LICENSES.txt`: the licences of what the explorer is made of.
pub(super) async fn explorer_licences() -> HttpResponse {
    asset("text/plain; charset=utf-8", EXPLORER_LICENCES)
}

/// `GET /schema.graphql`: the contract.
pub(super) async fn schema() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/graphql; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(schema::sdl())
}

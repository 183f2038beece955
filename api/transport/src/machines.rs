//! What machines look for at a fixed address: the description of the addresses beside GraphQL, and
//! whom to tell about a hole.

use actix_web::{HttpResponse, http::header, web};
use chrono::{SubsecRound as _, TimeDelta};

use super::{App, pages::asset};

/// `GET /openapi.json`: OpenAPI 3.1 of the addresses beside GraphQL, which describes itself in
/// `/schema.graphql`.
pub(super) async fn openapi() -> HttpResponse {
    asset(
        "application/json",
        include_str!("../../assets/openapi.json"),
    )
}

/// `GET /.well-known/security.txt` (RFC 9116): the national centre takes reports about systems of
/// the government. It is valid for half a year from the day on which it is asked.
pub(super) async fn security(app: web::Data<App>) -> HttpResponse {
    let expires = (app.db.clock().now() + TimeDelta::days(180)).trunc_subsecs(0);
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .body(format!(
            "Contact: https://www.ncsc.nl/contact/kwetsbaarheid-melden\nExpires: \
             {}\nPreferred-Languages: nl, en\n",
            expires.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
        ))
}

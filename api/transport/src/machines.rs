//! What machines look for at a fixed address: the description of the addresses beside GraphQL,
//! whom to tell about a hole, figures, and whether the service is well.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use chrono::{SubsecRound as _, TimeDelta};
use serde_json::{Value, json};

use super::{App, address, health, metrics, pages::kept};
use domain::publication::publisher::Publisher;

/// The addresses by which machines see who answers and whether that is well.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/.well-known/security.txt").route(web::get().to(security)))
        .service(web::resource("/metrics").route(web::get().to(metrics::metrics)))
        .service(web::resource("/health/live").route(web::get().to(health::live)))
        .service(web::resource("/health/ready").route(web::get().to(health::ready)));
}

/// `GET /openapi.json` and `GET /v1/openapi.json`: OpenAPI 3.1 of the addresses beside GraphQL, which
/// describes itself in `/schema.graphql`. It names the address and the publisher of this service.
pub(super) async fn openapi(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let document = include_str!("../../assets/openapi.json");
    let body = described(document, &address::of(&request, &app), &app.publisher);
    kept("application/json").body(body.unwrap_or_else(|| document.to_owned()))
}

/// The document with an address and a publisher in it; none when it is no JSON.
fn described(document: &str, address: &str, publisher: &Publisher) -> Option<String> {
    let mut document: Value = serde_json::from_str(document).ok()?;
    document["servers"] = json!([{ "url": format!("{address}/v1") }]);
    let contact = &mut document["info"]["contact"];
    contact["url"] = format!("{address}/docs").into();
    for (member, value) in [("name", &publisher.name), ("email", &publisher.email)] {
        if let Some(value) = value {
            contact[member] = value.as_str().into();
        }
    }
    Some(document.to_string())
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

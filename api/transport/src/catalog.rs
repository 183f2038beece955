//! `/catalog`: the tables by DCAT-AP-NL 3.0, for those who gather the catalogues of the Dutch
//! government; as JSON-LD or Turtle by `Accept`, or by the ending of the address.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, Accept, Header as _},
    web,
};
use sha2::{Digest as _, Sha256};

use super::{App, address, problem::failed};
use database::DatabaseKind;
use feeds::catalog::Catalog;

/// How the catalogue is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    JsonLd,
    Turtle,
}

impl Syntax {
    fn content_type(self) -> &'static str {
        match self {
            Self::JsonLd => "application/ld+json",
            Self::Turtle => "text/turtle; charset=utf-8",
        }
    }

    /// The one that the client likes best; JSON-LD where it says nothing of Turtle.
    fn accepted(request: &HttpRequest) -> Self {
        let Ok(accept) = Accept::parse(request) else {
            return Self::JsonLd;
        };
        let named = accept
            .ranked()
            .into_iter()
            .find_map(|media| match media.essence_str() {
                "text/turtle" | "text/*" => Some(Self::Turtle),
                "application/ld+json" | "application/json" | "*/*" | "application/*" => {
                    Some(Self::JsonLd)
                }
                _ => None,
            });
        named.unwrap_or(Self::JsonLd)
    }
}

/// `GET /catalog`.
pub(super) async fn negotiated(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&request, &app, Syntax::accepted(&request)).await
}

/// `GET /catalog.jsonld`.
pub(super) async fn json_ld(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&request, &app, Syntax::JsonLd).await
}

/// `GET /catalog.ttl`.
pub(super) async fn turtle(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    answer(&request, &app, Syntax::Turtle).await
}

async fn answer(request: &HttpRequest, app: &App, syntax: Syntax) -> HttpResponse {
    let kind = match app.db.kind().await {
        Ok(kind) => kind,
        Err(error) => return failed(&error),
    };
    let root = address::of(request, app);
    let catalog = Catalog {
        root: &root,
        publisher: &app.publisher,
        is_demo: kind == DatabaseKind::Demo,
    };
    let body = match syntax {
        Syntax::JsonLd => catalog.json_ld(),
        Syntax::Turtle => catalog.turtle(),
    };
    let tag = format!("W/\"{}\"", hex::encode(Sha256::digest(body.as_bytes())));
    let known = request.headers().get(header::IF_NONE_MATCH);
    let is_known = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, tag))
        // The addresses in it are those of the request, where none is set.
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "accept"));
    if is_known {
        return response.finish();
    }
    response.content_type(syntax.content_type()).body(body)
}

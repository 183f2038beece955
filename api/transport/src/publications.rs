//! The files of publications: bytes that were written once, for everybody, from their release on.
//!
//! They are read as the public, whoever asks: a publication that is not released answers as one
//! that never was. Its checksum is its `ETag`, so a copy is proved fresh by asking for nothing but
//! that.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{
    App,
    problem::{failed, problem},
    request_log::RequestLog,
};
use compliance::publication::repo;
use database::{DbError, RequestedMoment};
use domain::actor::Actor;

/// A file may be kept, and is asked for again each time: it can be withdrawn, or a text in it
/// blanked by law.
const KEPT: &str = "public, no-cache";

/// `GET /v1/publications/{key}.json` and `.csv`.
pub(super) async fn file(
    request: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (key, extension) = path.into_inner();
    let (format, content_type) = match extension.as_str() {
        "json" => ("JSON", "application/json"),
        "csv" => ("CSV", "text/csv; charset=utf-8; header=present"),
        _ => return absent(),
    };
    let read: Result<_, DbError> = async {
        let session = app
            .database()
            .read(&Actor::public(), RequestedMoment::HEAD)
            .await?;
        let served = repo::served(&session, &key, format).await?;
        session.close().await?;
        Ok(served)
    }
    .await;
    let served = match read {
        Ok(Some(served)) => served,
        Ok(None) => return absent(),
        Err(error) => return failed(&error),
    };
    let (Some(body), Some(sha256)) = (served.body, served.sha256) else {
        return withdrawn(&served.state);
    };
    let tag = format!("\"{sha256}\"");
    RequestLog::of(&request).borrow_mut().object = Some(key.clone());
    let mut response = if is_known(&request, &tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, tag.as_str()))
        .insert_header((header::CACHE_CONTROL, KEPT));
    if is_known(&request, &tag) {
        return response.finish();
    }
    response
        .content_type(content_type)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{key}.{extension}\""),
        ))
        .body(body)
}

/// Whether the caller has these very bytes. A copy that was compressed on its way has the tag with
/// a `W/` in front.
fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let requested = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    requested.split(',').map(str::trim).any(|one| {
        let one = one.strip_prefix("W/").unwrap_or(one);
        one == "*" || one == tag
    })
}

fn absent() -> HttpResponse {
    unkept(problem(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "There is no publication of that name, or it is not public yet.",
    ))
}

/// A publication that was released and taken back: why stands in the field `publication` of
/// GraphQL.
fn withdrawn(state: &str) -> HttpResponse {
    tracing::debug!(state, "a withdrawn publication was asked for");
    unkept(problem(
        StatusCode::GONE,
        "NOT_FOUND",
        "This publication was withdrawn. The field `publication` of GraphQL tells when and why.",
    ))
}

/// What may change at any instant is kept by nobody.
fn unkept(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    response
}

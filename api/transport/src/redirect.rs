//! Addresses that are one slash away from one of ours, or that moved: 308 leads to the right one
//! and keeps method, body and query.

use actix_web::{HttpRequest, HttpResponse, http::header, web};

use super::{App, odata, problem, site, workplace};

/// `/graphql` moved.
pub(super) async fn to_graphql(request: HttpRequest) -> HttpResponse {
    redirect(&request, "/v1/graphql")
}

/// The answer of every address that has no other: where it is with or without the slash at its
/// end, else that there is nothing. OData answers what lies below it in its own form.
pub(super) async fn with_or_without_slash(
    request: HttpRequest,
    app: web::Data<App>,
) -> HttpResponse {
    if odata::is_below(request.path()) {
        return odata::beyond_routes(request, app).await;
    }
    let path = request.path();
    let other = match path.strip_suffix('/') {
        Some(without) => without.to_owned(),
        None => format!("{path}/"),
    };
    if request.resource_map().has_resource(&other) {
        redirect(&request, &other)
    } else if site::takes_pages(&request) && !path.starts_with("/v1/") {
        if workplace::is_below(path) {
            workplace::nothing_here(&app, &request).await
        } else {
            site::nothing_here(&app, &request).await
        }
    } else {
        problem::nothing_here()
    }
}

/// The answer that what stands here is at another address, for good.
pub(super) fn redirect(request: &HttpRequest, path: &str) -> HttpResponse {
    let to = match request.query_string() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    };
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, to))
        .finish()
}

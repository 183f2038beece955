//! Pages of other origins: any of them may ask, at every address, with any header (the Fetch
//! standard, section 3.2).
//!
//! That is safe because a browser adds nothing by itself: there are no cookies, and a token is a
//! header that a page must have been given. So a foreign page reads no more than anybody could
//! with curl, and a list of permitted headers would protect nothing: it would only stop the client
//! that names itself or carries a trace.

use actix_web::{
    HttpRequest, HttpResponse,
    dev::ServiceRequest,
    http::{
        Method,
        header::{self, HeaderMap},
    },
};

/// Headers of answers that a page of another origin may read.
pub(super) const EXPOSED: &str = "api-version, content-disposition, etag, link, odata-version, \
     preference-applied, ratelimit, ratelimit-policy, retry-after, stm-day, stm-ledger, stm-since, \
     traceparent, www-authenticate, x-request-id, x-stm-database";

/// Whether a browser asks for permission. It is answered before the address is looked at: what is
/// there, or is not, the request itself will tell.
pub(super) fn is_preflight(request: &ServiceRequest) -> bool {
    request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The permission. The requested headers are repeated, since `*` leaves out `authorization`.
pub(super) fn permission(requested: &HeaderMap) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"));
    if let Some(headers) = requested.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        response.insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, headers.clone()));
    }
    response.finish()
}

/// `OPTIONS` of an address that names it among its methods.
pub(super) async fn options(request: HttpRequest) -> HttpResponse {
    permission(request.headers())
}

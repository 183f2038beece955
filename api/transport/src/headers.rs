//! The headers of every answer, whatever answered.

use actix_web::{
    dev::ServiceResponse,
    http::{
        ConnectionType,
        header::{self, HeaderName, HeaderValue},
    },
};

use super::{App, cors, feed_files, request_log::UnderWay};

/// Headers that every answer carries. Reading needs no token, so any origin may ask; and by the `*` a
/// browser gives no other origin what it was answered with a cookie.
const HEADERS: [(HeaderName, &str); 8] = [
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
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src \
         'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    ),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, cors::EXPOSED),
];

/// Gives an answer the headers that every answer has, and tells how its connection goes on.
pub(super) fn complete<B>(response: &mut ServiceResponse<B>, under_way: &UnderWay, app: &App) {
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-request-id", &under_way.id.0),
        ("traceparent", &under_way.trace.to_string()),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    feed_files::forget_identity(headers);
    if app.db.is_known_demo() {
        headers.insert(
            HeaderName::from_static("x-stm-database"),
            HeaderValue::from_static("DEMO"),
        );
    }
    // A page may be stricter than all else.
    let is_strict = headers.contains_key(header::CONTENT_SECURITY_POLICY);
    for (name, value) in HEADERS {
        if !(is_strict && name == header::CONTENT_SECURITY_POLICY) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    let is_upgraded = response.response().upgrade();
    // The server ends a connection on which a WebSocket was offered, and would say "upgrade" to the
    // last. Only who is told loses no request that it sends meanwhile.
    let is_refused_upgrade = response.request().head().upgrade() && !is_upgraded;
    if is_refused_upgrade || app.drain.is_on() && !is_upgraded {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
}

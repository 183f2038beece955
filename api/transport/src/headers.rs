//! What every answer says in its headers, whoever asks for what.

use actix_web::http::header::{self, HeaderName};

use super::cors;

/// Headers that every answer carries. Reading needs no token and there are no cookies, so any
/// origin may ask.
pub(super) const HEADERS: [(HeaderName, &str); 8] = [
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

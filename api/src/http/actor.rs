//! The bearer of a request. A wrong token is 401 (RFC 6750); no token means the public; two tokens are refused.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};

use super::{App, problem::problem};
use crate::auth::{Actor, TokenError};

/// Why there is no actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// Not one `Authorization: Bearer …`.
    Malformed,
    /// The token does not hold.
    Token(TokenError),
}

/// Who sent this request.
pub(super) fn actor(request: &HttpRequest, app: &App) -> Result<Actor, Refused> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(value) = headers.next() else {
        return Ok(Actor::public());
    };
    if headers.next().is_some() {
        return Err(Refused::Malformed);
    }
    let value = value.to_str().map_err(|_| Refused::Malformed)?;
    let (scheme, token) = value.split_once(' ').ok_or(Refused::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() || token.contains(' ') {
        return Err(Refused::Malformed);
    }
    app.issuers
        .actor(token, app.db.clock(), &app.pseudonyms)
        .map_err(Refused::Token)
}

impl Refused {
    /// The answer to give: the reason is safe to show and never repeats the token.
    pub(super) fn response(&self) -> HttpResponse {
        let (error, reason) = match self {
            Self::Malformed => (
                "invalid_request",
                "one header `Authorization: Bearer <token>` is expected".to_owned(),
            ),
            Self::Token(error) => ("invalid_token", error.to_string()),
        };
        let mut response = problem(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", &reason);
        let challenge = format!("Bearer error=\"{error}\", error_description=\"{reason}\"");
        if let Ok(value) = header::HeaderValue::from_str(&challenge) {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, value);
        }
        response
    }
}

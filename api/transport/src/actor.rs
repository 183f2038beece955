//! The bearer of a request, by RFC 6750. A wrong token is 401 with the rule that refused it; no
//! token means the public; another scheme is 401 with an invitation; two tokens, or half a header,
//! are 400. A token is read from the header alone: in an address it would stand in logs and
//! histories.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};

use super::{
    App,
    problem::{self, Reason},
};
use auth::{Bearer, TokenError};
use domain::error::chain;

/// Why there is no actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// More than one header, or one that is no `Bearer` and a token.
    Malformed,
    /// Another scheme than `Bearer`.
    Scheme,
    /// The token does not hold.
    Token(TokenError),
    /// Whether it holds cannot be told now.
    Unavailable,
}

/// Who sent this request, and until when the token says so.
pub(super) async fn bearer_of(request: &HttpRequest, app: &App) -> Result<Bearer, Refused> {
    match bearer(request)? {
        None => Ok(Bearer::public()),
        Some(token) => of_token(token, app).await,
    }
}

/// Who carries this token: of an organisation that the database knows.
pub(super) async fn of_token(token: &str, app: &App) -> Result<Bearer, Refused> {
    let refused = |error: TokenError| {
        // Neither the token nor anything in it, which anybody may have written.
        tracing::info!(
            target: "audit",
            event = "token_refused",
            rule = error.code(),
            "a token is refused"
        );
        Refused::Token(error)
    };
    let bearer = app
        .issuers
        .bearer(token, app.db.clock(), &app.pseudonyms)
        .await
        .map_err(refused)?;
    match app.db.knows(&bearer.actor.role).await {
        Ok(true) => Ok(bearer),
        Ok(false) => Err(refused(TokenError::UnknownOrganisation)),
        Err(error) => {
            let error = chain(&error);
            tracing::warn!(%error, "the organisation of a token cannot be looked up");
            Err(Refused::Unavailable)
        }
    }
}

/// The one token of the one header.
fn bearer(request: &HttpRequest) -> Result<Option<&str>, Refused> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let Some(value) = headers.next() else {
        return Ok(None);
    };
    if headers.next().is_some() {
        return Err(Refused::Malformed);
    }
    let value = value.to_str().map_err(|_| Refused::Malformed)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if scheme.is_empty() {
        return Err(Refused::Malformed);
    }
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refused::Scheme);
    }
    if token.is_empty() || token.contains([' ', ',']) {
        return Err(Refused::Malformed);
    }
    Ok(Some(token))
}

impl Refused {
    /// The code of the answer.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Malformed => "BAD_REQUEST",
            Self::Scheme | Self::Token(_) => "UNAUTHENTICATED",
            Self::Unavailable => "UNAVAILABLE",
        }
    }

    /// The code of the rule.
    fn rule(self) -> &'static str {
        match self {
            Self::Malformed => "AUTHORIZATION_HEADER",
            Self::Scheme => "AUTHORIZATION_SCHEME",
            Self::Token(error) => error.code(),
            Self::Unavailable => "DATABASE",
        }
    }

    /// The rule in Dutch and in English; safe to show, since nothing of the token is in it.
    fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Malformed => (
                "Stuur één kop `Authorization: Bearer <token>`.",
                "Send one header `Authorization: Bearer <token>`.",
            ),
            Self::Scheme => (
                "Deze dienst kent alleen het schema Bearer: `Authorization: Bearer <token>`.",
                "This service knows the scheme Bearer only: `Authorization: Bearer <token>`.",
            ),
            Self::Token(error) => error.text(),
            Self::Unavailable => (
                "De gegevens zijn even niet bereikbaar. Probeer het zo weer.",
                "The data cannot be reached for a moment. Please try again.",
            ),
        }
    }

    /// The answer to give.
    pub(super) fn response(self) -> HttpResponse {
        let (nl, en) = self.text();
        let reason = Reason {
            code: self.code(),
            rule: self.rule(),
            nl,
            en,
        };
        let (status, challenge) = match self {
            Self::Unavailable => {
                return problem::refusal(StatusCode::SERVICE_UNAVAILABLE, &reason);
            }
            Self::Malformed => (StatusCode::BAD_REQUEST, challenge("invalid_request", en)),
            // RFC 6750, section 3.1: who did not try Bearer is told no error code.
            Self::Scheme => (StatusCode::UNAUTHORIZED, "Bearer".to_owned()),
            Self::Token(_) => (StatusCode::UNAUTHORIZED, challenge("invalid_token", en)),
        };
        let mut response = problem::refusal(status, &reason);
        if let Ok(value) = header::HeaderValue::from_str(&challenge) {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, value);
        }
        response
    }
}

fn challenge(error: &str, description: &str) -> String {
    format!("Bearer error=\"{error}\", error_description=\"{description}\"")
}

//! Who pulls a feed or OData: a token or nobody, as everywhere, and beside them a feed key as the
//! password of HTTP Basic (RFC 7617), which is what spreadsheets and BI tools can send. The user
//! name means nothing. A key stands in this header and nowhere else: never in an address, in the
//! log or in an error.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    App, admission,
    problem::{self, Reason, failed},
    rate,
    request_log::RequestLog,
};
use domain::actor::{Actor, Role};
use feeds::{caller::Caller, keys};

/// The password of HTTP Basic, if that is what the request carries.
fn basic(request: &HttpRequest) -> Option<String> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let value = headers.next()?.to_str().ok()?;
    if headers.next().is_some() {
        return None;
    }
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = STANDARD.decode(credentials.trim()).unwrap_or_default();
    let text = String::from_utf8(decoded).unwrap_or_default();
    Some(
        text.split_once(':')
            .map_or_else(String::new, |(_, password)| password.to_owned()),
    )
}

/// Who asks; or the answer to give.
pub(super) async fn caller(request: &HttpRequest, app: &App) -> Result<Caller, HttpResponse> {
    if let Some(key) = basic(request) {
        // A key is looked up in the database, so the address counts before it is known to be one.
        let address = admission::address(request, app.limits.proxies);
        let taken = app.rates.take(&rate::Caller::at(address));
        taken.map_err(|allowance| allowance.problem())?;
        return match keys::authenticate(&app.db, &key).await {
            Ok(Some(key)) => Ok(Caller::Key(key)),
            Ok(None) => Err(bad_key()),
            Err(error) => Err(failed(&error)),
        };
    }
    match admission::admit(request, app).await {
        Ok(entered) => Ok(Caller::Actor(entered.bearer.actor)),
        Err(refused) => Err(refused.response()),
    }
}

/// Notes who asks for what, for the line of the request: not the key, and not the query.
pub(super) fn note(request: &HttpRequest, caller: &Caller, table: Option<&str>) {
    let log = RequestLog::of(request);
    let mut log = log.borrow_mut();
    log.set_actor(caller.actor());
    log.feed_key = caller.key_id().map(str::to_owned);
    log.object = table.map(str::to_owned);
}

/// A key that opens nothing: not one, unknown, revoked or past its last day; which of them is not
/// told.
pub(super) fn bad_key() -> HttpResponse {
    invite(problem::refusal(
        StatusCode::UNAUTHORIZED,
        &Reason {
            code: "UNAUTHENTICATED",
            rule: "FEED_KEY",
            nl: "Deze feedsleutel geeft geen toegang. Geef de hele sleutel als wachtwoord, of laat \
             een nieuwe maken.",
            en: "This feed key opens nothing. Send the whole key as the password, or have a new \
                 one made.",
        },
    ))
}

/// A table of which nobody without a login sees a row: never a silent public subset.
pub(super) fn sign_in() -> HttpResponse {
    invite(problem::refusal(
        StatusCode::UNAUTHORIZED,
        &Reason {
            code: "UNAUTHENTICATED",
            rule: "SIGN_IN",
            nl: "Deze tabel is niet openbaar. Meld u aan met een feedsleutel of token van een \
             organisatie die haar mag lezen.",
            en: "This table is not public. Sign in with a feed key or token of an organisation \
                 that may read it.",
        },
    ))
}

/// A table of which this caller reads no row.
pub(super) fn hidden(caller: &Actor) -> HttpResponse {
    if caller.role == Role::Public {
        return sign_in();
    }
    // To sign in again would change nothing.
    problem::refusal(
        StatusCode::FORBIDDEN,
        &Reason {
            code: "FORBIDDEN",
            rule: "TABLE_OF_ROLE",
            nl: "Deze tabel is er niet voor uw organisatie.",
            en: "This table is not there for your organisation.",
        },
    )
}

/// A key that does not name the table.
pub(super) fn not_named() -> HttpResponse {
    problem::refusal(
        StatusCode::FORBIDDEN,
        &Reason {
            code: "FORBIDDEN",
            rule: "FEED_KEY_TABLES",
            nl: "Deze feedsleutel is niet voor deze tabel gemaakt.",
            en: "This feed key was not made for this table.",
        },
    )
}

/// Tells how to sign in.
fn invite(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(
        header::WWW_AUTHENTICATE,
        header::HeaderValue::from_static("Basic realm=\"feeds\", charset=\"UTF-8\""),
    );
    headers.append(
        header::WWW_AUTHENTICATE,
        header::HeaderValue::from_static("Bearer"),
    );
    response
}

//! What the workplace answers: pages that nobody keeps, and addresses to go on with.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};

use super::{
    super::{App, problem, site},
    cookies,
    pages::page_of,
    visitor::{Absent, Visitor, label},
};
use database::{DbError, ids};
use workplace::{Attempt, Door, ENTRANCE, Entrance, Given, Notice, Outside, Trial, Visit};

/// A page, kept by nobody on its way and shown in no frame.
pub(super) fn page(status: StatusCode, html: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, site::POLICY))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html)
}

/// An address to go on with by GET.
pub(super) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// The same with cookies that are set or taken away.
pub(super) fn with_cookies(mut response: HttpResponse, cookies: &[String]) -> HttpResponse {
    for cookie in cookies {
        if let Ok(value) = header::HeaderValue::from_str(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// The page to sign in at.
pub(super) fn entrance(
    request: &HttpRequest,
    app: &App,
    (status, why): (StatusCode, Outside),
    return_to: &str,
    typed: &[(String, String)],
) -> HttpResponse {
    let doors: Vec<Door<'_>> = app
        .issuers
        .for_browsers()
        .map(|(issuer, title)| Door { issuer, title })
        .collect();
    let roles = app.trial.as_ref().map(|_| auth::trial_roles());
    let roles = roles.unwrap_or_default();
    let trials: Vec<Trial<'_>> = roles
        .iter()
        .map(|role| Trial {
            role: role.kind().code(),
            label: label(role.kind()),
            organisation: auth::trial_name(role),
        })
        .collect();
    let entrance = Entrance {
        why,
        doors: &doors,
        trials: &trials,
        return_to,
        is_safe: cookies::are_kept(request, app),
        is_demo: app.db.is_known_demo(),
        typed,
    };
    page(status, entrance.lay_out())
}

/// Where whoever sent a request comes back to once they are signed in.
fn place_of(request: &HttpRequest) -> String {
    workplace::place_of(request.path(), request.query_string())
}

/// The page to sign in at for whoever sent a form that is not taken in: with what was typed, so that
/// it is not lost with the session, and back to the page of the form.
pub(super) fn not_taken_in(
    request: &HttpRequest,
    app: &App,
    why: (StatusCode, Outside),
    given: Option<&Given>,
) -> HttpResponse {
    let typed = typed(request, app, given);
    entrance(request, app, why, &place_of(request), &typed)
}

/// The answer to a form of whoever is not let in: with what was typed, so that it is not lost with the
/// session, while that cannot be looked up, or by asking too often.
pub(super) fn not_let_in(
    request: &HttpRequest,
    app: &App,
    absent: Absent,
    given: Option<&Given>,
) -> HttpResponse {
    match absent {
        Absent::Away => away(app, &typed(request, app, given)),
        Absent::TooOften(response, _) => {
            let typed = typed(request, app, given);
            let html = workplace::outside(Notice::TooOften, &typed, app.db.is_known_demo());
            let mut answer = page(StatusCode::TOO_MANY_REQUESTS, html);
            site::write_rate(&response, &mut answer);
            answer
        }
        Absent::NoSession | Absent::Ended => {
            let why = (StatusCode::UNAUTHORIZED, Outside::Ended);
            not_taken_in(request, app, why, given)
        }
    }
}

/// What was typed, as the form at this address shows it.
fn typed(request: &HttpRequest, app: &App, given: Option<&Given>) -> Vec<(String, String)> {
    let page = page_of(request, app);
    let typed = given.map(|given| page.map_or_else(|| given.by_name(), |page| page.typed(given)));
    typed.unwrap_or_default()
}

/// Sends whoever is not signed in to where they can, and back to this page.
pub(super) fn outside(request: &HttpRequest, app: &App, absent: Absent) -> HttpResponse {
    let why = absent.why();
    match absent {
        Absent::TooOften(response, _) => return *response,
        Absent::Away => return away(app, &[]),
        Absent::NoSession | Absent::Ended => {}
    }
    let place = workplace::within_address(&place_of(request));
    let reason = match why {
        Outside::Ended => "&reden=verlopen",
        _ => "",
    };
    let response = see_other(&format!("{ENTRANCE}?naar={place}{reason}"));
    let forgotten = cookies::forget_sent(request, cookies::SESSION);
    with_cookies(response, forgotten.as_slice())
}

/// Something for whoever is signed in, made with what every page shows of them.
pub(super) fn visited<T>(
    app: &App,
    visitor: &Visitor,
    (done, attempt): (Option<&str>, Option<&Attempt>),
    make: impl FnOnce(&Visit<'_>) -> T,
) -> T {
    let role = &visitor.actor().role;
    let (token, key) = (visitor.secret.form_token(), hex::encode(ids::nonce()));
    make(&Visit {
        role_code: role.kind().code(),
        role: visitor.role(),
        organisation: role.organisation().as_deref(),
        form_token: &token,
        key: &key,
        until: visitor.bearer.until(),
        is_demo: app.db.is_known_demo(),
        done,
        attempt,
        outcome: None,
    })
}

/// Why nothing is shown, with what was typed.
pub(super) fn notice(
    app: &App,
    visitor: &Visitor,
    why: Notice,
    attempt: Option<&Attempt>,
) -> HttpResponse {
    let status = match why {
        Notice::NotFound => StatusCode::NOT_FOUND,
        Notice::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Notice::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Notice::TooOften => StatusCode::TOO_MANY_REQUESTS,
    };
    let html = visited(app, visitor, (None, attempt), |visit| {
        workplace::notice(why, visit)
    });
    page(status, html)
}

/// The data are away, and nobody knows yet who asks: with what was typed.
fn away(app: &App, typed: &[(String, String)]) -> HttpResponse {
    let html = workplace::outside(Notice::Unavailable, typed, app.db.is_known_demo());
    let mut response = page(StatusCode::SERVICE_UNAVAILABLE, html);
    let seconds = header::HeaderValue::from_static("10");
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
    response
}

/// Our failures, told as a page. What only an address made by hand leads to is told as elsewhere.
pub(super) fn failed(app: &App, error: &DbError) -> HttpResponse {
    let problem = problem::failed(error);
    if problem.status() == StatusCode::BAD_REQUEST {
        return problem;
    }
    away(app, &[])
}

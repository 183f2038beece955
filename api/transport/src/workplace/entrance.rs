//! To sign in and out: the page that offers it, the way to an issuer, the trial of a role, the end.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{
    super::{App, actor, address, admission, body, problem, site},
    answer, cookies, pages,
    visitor::{self, Absent, note_refusal},
};
use auth::{SignIn, SignInError, TokenRequest};
use chrono::TimeDelta;
use sessions::{Began, Secret};
use workplace::{HOME, Outside, RETURN};

/// How long a sign-in may be under way, in seconds.
const SIGN_IN_SECONDS: i64 = 15 * 60;
/// How long somebody who tries the service out is signed in at most.
const TRIAL: TimeDelta = TimeDelta::hours(8);
/// The person of a trial, as the development issuer names it.
const TRIAL_SUBJECT: &str = "developer";
/// The name of the development issuer in the log.
const TRIAL_ISSUER: &str = "development";

/// A parameter of the address; of several none.
pub(super) fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let pairs = pairs.map(web::Query::into_inner).unwrap_or_default();
    let mut found = pairs.into_iter().filter(|(own, _)| own == name);
    let (_, value) = found.next()?;
    found.next().is_none().then_some(value)
}

/// Whether a browser says that it asks for something else than a page of this host (Fetch Metadata).
/// Old ones say nothing.
pub(super) fn is_from_elsewhere(request: &HttpRequest) -> bool {
    let site = request.headers().get("sec-fetch-site");
    site.is_some_and(|site| site != "same-origin")
}

/// The page to go on with: one of the workplace, and no other.
fn place(given: Option<&str>) -> &str {
    given
        .filter(|place| workplace::is_place(place))
        .unwrap_or(HOME)
}

/// `GET /werkplek/aanmelden`.
pub(super) async fn page(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let wanted = parameter(&request, "naar");
    let why = match parameter(&request, "reden").as_deref() {
        Some("afgemeld") => Outside::SignedOut,
        Some("verlopen") => Outside::Ended,
        Some(_) | None => Outside::New,
    };
    let place = place(wanted.as_deref());
    answer::entrance(&request, &app, (StatusCode::OK, why), place, &[])
}

/// What an issuer knows a sign-in by.
pub(super) fn sign_in(request: &HttpRequest, app: &App, secret: &Secret) -> SignIn {
    SignIn {
        return_address: format!("{}{RETURN}", address::of(request, app)),
        state: secret.state(),
        nonce: secret.nonce(),
        verifier: secret.verifier(),
    }
}

/// `GET /werkplek/aanmelden/begin`: sends a browser to an issuer.
pub(super) async fn begin(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let wanted = parameter(&request, "naar");
    let began = Began {
        issuer: parameter(&request, "uitgever").unwrap_or_default(),
        return_to: place(wanted.as_deref()).to_owned(),
    };
    let outside = |status, why| answer::entrance(&request, &app, (status, why), HOME, &[]);
    if !cookies::are_kept(&request, &app) {
        return outside(StatusCode::BAD_REQUEST, Outside::New);
    }
    let secret = Secret::random();
    let sign_in = sign_in(&request, &app, &secret);
    let clock = app.db.clock();
    let to = match app
        .issuers
        .sign_in_address(&began.issuer, sign_in, clock)
        .await
    {
        Ok(to) => to,
        Err(SignInError::NoIssuer) => return outside(StatusCode::NOT_FOUND, Outside::New),
        Err(error) => {
            refused(&began.issuer, &error);
            return outside(StatusCode::SERVICE_UNAVAILABLE, Outside::Unavailable);
        }
    };
    let address = admission::address(&request, app.limits.proxies);
    if let Err(error) = sessions::begin_sign_in(&app.db.at(address), &secret, &began).await {
        return answer::failed(&app, &error);
    }
    let cookie = cookies::set(cookies::SIGN_IN, &secret, SIGN_IN_SECONDS);
    answer::with_cookies(answer::see_other(&to), &[cookie])
}

/// Notes why an issuer lets nobody in, with what only an operator can mend.
pub(super) fn refused(issuer: &str, error: &SignInError) {
    note_refusal(issuer, error.code());
    let error = domain::error::chain(error);
    tracing::warn!(issuer, error, "somebody could not sign in at an issuer");
}

/// `POST /werkplek/aanmelden/uitproberen`: signs in as a role, where this is not production.
pub(super) async fn try_out(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let Some(issuer) = &app.trial else {
        return problem::nothing_here();
    };
    let outside = |status, why| answer::entrance(&request, &app, (status, why), HOME, &[]);
    // There is no session yet whose value a form could carry; a browser says itself who sends it.
    if is_from_elsewhere(&request) {
        visitor::note_forgery();
        return outside(StatusCode::FORBIDDEN, Outside::Forged);
    }
    let Ok(bytes) = body::read(&request, payload, body::LARGEST).await else {
        return outside(StatusCode::BAD_REQUEST, Outside::New);
    };
    let given = pages::fields(&bytes);
    let mut roles = auth::trial_roles().into_iter();
    let Some(role) = roles.find(|role| given.value("rol") == Some(role.kind().code())) else {
        return outside(StatusCode::BAD_REQUEST, Outside::New);
    };
    let wanted = TokenRequest {
        role,
        subject: TRIAL_SUBJECT.to_owned(),
        lifetime_seconds: TRIAL.min(app.issuers.longest()).num_seconds(),
    };
    let Ok(token) = issuer.token(&wanted, app.db.clock()) else {
        return outside(StatusCode::INTERNAL_SERVER_ERROR, Outside::Unavailable);
    };
    let bearer = match actor::of_token(&token, &app).await {
        Ok(bearer) => bearer,
        Err(error) => {
            note_refusal(TRIAL_ISSUER, error.code());
            return outside(StatusCode::FORBIDDEN, Outside::NoRole);
        }
    };
    match visitor::begin(&request, &app, (token, &bearer), TRIAL_ISSUER).await {
        Ok(cookie) => {
            let to = answer::see_other(place(given.value("naar")));
            answer::with_cookies(to, &[cookie])
        }
        Err(error) => answer::failed(&app, &error),
    }
}

/// The page to go on with for whoever has no session any more.
fn signed_out() -> HttpResponse {
    answer::see_other(&format!("{}?reden=afgemeld", workplace::ENTRANCE))
}

/// `POST /werkplek/afmelden`: ends the session, on every instance.
pub(super) async fn sign_out(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(absent @ (Absent::TooOften(..) | Absent::Away)) => {
            return answer::outside(&request, &app, absent);
        }
        // Nobody comes back to this address, which shows nothing.
        Err(_) => {
            let forgotten = cookies::forget_sent(&request, cookies::SESSION);
            return answer::with_cookies(signed_out(), forgotten.as_slice());
        }
    };
    let given = match body::read(&request, payload, body::LARGEST).await {
        Ok(bytes) => pages::fields(&bytes),
        Err(_) => pages::fields(&[]),
    };
    if !visitor.is_own_form(&given) {
        return answer::entrance(
            &request,
            &app,
            (StatusCode::FORBIDDEN, Outside::Forged),
            HOME,
            &[],
        );
    }
    if let Err(error) = sessions::end_session(&app.db, &visitor.secret).await {
        return answer::failed(&app, &error);
    }
    let role = &visitor.actor().role;
    tracing::info!(
        target: "audit",
        event = "sign_out",
        role = role.kind().code(),
        organisation = role.organisation(),
        "somebody signed out at the workplace"
    );
    let mut response = signed_out();
    // Where the browser kept a page on its own, it forgets it.
    let value = header::HeaderValue::from_static("\"cache\"");
    let name = header::HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(name, value);
    answer::with_cookies(response, &[cookies::forget(cookies::SESSION)])
}

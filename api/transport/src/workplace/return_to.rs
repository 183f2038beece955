//! `GET /werkplek/aanmelden/terug`: a browser comes back from an issuer, with a code for its tokens.
//!
//! The code counts for the browser that began this sign-in, once: its cookie must make the state that
//! came back, and its row is taken away. Then the server exchanges the code, the tokens are checked,
//! and the session that follows has a new secret, so nobody knows it beforehand.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    super::{App, actor, admission, site},
    answer, cookies,
    entrance::{self, parameter},
    visitor::{self, note_refusal},
};
use auth::{SignInError, TokenError};
use workplace::{HOME, Outside};

/// The issuer in the log of a sign-in of which none is known.
const NO_ISSUER: &str = "none";

/// What is said to whoever comes back with a token that gives no role here.
fn without_role(error: TokenError) -> Outside {
    if error == TokenError::TooLong {
        Outside::TooLong
    } else {
        Outside::NoRole
    }
}

pub(super) async fn back(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let not_begun = || {
        note_refusal(NO_ISSUER, "NOT_BEGUN");
        let why = (StatusCode::BAD_REQUEST, Outside::NotBegun);
        answer::entrance(&request, &app, why, HOME, &[])
    };
    let state = parameter(&request, "state").unwrap_or_default();
    let secret = cookies::read(&request, cookies::SIGN_IN);
    let Some(secret) = secret.filter(|secret| secret.is_state(&state)) else {
        // A link of another site does not end a sign-in that is under way: its cookie stays.
        return not_begun();
    };
    let over = |response| answer::with_cookies(response, &[cookies::forget(cookies::SIGN_IN)]);
    let outside = |status, why| over(answer::entrance(&request, &app, (status, why), HOME, &[]));
    let address = admission::address(&request, app.limits.proxies);
    let began = match sessions::take_sign_in(&app.db.at(address), &secret).await {
        Ok(Some(began)) => began,
        Ok(None) => return over(not_begun()),
        Err(error) => return answer::failed(&app, &error),
    };
    let issuer = began.issuer.as_str();
    let Some(code) = parameter(&request, "code") else {
        note_refusal(issuer, "ISSUER_REFUSED");
        return outside(StatusCode::FORBIDDEN, Outside::Refused);
    };
    let named = parameter(&request, "iss");
    let sign_in = entrance::sign_in(&request, &app, &secret);
    let exchanged = app
        .issuers
        .exchange(issuer, (code, named.as_deref()), sign_in, app.db.clock())
        .await;
    let token = match exchanged {
        Ok(token) => token,
        Err(error) => {
            entrance::refused(issuer, &error);
            let (status, why) = match error {
                SignInError::Silent(_) | SignInError::Status(_) | SignInError::Metadata(_) => {
                    (StatusCode::SERVICE_UNAVAILABLE, Outside::Unavailable)
                }
                SignInError::Token(error) => (StatusCode::FORBIDDEN, without_role(error)),
                SignInError::NoIssuer
                | SignInError::Code(_)
                | SignInError::Answer
                | SignInError::OtherIssuer
                | SignInError::IdToken(_) => (StatusCode::FORBIDDEN, Outside::Refused),
            };
            return outside(status, why);
        }
    };
    let bearer = match actor::of_token(&token, &app).await {
        Ok(bearer) => bearer,
        Err(actor::Refused::Token(error)) => {
            note_refusal(issuer, error.code());
            return outside(StatusCode::FORBIDDEN, without_role(error));
        }
        Err(refused) => {
            note_refusal(issuer, refused.code());
            return outside(StatusCode::SERVICE_UNAVAILABLE, Outside::Unavailable);
        }
    };
    match visitor::begin(&request, &app, (token, &bearer), issuer).await {
        Ok(cookie) => answer::with_cookies(
            answer::see_other(&began.return_to),
            &[cookie, cookies::forget(cookies::SIGN_IN)],
        ),
        Err(error) => answer::failed(&app, &error),
    }
}

//! Who looks at the workplace: the session of a cookie, whose token is checked anew each time.

use actix_web::{HttpRequest, HttpResponse};

use super::{
    super::{App, actor, admission, rate::Caller, request_log::RequestLog, site},
    cookies,
};
use auth::{Bearer, TokenError};
use database::DbError;
use domain::{
    actor::{Actor, RoleKind},
    error::chain,
};
use sessions::{Opened, Secret};
use workplace::Outside;

/// Somebody who is signed in.
pub(super) struct Visitor {
    pub(super) secret: Secret,
    pub(super) bearer: Bearer,
}

/// Why nobody is.
pub(super) enum Absent {
    /// No cookie, or none that opens anything.
    NoSession,
    /// The token does not hold any more, so the session ended.
    Ended,
    /// Whether there is a session cannot be looked up now.
    Away,
    /// Whoever it is asks too often, and gets this answer; whether it is somebody whose session opened
    /// here a short time ago.
    TooOften(Box<HttpResponse>, bool),
}

impl Absent {
    /// What the page to sign in says of it.
    pub(super) fn why(&self) -> Outside {
        match self {
            Self::NoSession | Self::Away | Self::TooOften(..) => Outside::New,
            Self::Ended => Outside::Ended,
        }
    }
}

impl Visitor {
    pub(super) fn actor(&self) -> &Actor {
        &self.bearer.actor
    }

    /// The role in words.
    pub(super) fn role(&self) -> &'static str {
        label(self.actor().role.kind())
    }
}

/// What people call a role.
pub(super) fn label(role: RoleKind) -> &'static str {
    match role {
        RoleKind::Municipality => "Gemeente",
        RoleKind::Region => "Regio",
        RoleKind::Partner => "Partner",
        RoleKind::Vng => "VNG",
        RoleKind::Ministry => "Ministerie",
        RoleKind::Public => "Publiek",
        RoleKind::System => "Dienst",
    }
}

/// Lets a browser in by its cookie. A session is looked up in the database, so a request is counted
/// before that: for the person of a session that opened here a short time ago, and else for the
/// address, which all of an office may share.
pub(super) async fn enter(request: &HttpRequest, app: &App) -> Result<Visitor, Absent> {
    let address = admission::address(request, app.limits.proxies);
    let secret = cookies::read(request, cookies::SESSION);
    let id = secret.as_ref().map(Secret::id).unwrap_or_default();
    let known = app.rates.whose(&id);
    let counted = known.unwrap_or_else(|| Caller::at(address));
    take(request, app, &counted).await?;
    let secret = secret.ok_or(Absent::NoSession)?;
    let opened = sessions::open_session(&app.db.at(address), &secret).await;
    let Some(opened) = opened.map_err(away)? else {
        app.rates.forget(&id);
        return Err(Absent::NoSession);
    };
    match actor::of_token(&opened.token, app).await {
        Ok(bearer) => {
            let caller = Caller::of(&bearer.actor, address);
            if caller != counted {
                take(request, app, &caller).await?;
                app.rates.remember(id, caller);
            }
            RequestLog::of(request)
                .borrow_mut()
                .set_actor(&bearer.actor);
            Ok(Visitor { secret, bearer })
        }
        Err(actor::Refused::Token(error)) => {
            app.rates.forget(&id);
            end(app, &secret, error).await?;
            Err(Absent::Ended)
        }
        Err(refused) => {
            tracing::warn!(code = refused.code(), "a session cannot be looked at");
            Err(Absent::Away)
        }
    }
}

async fn take(request: &HttpRequest, app: &App, caller: &Caller) -> Result<(), Absent> {
    let Err(allowance) = app.rates.take(caller) else {
        return Ok(());
    };
    let response = site::too_often(request, app, allowance.problem()).await;
    let is_known = matches!(caller, Caller::Person(_));
    Err(Absent::TooOften(Box::new(response), is_known))
}

fn away(error: DbError) -> Absent {
    let causes = chain(&error);
    if error.is_unavailable() || error.is_timeout() {
        tracing::warn!(error = causes, "a session cannot be looked up");
    } else {
        tracing::error!(error = causes, "a session cannot be looked up");
    }
    Absent::Away
}

/// A token that does not hold any more ends its session everywhere.
async fn end(app: &App, secret: &Secret, error: TokenError) -> Result<(), Absent> {
    sessions::end_session(&app.db, secret).await.map_err(away)?;
    tracing::info!(
        target: "audit",
        event = "session_ended",
        rule = error.code(),
        "the token of a session at the workplace does not hold any more"
    );
    Ok(())
}

/// Keeps a token as a new session under a new secret, and gives the cookie. A session that the
/// browser had before ends.
pub(super) async fn begin(
    request: &HttpRequest,
    app: &App,
    (token, bearer): (String, &Bearer),
    issuer: &str,
) -> Result<String, DbError> {
    if let Some(before) = cookies::read(request, cookies::SESSION) {
        sessions::end_session(&app.db, &before).await?;
    }
    let now = app.db.clock().now();
    let expires_at = bearer.until().unwrap_or(now);
    let secret = Secret::random();
    sessions::keep_session(&app.db, &secret, &Opened { token, expires_at }).await?;
    tracing::info!(
        target: "audit",
        event = "sign_in",
        role = bearer.actor.role.kind().code(),
        organisation = bearer.actor.role.organisation(),
        issuer,
        "somebody signed in at the workplace"
    );
    let seconds = (expires_at - now).num_seconds();
    Ok(cookies::set(cookies::SESSION, &secret, seconds))
}

/// Notes that somebody was not let in: never who.
pub(super) fn note_refusal(issuer: &str, rule: &str) {
    tracing::info!(
        target: "audit",
        event = "sign_in_refused",
        issuer,
        rule,
        "somebody was not let in at the workplace"
    );
}

/// Notes that a form came that no page of the session sent.
pub(super) fn note_forgery() {
    tracing::info!(
        target: "audit",
        event = "form_refused",
        rule = "FORGED_FORM",
        "a form at the workplace was not sent from a page of its session"
    );
}

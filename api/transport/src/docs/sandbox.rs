//! `/sandbox`: tokens to copy, for whoever builds against a demo.
//!
//! Only a demo that trusts tokens made there has this page; its workplace lets everybody choose a
//! role as well, so it gives nobody more than that. Elsewhere there is nothing at this address.
//! Each visit makes new tokens, and nobody is to keep the page.

use std::fmt::Write as _;

use actix_web::{HttpRequest, HttpResponse, web};
use auth::{DevIssuer, DevIssuerError, TokenRequest, trial_roles};
use domain::{
    clock::{Clock, day_of},
    error::chain,
};
use website::{Article, Notice};

use super::{
    App, menu,
    page::{Language, escaped},
    problem, site,
};
use crate::{address, admission};

/// Where the page is in Dutch.
pub(crate) const DUTCH: &str = "/sandbox";
/// Where it is in English.
pub(crate) const ENGLISH: &str = "/en/sandbox";
/// How long a token holds: no longer than the shortest that an operator may set. Where the clock of
/// the service stands still, it holds as long as the service runs.
const SECONDS: i64 = 60 * 60;
/// The person of the tokens.
const SUBJECT: &str = "sandbox";

/// `GET`: the page.
pub(crate) async fn page(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let is_demo = app.db.is_demo().await.unwrap_or_default();
    let Some(issuer) = app.trial.as_deref().filter(|_| is_demo) else {
        return if site::takes_pages(&request) {
            site::nothing_here(&app, &request).await
        } else {
            problem::nothing_here()
        };
    };
    let language = match website::Language::of_path(request.path()) {
        website::Language::Dutch => Language::Dutch,
        website::Language::English => Language::English,
    };
    let service = address::of(&request, &app);
    let content = match content(issuer, app.db.clock(), &service, language) {
        Ok(content) => website::dressed(&content),
        Err(error) => {
            tracing::error!(
                error = chain(&error),
                "no token can be made for the sandbox"
            );
            return site::notice(&app, &request, Notice::Unavailable).await;
        }
    };
    let title = language.pick(("Zandbak", "Sandbox"));
    let article = Article {
        language: language.of_pages(),
        dutch: DUTCH,
        english: ENGLISH,
        title,
        description: title,
        menu: &menu(language),
        content: &content,
    };
    site::unkept(&request, &app, &article).await
}

/// What the page tells: the day, a first question, and a token for each role.
fn content(
    issuer: &DevIssuer,
    clock: &Clock,
    service: &str,
    language: Language,
) -> Result<String, DevIssuerError> {
    let day = day_of(clock.now());
    let service = escaped(service);
    let mut content = language.pick((
        format!(
            "<p>Alles over gemeenten is hier verzonnen. Het is hier {day}. Zonder token leest u wat \
             openbaar is:</p>\n"
        ),
        format!(
            "<p>Everything about municipalities is invented here. It is {day} here. Without a token \
             you read what is public:</p>\n"
        ),
    ));
    writeln!(
        content,
        "<pre tabindex=\"0\"><code>curl -s {service}/v1/graphql -H 'content-type: application/json' \
         -d '{{\"query\":\"{{ dashboard {{ actionsInPlan }} }}\"}}'</code></pre>"
    )
    .ok();
    content += language.pick((
        "<p>Een token voor elke rol, om in een terminal te plakken. Stuur het mee als \
         <code>Authorization: Bearer $STM_TOKEN_VNG</code>. In de \
         <a href=\"/werkplek\">werkplek</a> kiest u een rol zonder token.</p>\n",
        "<p>A token for each role, to paste into a terminal. Send it as \
         <code>Authorization: Bearer $STM_TOKEN_VNG</code>. In the \
         <a href=\"/werkplek\">workplace</a> you choose a role without a token.</p>\n",
    ));
    for role in trial_roles() {
        let code = role.kind().code();
        let organisation = role.organisation().unwrap_or_default();
        let request = TokenRequest {
            role,
            subject: SUBJECT.to_owned(),
            lifetime_seconds: SECONDS,
        };
        let token = escaped(&issuer.token(&request, clock)?);
        writeln!(
            content,
            "<h2 id=\"{code}\">{code} {organisation}</h2>\n<pre tabindex=\"0\"><code>export \
             STM_TOKEN_{code}={token}</code></pre>",
            organisation = escaped(&organisation)
        )
        .ok();
    }
    Ok(content)
}

//! A page, made of the answer to its own document: by the same executor and within the same scope as everybody's, as the
//! public. It has the version of that answer, so a browser that has it is told so, and it is kept as answers are.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::ContentEncoding},
    web::Bytes,
};
use async_graphql::ServerError;
use domain::actor::{Actor, Role, RoleKind};
use graphql::{context::RequestContext, error::Code};
use website::{Colophon, Notice, Page, Unmade};

use super::{
    App, admission,
    kept::KeptAnswer,
    operation::{Answered, Operation},
    request_log::{RequestId, RequestLog},
    site::{Imprint, as_page},
    version::{Question, Version},
};

/// A page that is kept, that the browser has, or that is made now.
pub(super) async fn answer(
    request: &HttpRequest,
    app: &App,
    page: &Page,
) -> Result<HttpResponse, Notice> {
    let operation = operation_of(page, app)?;
    let imprint = Imprint::of(request, app);
    let question = Question::of_page(&app.edition, &operation, page, &imprint.address);
    let place = (question, ContentEncoding::Identity);
    if let Some(head) = app.db.head().await {
        let version = Version::of(&question, &Role::Public, &head);
        if version.is_known_to(request) {
            return Ok(version.not_modified());
        }
        if let Some(kept) = app.kept.find(&head, RoleKind::Public, &place) {
            app.kept.count_hit();
            let mut response = as_page(StatusCode::OK, page.content_type(), Some(&version));
            return Ok(response.body(kept.body));
        }
    }
    let answered = execute(request, app, page, &operation).await?;
    let data = answered.response.data.clone().into_json();
    let mut data = data.map_err(Unmade::from);
    if let Ok(shown) = &mut data
        && let Some(beside) = page.beside(shown)
    {
        let operation = operation_of(&beside, app)?;
        let answered = execute(request, app, &beside, &operation).await?;
        match answered.response.data.into_json() {
            Ok(places) => Page::join(shown, places),
            Err(error) => data = Err(error.into()),
        }
    }
    let is_demo = app.db.is_demo().await.unwrap_or_default();
    let colophon = Colophon {
        day: answered.finished.day.as_deref(),
        ..imprint.colophon(app, is_demo)
    };
    let laid_out = data.and_then(|data| page.lay_out(data, colophon));
    let html = match laid_out {
        Ok(html) => Bytes::from(html),
        Err(Unmade::NotThere) => return Err(Notice::NotFound),
        Err(error) => {
            tracing::error!(page = page.path(), %error, "a page cannot be made of its answer");
            return Err(Notice::Unavailable);
        }
    };
    let read = answered.finished.read.as_ref();
    let version = read.map(|read| Version::of(&question, &Role::Public, &read.moment));
    if let Some(read) = read.filter(|_| answered.is_kind_known) {
        app.kept.count_miss();
        let answer = KeptAnswer {
            body: html.clone(),
            privileged: read.privileged.clone(),
        };
        app.kept.keep(&read.moment, RoleKind::Public, place, answer);
    }
    let mut response = as_page(StatusCode::OK, page.content_type(), version.as_ref());
    Ok(response.body(html))
}

fn operation_of(page: &Page, app: &App) -> Result<Operation, Notice> {
    Operation::of_page(page, app).map_err(|refusal| {
        tracing::error!(
            page = page.path(),
            code = refusal.code.as_str(),
            "a page asks what cannot be asked"
        );
        Notice::Unavailable
    })
}

/// The answer to the document of a page. What is not there makes no page; any other mistake neither.
async fn execute(
    request: &HttpRequest,
    app: &App,
    page: &Page,
    operation: &Operation,
) -> Result<Answered, Notice> {
    let caller = admission::address(request, app.limits.proxies);
    let context = Arc::new(RequestContext::new(
        app.db.at(caller),
        Actor::public(),
        operation.moment.clone(),
    ));
    let id = RequestId::of(request);
    let answered = operation.run(app, context, &id).await.map_err(|refusal| {
        tracing::warn!(code = refusal.code.as_str(), "a page got no answer");
        Notice::Unavailable
    })?;
    RequestLog::of(request).borrow_mut().statements = answered.finished.statements;
    let errors = &answered.response.errors;
    if errors.is_empty() {
        return Ok(answered);
    }
    if errors.iter().all(|error| has_code(error, Code::NotFound)) {
        return Err(Notice::NotFound);
    }
    if page.is_search() && errors.iter().all(|error| has_code(error, Code::BadRequest)) {
        return Err(Notice::NothingToSearch);
    }
    tracing::error!(error = errors[0].message, "the answer of a page has errors");
    Err(Notice::Unavailable)
}

fn has_code(error: &ServerError, expected: Code) -> bool {
    let extensions = error.extensions.as_ref();
    let code = extensions.and_then(|extensions| extensions.get("code"));
    code == Some(&expected.as_str().into())
}

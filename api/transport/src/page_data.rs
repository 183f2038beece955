//! The data of which a page for people is made: the answer to its document, as the public, with the
//! lists in it whole and with what is asked after it.

use std::sync::Arc;

use actix_web::HttpRequest;
use async_graphql::ServerError;
use domain::actor::Actor;
use graphql::{context::RequestContext, error::Code};
use serde_json::Value;
use website::{Notice, Page, Unmade};

use super::{
    App, admission,
    operation::{Answered, Operation},
    request_log::{RequestId, RequestLog},
    walk,
};

/// The data of the first answer to a page, with all that must be read behind it.
pub(super) async fn whole(
    request: &HttpRequest,
    app: &App,
    page: &Page,
    answered: &Answered,
) -> Result<Value, Notice> {
    let mut data = data_of(page, answered)?;
    let mut further = page.clone();
    while let Some(variables) = walk::further(page.document, &further.variables, &data) {
        further.variables = variables;
        let more = read(request, app, &further).await?;
        walk::join(page.document, &mut data, more);
    }
    if let Some(beside) = page.beside(&data) {
        Page::join(&mut data, read(request, app, &beside).await?);
    }
    Ok(data)
}

/// The data of the answer to a page.
fn data_of(page: &Page, answered: &Answered) -> Result<Value, Notice> {
    let data = answered.response.data.clone().into_json();
    data.map_err(|error| unmade(page, &error.into()))
}

/// The data of what is read behind the first answer.
async fn read(request: &HttpRequest, app: &App, page: &Page) -> Result<Value, Notice> {
    let operation = operation_of(page, app)?;
    let answered = execute(request, app, page, &operation).await?;
    data_of(page, &answered)
}

/// Why nothing is shown where a page could not be made of its answer.
pub(super) fn unmade(page: &Page, error: &Unmade) -> Notice {
    if matches!(error, Unmade::NotThere) {
        return Notice::NotFound;
    }
    tracing::error!(page = page.path(), %error, "a page cannot be made of its answer");
    Notice::Unavailable
}

/// The operation of a page.
pub(super) fn operation_of(page: &Page, app: &App) -> Result<Operation, Notice> {
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
pub(super) async fn execute(
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
        // Its address may name a row of no list of ours, or of a state that is lost.
        if page.goes_on() && refusal.status.is_client_error() {
            return Notice::NotFound;
        }
        Notice::Unavailable
    })?;
    RequestLog::of(request).borrow_mut().statements += answered.finished.statements;
    let errors = &answered.response.errors;
    if errors.is_empty() {
        return Ok(answered);
    }
    if errors.iter().all(|error| has_code(error, Code::NotFound)) {
        return Err(Notice::NotFound);
    }
    let is_wrong = errors.iter().all(|error| has_code(error, Code::BadRequest));
    if is_wrong && page.goes_on() {
        return Err(Notice::NotFound);
    }
    if is_wrong && page.is_search() {
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

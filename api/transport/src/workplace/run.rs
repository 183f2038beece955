//! A document of a page or of a form, for whoever is signed in: by the same executor, and within the
//! same scope, as the API.

use std::sync::Arc;

use actix_web::HttpRequest;
use async_graphql::{ServerError, parser::types::OperationType};
use serde_json::{Map, Value};

use super::super::{
    App, admission,
    operation::Operation,
    refusal::Refusal,
    request_log::{RequestId, RequestLog},
    walk,
};
use domain::actor::Actor;
use graphql::{
    context::RequestContext,
    error::{Code, UNREADABLE_NL},
};

/// Why a document has no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// What it is about is not there, or not for this role.
    NotFound,
    /// The values are not what the document asks for, or the role may not: each reason in Dutch.
    Refused(Vec<String>),
    /// The database is away, or something went wrong on our side.
    Unavailable,
}

/// The data of the answer to a document, with its lists whole.
pub(super) async fn run(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (document, mut variables): (&str, Map<String, Value>),
) -> Result<Value, Unanswered> {
    let mut data = run_once(request, app, actor, (document, variables.clone())).await?;
    while let Some(further) = walk::further(document, &variables, &data) {
        variables = further;
        let more = run_once(request, app, actor, (document, variables.clone())).await;
        // What came first could be read: a list that changed since is there for whoever tries again.
        let more = more.map_err(|_| Unanswered::Unavailable)?;
        walk::join(document, &mut data, more);
    }
    Ok(data)
}

async fn run_once(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (document, variables): (&str, Map<String, Value>),
) -> Result<Value, Unanswered> {
    let operation = Operation::of_own(document, variables, app).map_err(refused)?;
    let log = RequestLog::of(request);
    {
        let mut log = log.borrow_mut();
        log.operation_name = operation.ready.name.clone();
        log.operation_kind = Some(match operation.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        });
    }
    let caller = admission::address(request, app.limits.proxies);
    let context = Arc::new(RequestContext::new(
        app.db.at(caller),
        actor.clone(),
        operation.moment.clone(),
    ));
    let id = RequestId::of(request);
    let answered = operation.run(app, context, &id).await.map_err(refused)?;
    {
        let mut log = log.borrow_mut();
        log.statements += answered.finished.statements;
        log.outcome = Some(answered.outcome());
    }
    let errors = &answered.response.errors;
    let are_not_found = errors.iter().all(|error| has_code(error, Code::NotFound));
    // What is not there is null on a page, and the page says what that means.
    if errors.is_empty() || are_not_found && operation.kind == OperationType::Query {
        let data = answered.response.data.clone().into_json();
        return match data {
            Ok(Value::Null) => Err(Unanswered::NotFound),
            Ok(data) => Ok(data),
            Err(_) => Err(Unanswered::Unavailable),
        };
    }
    if are_not_found {
        return Err(Unanswered::NotFound);
    }
    if errors.iter().any(|error| has_code(error, Code::Internal)) {
        return Err(Unanswered::Unavailable);
    }
    Err(Unanswered::Refused(errors.iter().map(dutch).collect()))
}

fn has_code(error: &ServerError, code: Code) -> bool {
    let extensions = error.extensions.as_ref();
    let found = extensions.and_then(|extensions| extensions.get("code"));
    found == Some(&code.as_str().into())
}

/// An error in Dutch.
fn dutch(error: &ServerError) -> String {
    let extensions = error.extensions.as_ref();
    let message = extensions.and_then(|extensions| extensions.get("messageNl"));
    match message {
        Some(async_graphql::Value::String(message)) => message.clone(),
        Some(_) | None => UNREADABLE_NL.to_owned(),
    }
}

fn refused(refusal: Refusal) -> Unanswered {
    if refusal.status.is_server_error() {
        return Unanswered::Unavailable;
    }
    let mistakes = refusal.mistakes.iter();
    let mut texts: Vec<String> = mistakes.map(|mistake| mistake.message.nl.clone()).collect();
    if texts.is_empty() {
        texts.push(refusal.message.nl.clone());
    }
    Unanswered::Refused(texts)
}

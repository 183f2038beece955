//! GraphQL over HTTP: POST with JSON, GET for what changes nothing, nothing else.
//!
//! A request is refused as early as it can be: what it accepts, who asks and how often, method and
//! content type, size and time of the body, the shape of JSON and document ([`super::gate`]), and
//! only then is the document made ready ([`super::operation`]).

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use async_graphql::parser::types::OperationType;
use sha2::{Digest as _, Sha256};

use super::{
    App, admission, body, events,
    exchange::Exchange,
    graphql_request::GraphqlRequest,
    kept::{Found, Inquiry},
    operation::Operation,
    refusal::Refusal,
    socket, upgrade,
    version::Version,
};
use auth::Bearer;
use graphql::{context::RequestContext, error::Code};

/// POST: queries and mutations.
pub(super) async fn post(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let exchange = match Exchange::begin(&request) {
        Ok(exchange) => exchange,
        Err(refused) => return refused,
    };
    let entered = match enter(&request, &app, &exchange).await {
        Ok(entered) => entered,
        Err(refused) => return refused,
    };
    let actor = &entered.bearer.actor;
    let answered = async {
        must_be_json(&request)?;
        let largest = if actor.pseudonym.is_some() {
            body::LARGEST_SIGNED_IN
        } else {
            body::LARGEST
        };
        let body = body::read(&request, payload, largest).await?;
        let operation = Operation::of(GraphqlRequest::from_body(&body)?, &app, actor)?;
        operation.must_be_answerable(exchange.takes_events)?;
        Ok(operation)
    };
    let mut response = match answered.await {
        Ok(operation) => execute(&request, &app, &exchange, &entered.bearer, operation).await,
        Err(refusal) => exchange.refuse(&refusal),
    };
    entered.allowance.write_to(response.headers_mut());
    response
}

/// GET: queries only, in the address; or the opening of a socket.
pub(super) async fn get(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    if upgrade::is_socket(request.headers()) {
        return socket::open(&request, payload, &app).await;
    }
    let exchange = match Exchange::begin(&request) {
        Ok(exchange) => exchange,
        Err(refused) => return refused,
    };
    let entered = match enter(&request, &app, &exchange).await {
        Ok(entered) => entered,
        Err(refused) => return refused,
    };
    let actor = &entered.bearer.actor;
    let operation = GraphqlRequest::from_address(request.query_string())
        .and_then(|requested| Operation::of(requested, &app, actor))
        .and_then(|operation| {
            operation.must_not_change(exchange.takes_events)?;
            Ok(operation)
        });
    let mut response = match operation {
        Ok(operation) => execute(&request, &app, &exchange, &entered.bearer, operation).await,
        Err(refusal) => exchange.refuse(&refusal),
    };
    entered.allowance.write_to(response.headers_mut());
    // A cache must not give one caller what it keeps for another.
    let vary = header::HeaderValue::from_static("accept, accept-encoding, authorization");
    response.headers_mut().insert(header::VARY, vary);
    response
}

/// Lets the caller in, or gives the answer that keeps it out.
pub(super) async fn enter(
    request: &HttpRequest,
    app: &App,
    exchange: &Exchange,
) -> Result<admission::Admitted, HttpResponse> {
    match admission::admit(request, app).await {
        Ok(entered) => {
            exchange.set_actor(&entered.bearer.actor);
            Ok(entered)
        }
        Err(admission::Refused::TooOften(allowance)) => Err(exchange.refuse_rate(&allowance)),
        Err(admission::Refused::Token(refused)) => {
            exchange.came_to(refused.code());
            Err(refused.response())
        }
    }
}

fn must_be_json(request: &HttpRequest) -> Result<(), Refusal> {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let mut parts = content_type.unwrap_or_default().split(';').map(str::trim);
    let is_json = parts
        .next()
        .is_some_and(|name| name.eq_ignore_ascii_case("application/json"));
    let is_utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => charset
            .trim()
            .trim_matches('"')
            .eq_ignore_ascii_case("utf-8"),
        Some(_) | None => true,
    });
    if is_json && is_utf8 {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::BadRequest,
        "Stuur `Content-Type: application/json`.",
        "Send `Content-Type: application/json`.",
    ))
}

/// Executes an operation, or finds its answer kept, here or by the client.
pub(super) async fn execute(
    request: &HttpRequest,
    app: &web::Data<App>,
    exchange: &Exchange,
    bearer: &Bearer,
    operation: Operation,
) -> HttpResponse {
    exchange.asks(&operation);
    if operation.kind == OperationType::Subscription {
        return events::open(request, app, exchange, bearer, operation).await;
    }
    let (actor, operation) = (&bearer.actor, &operation);
    let address = admission::address(request, app.limits.proxies);
    let context = Arc::new(RequestContext::new(
        app.db.at(address),
        actor.clone(),
        operation.moment.clone(),
    ));
    if operation.is_introspection {
        return introspect(request, app, exchange, context, operation).await;
    }
    let inquiry = Inquiry::of((request, app.get_ref()), exchange, &actor.role, operation);
    let mut sent = 0;
    if let Some(inquiry) = &inquiry {
        match inquiry.find().await {
            Found::Answer(response) => return response,
            Found::Nothing(statements) => sent = statements,
        }
    }
    let mut answered = match operation.run(app, context, &exchange.request_id).await {
        Ok(answered) => answered,
        Err(refusal) => return exchange.refuse(&refusal),
    };
    answered.count_statements(sent);
    let Some(inquiry) = inquiry else {
        return exchange.answer(&answered, None);
    };
    let version = inquiry.version(&answered);
    if let Some(version) = version.as_ref().filter(|one| one.is_known_to(request)) {
        return exchange.not_modified(version, answered.finished.statements);
    }
    exchange.answer_and_keep(&answered, version.as_ref(), |body| {
        inquiry.keep(&answered, body);
    })
}

/// Answers a question about the schema, from memory where it was asked before.
async fn introspect(
    request: &HttpRequest,
    app: &App,
    exchange: &Exchange,
    context: Arc<RequestContext>,
    operation: &Operation,
) -> HttpResponse {
    // The answer tells of what kind the database is; where that cannot be read, it is not kept.
    let Ok(kind) = app.db.kind().await else {
        return match operation.run(app, context, &exchange.request_id).await {
            Ok(answered) => exchange.answer(&answered, None),
            Err(refusal) => exchange.refuse(&refusal),
        };
    };
    let name = operation.ready.name.as_deref().unwrap_or_default();
    let variables = serde_json::to_string(&operation.variables).unwrap_or_default();
    let question = format!("{}\n{name}\n{variables}\n{}", kind.code(), operation.hash);
    let question = hex::encode(Sha256::digest(question));
    let by_get = request.method() == actix_web::http::Method::GET;
    let version = Version::of_schema(&question, exchange.media);
    if by_get && version.is_known_to(request) {
        return exchange.not_modified(&version, 0);
    }
    let version = Some(&version).filter(|_| by_get);
    if let Some(body) = app.introspections.find(&question) {
        operation.was_executed(app);
        exchange.came_to("OK");
        return exchange.respond(StatusCode::OK, body.to_string(), version);
    }
    let answered = match operation.run(app, context, &exchange.request_id).await {
        Ok(answered) => answered,
        Err(refusal) => return exchange.refuse(&refusal),
    };
    if answered.response.errors.is_empty()
        && answered.is_kind_known
        && let Ok(body) = serde_json::to_string(&answered.response)
    {
        app.introspections.keep(question, &body);
    }
    exchange.answer(&answered, version.filter(|_| answered.is_kind_known))
}

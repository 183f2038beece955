//! GraphQL over HTTP: POST with JSON, GET for queries, nothing else.
//!
//! A request is refused as early as it can be: method and content type, then size and time of the body, then the
//! shape of JSON and document ([`super::gate`]), then the token, and only then is the document parsed. One document
//! has one mutation field, because one document is one transaction.

use std::{sync::Arc, time::Instant};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use async_graphql::{
    Request, Response, ServerError, Variables,
    parser::{parse_query, types::OperationType},
};
use serde::Deserialize;
use serde_json::json;

use super::{App, RequestId, actor, body, document, gate, shape};
use crate::{
    auth::Actor,
    db::DatabaseKind,
    graphql::{
        context::Asking,
        error::{Code, in_dutch},
        moment,
        text::LocalizedText,
    },
    schema,
};

/// How long an operation may take.
const SLOWEST: std::time::Duration = std::time::Duration::from_secs(10);
/// The media type of the GraphQL-over-HTTP draft.
const GRAPHQL_JSON: &str = "application/graphql-response+json";

/// A request as the draft defines it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    query: String,
    operation_name: Option<String>,
    variables: Option<serde_json::Value>,
}

/// A refusal before execution.
struct Refusal {
    status: StatusCode,
    code: Code,
    message: LocalizedText,
    more: serde_json::Value,
}

impl Refusal {
    fn new(status: StatusCode, code: Code, nl: &str, en: &str) -> Self {
        Self {
            status,
            code,
            message: LocalizedText::new(nl, en),
            more: json!({}),
        }
    }

    fn bad(nl: &str, en: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, nl, en)
    }
}

impl From<gate::Refusal> for Refusal {
    fn from(refusal: gate::Refusal) -> Self {
        let (nl, en) = refusal.hint();
        let code = if refusal.code() == Code::TooComplex.as_str() {
            Code::TooComplex
        } else {
            Code::BadRequest
        };
        Self {
            more: json!({ "cost": refusal.cost(), "limit": refusal.limit() }),
            ..Self::new(StatusCode::BAD_REQUEST, code, nl, en)
        }
    }
}

/// How one request is answered and logged.
struct Exchange {
    request_id: String,
    media_type: &'static str,
    started: Instant,
}

/// POST: queries and mutations.
pub(super) async fn post(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let exchange = Exchange::of(&request);
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    if !content_type.is_some_and(|value| value.eq_ignore_ascii_case("application/json")) {
        return exchange.refuse(&Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::BadRequest,
            "Stuur `Content-Type: application/json`.",
            "Send `Content-Type: application/json`.",
        ));
    }
    let body = match body::read(payload).await {
        Ok(body) => body,
        Err(refused) => {
            return exchange.refuse(&match refused {
                body::Refused::TooLarge => Refusal {
                    more: json!({ "limit": body::LARGEST }),
                    ..Refusal::new(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        Code::TooComplex,
                        "Het verzoek is te groot.",
                        "The request is too large.",
                    )
                },
                body::Refused::TooSlow => Refusal::new(
                    StatusCode::REQUEST_TIMEOUT,
                    Code::Timeout,
                    "Het verzoek kwam te langzaam binnen.",
                    "The request came in too slowly.",
                ),
                body::Refused::Broken => {
                    Refusal::bad("Het verzoek brak af.", "The request broke off.")
                }
            });
        }
    };
    let asked = match read_body(&body) {
        Ok(asked) => asked,
        Err(refusal) => return exchange.refuse(&refusal),
    };
    answer(&request, &app, &exchange, asked, true).await
}

/// GET: queries only, with `query`, `operationName` and `variables` in the address.
pub(super) async fn get(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let exchange = Exchange::of(&request);
    let parameters = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let Ok(parameters) = parameters else {
        return exchange.refuse(&Refusal::bad(
            "De vraag in het adres is onleesbaar.",
            "The query in the address is unreadable.",
        ));
    };
    let parameter = |name: &str| {
        parameters
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let Some(query) = parameter("query") else {
        return exchange.refuse(&Refusal::bad("Er is geen `query`.", "There is no `query`."));
    };
    let variables = match parameter("variables").filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => {
            let read = gate::inspect_json_depth(text.as_bytes(), gate::Limits::default().depth)
                .map_err(Refusal::from)
                .and_then(|()| {
                    serde_json::from_str(&text).map_err(|_| {
                        Refusal::bad("`variables` is geen JSON.", "`variables` is no JSON.")
                    })
                });
            match read {
                Ok(variables) => Some(variables),
                Err(refusal) => return exchange.refuse(&refusal),
            }
        }
    };
    let asked = Asked {
        query,
        operation_name: parameter("operationName").filter(|name| !name.is_empty()),
        variables,
    };
    answer(&request, &app, &exchange, asked, false).await
}

/// OPTIONS: any origin may ask, with a token in a header and never with a cookie.
pub(super) async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"))
        .insert_header((
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, x-request-id",
        ))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

fn read_body(body: &[u8]) -> Result<Asked, Refusal> {
    gate::inspect_json_depth(body, gate::Limits::default().depth)?;
    serde_json::from_slice(body).map_err(|_| {
        Refusal::bad(
            "Het verzoek is geen JSON-object met `query`.",
            "The request is no JSON object with `query`.",
        )
    })
}

async fn answer(
    request: &HttpRequest,
    app: &App,
    exchange: &Exchange,
    asked: Asked,
    may_change: bool,
) -> HttpResponse {
    if let Err(refusal) = gate::inspect(&asked.query, &gate::Limits::default()) {
        return exchange.refuse(&refusal.into());
    }
    let actor = match actor::actor(request, app).await {
        Ok(actor) => actor,
        Err(refused) => {
            return exchange.log(refused.response(), None, refused.code(), 0);
        }
    };
    let document = match parse_query(&asked.query) {
        Ok(document) => document,
        Err(error) => {
            return exchange.refuse(&Refusal::bad(
                "De vraag is geen GraphQL.",
                &error.to_string(),
            ));
        }
    };
    if let Some(name) = document::wrong_directive(&document) {
        return exchange.refuse(&Refusal::bad(
            &format!("De aanwijzing `@{name}` bestaat niet of heeft geen voorwaarde `if` van het type Boolean."),
            &format!("The directive `@{name}` does not exist or has no Boolean condition `if`."),
        ));
    }
    let Some(operation) = document::chosen(&document, asked.operation_name.as_deref()) else {
        return exchange.refuse(&Refusal::bad(
            "Noem met `operationName` welke handeling bedoeld is.",
            "Name with `operationName` which operation is meant.",
        ));
    };
    match operation.ty {
        OperationType::Query => {}
        OperationType::Mutation if !may_change => {
            let mut response = exchange.refuse(&Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                Code::BadRequest,
                "Een wijziging gaat met POST.",
                "A mutation goes by POST.",
            ));
            response
                .headers_mut()
                .insert(header::ALLOW, header::HeaderValue::from_static("POST"));
            return response;
        }
        OperationType::Mutation => {
            if document::root_fields(&document, operation) != 1 {
                return exchange.refuse(&Refusal::bad(
                    "Een document heeft één wijziging: zij slaagt of mislukt als geheel.",
                    "A document has one mutation field: it succeeds or fails as a whole.",
                ));
            }
        }
        OperationType::Subscription => {
            return exchange.refuse(&Refusal::bad(
                "Deze dienst kent nog geen abonnementen.",
                "This service knows no subscriptions yet.",
            ));
        }
    }
    let kind = operation.ty;
    let variables = Variables::from_json(asked.variables.unwrap_or_default());
    let moment = match moment::of(&document, asked.operation_name.as_deref(), &variables) {
        Ok(moment) => moment,
        Err(failure) => return exchange.refuse_error(&async_graphql::Error::from(failure)),
    };
    let asking = Arc::new(Asking::new(app.db.clone(), actor.clone(), moment));
    let mut graphql = Request::new(asked.query).variables(variables);
    if let Some(name) = &asked.operation_name {
        graphql = graphql.operation_name(name);
    }
    graphql.set_parsed_query(document.clone());
    let graphql = schema::equip(graphql, &asking);
    let response = tokio::time::timeout(SLOWEST, app.schema.execute(graphql)).await;
    let finished = asking.finish().await;
    let Ok(mut response) = response else {
        return exchange.refuse(&Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Timeout,
            "De vraag duurde te lang. Vraag minder tegelijk.",
            "The request took too long. Ask for less at once.",
        ));
    };
    if let Some(operation) = document::chosen(&document, asked.operation_name.as_deref()) {
        let data = std::mem::take(&mut response.data);
        response.data = shape::mend(data, &response.errors, &app.types, (&document, operation));
    }
    for error in &mut response.errors {
        exchange.complete(error);
    }
    if let Some(ledger) = finished.ledger {
        response
            .extensions
            .insert("ledger".to_owned(), ledger.into());
    }
    if app.db.is_demo().await.unwrap_or_default() {
        response
            .extensions
            .insert("database".to_owned(), DatabaseKind::Demo.code().into());
    }
    if let Some(day) = &finished.day {
        response
            .extensions
            .insert("day".to_owned(), day.clone().into());
    }
    if let Some(withheld) = finished.withheld() {
        response.extensions.insert("withheld".to_owned(), withheld);
    }
    response
        .extensions
        .insert("statements".to_owned(), finished.statements.into());
    let logged = Logged {
        operation: asked.operation_name.as_deref(),
        kind,
        actor: &actor,
    };
    exchange.send(&response, &logged, finished.statements)
}

/// What the log line tells of a request, besides its outcome: never variables, never a person.
struct Logged<'a> {
    operation: Option<&'a str>,
    kind: OperationType,
    actor: &'a Actor,
}

impl Exchange {
    fn of(request: &HttpRequest) -> Self {
        let header = |name: &str| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let accepted = header("accept").unwrap_or_default();
        let wants_draft =
            accepted.is_empty() || accepted.contains(GRAPHQL_JSON) || accepted.contains("*/*");
        Self {
            request_id: RequestId::of(request),
            media_type: if wants_draft {
                GRAPHQL_JSON
            } else {
                "application/json"
            },
            started: Instant::now(),
        }
    }

    /// Gives an error of the library a code, and every error the id of its request.
    fn complete(&self, error: &mut ServerError) {
        let too_complex =
            error.message.starts_with("Query is too complex") || error.message.contains("too deep");
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            let code = if too_complex {
                Code::TooComplex
            } else {
                Code::BadRequest
            };
            extensions.set("code", code.as_str());
        }
        if extensions.get("messageNl").is_none() {
            extensions.set("messageNl", in_dutch(&error.message));
        }
        extensions.set("requestId", self.request_id.clone());
    }

    fn refuse(&self, refusal: &Refusal) -> HttpResponse {
        let mut extensions = json!({
            "code": refusal.code.as_str(),
            "messageNl": refusal.message.nl,
            "requestId": self.request_id,
        });
        if let (Some(extensions), Some(more)) =
            (extensions.as_object_mut(), refusal.more.as_object())
        {
            extensions.extend(more.clone());
        }
        let body =
            json!({ "errors": [{ "message": refusal.message.en, "extensions": extensions }] });
        let response = HttpResponse::build(refusal.status)
            .content_type(format!("{}; charset=utf-8", self.media_type))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(body.to_string());
        self.log(response, None, refusal.code.as_str(), 0)
    }

    fn refuse_error(&self, error: &async_graphql::Error) -> HttpResponse {
        let nl = error
            .extensions
            .as_ref()
            .and_then(|extensions| extensions.get("messageNl"))
            .map(|value| value.clone().into_json());
        let nl = nl
            .and_then(Result::ok)
            .and_then(|value| value.as_str().map(str::to_owned));
        self.refuse(&Refusal::bad(
            nl.as_deref().unwrap_or_default(),
            &error.message,
        ))
    }

    fn send(&self, response: &Response, logged: &Logged<'_>, statements: u32) -> HttpResponse {
        let outcome = response
            .errors
            .first()
            .and_then(|error| error.extensions.as_ref())
            .and_then(|extensions| extensions.get("code"))
            .map_or_else(
                || "OK".to_owned(),
                |code| code.to_string().trim_matches('"').to_owned(),
            );
        // By the draft, a request that was never executed is the client's mistake; the older media type always says 200.
        let never_executed = response.is_err() && response.data == async_graphql::Value::Null;
        let unavailable = never_executed && outcome == Code::Unavailable.as_str();
        let status = if unavailable {
            StatusCode::SERVICE_UNAVAILABLE
        } else if never_executed
            && self.media_type == GRAPHQL_JSON
            && response.errors.iter().all(|error| error.path.is_empty())
        {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        };
        let body = match serde_json::to_string(response) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                let (nl, en) = (
                    "Er ging bij ons iets mis.",
                    "Something went wrong on our side.",
                );
                return self.refuse(&Refusal::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    Code::Internal,
                    nl,
                    en,
                ));
            }
        };
        let response = HttpResponse::build(status)
            .content_type(format!("{}; charset=utf-8", self.media_type))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(body);
        self.log(response, Some(logged), &outcome, statements)
    }

    /// The one line per request.
    fn log(
        &self,
        response: HttpResponse,
        logged: Option<&Logged<'_>>,
        outcome: &str,
        statements: u32,
    ) -> HttpResponse {
        let organisation = logged.and_then(|logged| logged.actor.role.organisation());
        tracing::info!(
            request_id = %self.request_id,
            operation.name = logged.and_then(|logged| logged.operation),
            operation.kind = logged.map(|logged| logged.kind.to_string()),
            role = logged.map(|logged| logged.actor.role.kind().code()),
            organisation,
            outcome,
            status = response.status().as_u16(),
            duration_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            statements,
            "graphql"
        );
        response
    }
}

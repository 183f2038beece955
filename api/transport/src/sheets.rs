//! What all sheets share that go out as a file, are filled in and come back: how a file goes out, and
//! how one comes in.
//!
//! A file that comes back becomes the text of a mutation, so that it is permitted, kept under its
//! key and answered as one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde_json::{Map, Value, json};

use super::{
    App,
    admission::Admitted,
    exchange::Exchange,
    graphql_http,
    graphql_request::{GraphqlRequest, Source},
    operation::Operation,
    problem::{Reason, problem, refusal},
    refusal::Refusal,
    sent_file::{self, WORKBOOK},
};
use compliance::assessment::answer_sheet::{Form, NotOpened};
use database::DatabaseKind;
use domain::{
    actor::{Actor, Role},
    text::Text,
};

/// How a kind of sheet comes back.
pub(super) struct Incoming {
    /// The mutation that it becomes, with one variable `input`.
    pub(super) document: &'static str,
    /// What makes a table of a workbook.
    pub(super) table_of: fn(&[u8]) -> Result<String, NotOpened>,
    /// What whoever did not sign in is told.
    pub(super) invitation: &'static str,
}

/// That an address is asked wrongly.
pub(super) fn bad(rule: &'static str, wrong: &Text) -> HttpResponse {
    let reason = Reason {
        code: "BAD_REQUEST",
        rule,
        nl: &wrong.nl,
        en: &wrong.en,
    };
    refusal(StatusCode::BAD_REQUEST, &reason)
}

/// A sheet as a file of this name; one of a demo says so in it.
pub(super) fn as_file(
    bytes: Vec<u8>,
    form: Form,
    name: &str,
    database: DatabaseKind,
) -> HttpResponse {
    let (extension, content_type) = match form {
        Form::Csv | Form::DutchCsv => ("csv", "text/csv; charset=utf-8; header=present"),
        Form::Workbook => ("xlsx", WORKBOOK),
    };
    let demo = database.prefix();
    let name = format!("attachment; filename=\"{demo}{name}.{extension}\"");
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(bytes)
}

/// Invites whoever did not sign in to do so.
pub(super) fn sign_in(invitation: &str) -> HttpResponse {
    let mut response = problem(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", invitation);
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        header::HeaderValue::from_static("Bearer"),
    );
    response
}

/// Lets in whoever sends a file; who did not sign in is invited to.
pub(super) async fn enter(
    request: &HttpRequest,
    app: &App,
    invitation: &str,
) -> Result<(Exchange, Admitted), HttpResponse> {
    let exchange = Exchange::begin(request)?;
    let entered = graphql_http::enter(request, app, &exchange).await?;
    if entered.bearer.actor.role == Role::Public {
        return Err(sign_in(invitation));
    }
    Ok((exchange, entered))
}

/// The operation that a file becomes: a mutation with one variable, its input.
pub(super) fn operation(
    document: &str,
    input: Map<String, Value>,
    app: &App,
    actor: &Actor,
) -> Result<Operation, Refusal> {
    let requested = GraphqlRequest {
        source: Source::Text(document.to_owned()),
        operation_name: None,
        variables: Map::from_iter([("input".to_owned(), Value::Object(input))]),
    };
    Operation::of(requested, app, actor)
}

/// Runs what a file became, and answers as to any other operation.
pub(super) async fn run(
    (request, app): (&HttpRequest, &web::Data<App>),
    (exchange, entered): (&Exchange, &Admitted),
    operation: Result<Operation, Refusal>,
) -> HttpResponse {
    let mut response = match operation {
        Ok(operation) => {
            graphql_http::execute(request, app, exchange, &entered.bearer, operation).await
        }
        Err(refusal) => exchange.refuse(&refusal),
    };
    entered.allowance.write_to(response.headers_mut());
    response
}

/// Takes in a filled in sheet: CSV or a workbook by its content type, under `Idempotency-Key`, with
/// `?dryRun=true` only to see what would change. `target` is what the address names, as fields of
/// the input of the mutation.
pub(super) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    app: &web::Data<App>,
    (incoming, target): (&Incoming, &[(&str, String)]),
) -> HttpResponse {
    let (exchange, entered) = match enter(request, app, incoming.invitation).await {
        Ok(entered) => entered,
        Err(refused) => return refused,
    };
    let requested = async {
        let key = sent_file::key_of(request)?;
        let is_dry_run = sent_file::is_set(request.query_string(), "dryRun");
        let is_dry_run = is_dry_run.map_err(sent_file::malformed)?;
        let table = sent_file::table_of(request, payload, incoming.table_of).await?;
        let given = [
            ("table", json!(table)),
            ("dryRun", json!(is_dry_run)),
            ("idempotencyKey", json!(key)),
        ];
        let target = target.iter().map(|(name, value)| (*name, json!(value)));
        let input = target.chain(given);
        let input: Map<String, Value> = input
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        operation(incoming.document, input, app, &entered.bearer.actor)
    };
    let operation = requested.await;
    run((request, app), (&exchange, &entered), operation).await
}

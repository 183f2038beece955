//! What all sheets share that go out as a file, are filled in and come back: which parameters an
//! address takes, how a file goes out, and how one comes in.
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
    App, body,
    exchange::Exchange,
    graphql_http,
    graphql_request::{GraphqlRequest, Source},
    operation::Operation,
    problem::{Reason, problem, refusal},
    refusal::Refusal,
};
use compliance::assessment::answer_sheet::{Form, NotOpened};
use database::DatabaseKind;
use domain::{actor::Role, text::Text};
use graphql::error::Code;

/// The form of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes that a file may have.
const LARGEST: usize = 2 * 1024 * 1024;

/// How a kind of sheet comes back.
pub(super) struct Incoming {
    /// The mutation that it becomes, with one variable `input`.
    pub(super) document: &'static str,
    /// What makes a table of a workbook.
    pub(super) table_of: fn(&[u8]) -> Result<String, NotOpened>,
    /// What whoever did not sign in is told.
    pub(super) invitation: &'static str,
}

/// The parameters of an address, each at most once.
pub(super) fn parameters(query: &str) -> Result<Map<String, Value>, Text> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map(web::Query::into_inner)
        .unwrap_or_default();
    let mut given = Map::new();
    for (name, value) in pairs {
        let short: String = name.chars().take(32).collect();
        if given.insert(name, value.into()).is_some() {
            return Err(Text::new(
                format!("Geef `{short}` niet meer dan één keer."),
                format!("Give `{short}` no more than once."),
            ));
        }
    }
    Ok(given)
}

/// That an address cannot be asked so.
pub(super) fn not_so(name: &str) -> Text {
    let name: String = name.chars().take(32).collect();
    Text::new(
        format!("`{name}` kan hier niet zo gevraagd worden."),
        format!("`{name}` cannot be asked so here."),
    )
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

/// Takes in a filled in sheet: CSV or a workbook by its content type, under `Idempotency-Key`, with
/// `?dryRun=true` only to see what would change. `target` is what the address names, as fields of
/// the input of the mutation.
pub(super) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    app: &web::Data<App>,
    (incoming, target): (&Incoming, &[(&str, String)]),
) -> HttpResponse {
    let exchange = match Exchange::begin(request) {
        Ok(exchange) => exchange,
        Err(refused) => return refused,
    };
    let entered = match graphql_http::enter(request, app, &exchange).await {
        Ok(entered) => entered,
        Err(refused) => return refused,
    };
    let actor = &entered.bearer.actor;
    if actor.role == Role::Public {
        return sign_in(incoming.invitation);
    }
    let requested = async {
        let (key, is_dry_run) = how(request)?;
        let table = table_of(request, payload, incoming.table_of).await?;
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
        let requested = GraphqlRequest {
            source: Source::Text(incoming.document.to_owned()),
            operation_name: None,
            variables: Map::from_iter([("input".to_owned(), Value::Object(input))]),
        };
        Operation::of(requested, app, actor)
    };
    let mut response = match requested.await {
        Ok(operation) => {
            graphql_http::execute(request, app, &exchange, &entered.bearer, operation).await
        }
        Err(refusal) => exchange.refuse(&refusal),
    };
    entered.allowance.write_to(response.headers_mut());
    response
}

/// Under which key a file comes, and whether only to look.
fn how(request: &HttpRequest) -> Result<(String, bool), Refusal> {
    let key = request.headers().get("idempotency-key");
    let key = key
        .and_then(|key| key.to_str().ok())
        .map(|key| key.trim().trim_matches('"').to_owned())
        .filter(|key| !key.is_empty())
        .ok_or_else(|| {
            Refusal::malformed(
                "Geef een eigen sleutel mee in `Idempotency-Key`, zodat een herhaling niets dubbel \
                 doet.",
                "Give a key of your own in `Idempotency-Key`, so that a repeat does nothing twice.",
            )
        })?;
    let of_text = |wrong: Text| Refusal::malformed(&wrong.nl, &wrong.en);
    let mut is_dry_run = false;
    for (name, value) in parameters(request.query_string()).map_err(of_text)? {
        match (name.as_str(), value.as_str()) {
            ("dryRun", Some("true")) => is_dry_run = true,
            ("dryRun", Some("false")) => {}
            _ => return Err(of_text(not_so(&name))),
        }
    }
    Ok((key, is_dry_run))
}

/// The table of a file, by its content type.
async fn table_of(
    request: &HttpRequest,
    payload: web::Payload,
    opened: fn(&[u8]) -> Result<String, NotOpened>,
) -> Result<String, Refusal> {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let name = content_type.unwrap_or_default().split(';').next();
    let name = name.unwrap_or_default().trim().to_lowercase();
    let is_workbook = match name.as_str() {
        "text/csv" => false,
        WORKBOOK => true,
        _ => {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::BadRequest,
                &format!("Stuur `Content-Type: text/csv` of `{WORKBOOK}`."),
                &format!("Send `Content-Type: text/csv` or `{WORKBOOK}`."),
            ));
        }
    };
    let bytes = body::read(request, payload, LARGEST).await?;
    if !is_workbook {
        return text_of(&bytes);
    }
    // Inflating takes as long as a bomb within its bound; the other requests do not wait for it.
    let table = web::block(move || opened(&bytes)).await;
    let table = table.unwrap_or(Err(NotOpened::NoWorkbook));
    table.map_err(|why| {
        let Text { nl, en } = why.message();
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, Code::BadRequest, &nl, &en)
    })
}

/// The text of a CSV file, which must be UTF-8: another encoding would have to be guessed.
fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                Code::BadRequest,
                &format!(
                    "Dit bestand is geen UTF-8; regel {line} heeft tekens van een andere codering. \
                     Sla het op als CSV UTF-8 of als .xlsx."
                ),
                &format!(
                    "This file is no UTF-8; line {line} has signs of another encoding. Save it as \
                     CSV UTF-8 or as .xlsx."
                ),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_another_encoding_is_refused_with_its_line() {
        assert_eq!(text_of("é".as_bytes()).unwrap(), "é");
        let refused = text_of(b"criterion,answer\nSV-01,co\xf6rdinatie\n").unwrap_err();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let message = refused.errors("r").remove(0)["message"].clone();
        assert!(message.as_str().unwrap().contains("line 2"), "{message}");
    }
}

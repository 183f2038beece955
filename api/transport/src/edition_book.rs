//! An edition of the framework as a workbook: out, for whoever reads the framework, and back as a
//! file, which becomes the input of `proposeEdition`, so that it is permitted, kept under its key
//! and answered as that mutation.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde_json::{Map, Value};

use super::{
    App, admission,
    exchange::Exchange,
    graphql_http,
    graphql_request::{GraphqlRequest, Source},
    operation::Operation,
    problem::{Reason, failed, problem, refusal},
    refusal::Refusal,
    request_log::RequestLog,
    sent_file::{self, WORKBOOK, not_so, parameters},
};
use compliance::framework::book::{self, Opened};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    text::Text,
};

/// What a file that comes back asks of the service.
const PROPOSE: &str = "mutation ProposeEditionFile($input: ProposeEditionInput!) { \
     proposeEdition(input: $input) { edition { code ledger } \
     changes { change criterion from } \
     verdicts { period { key } referenceDate counts { basis before after count } } \
     errors { code message { nl en } field } \
     warnings { code message { nl en } field } } }";
/// Mistakes of a file that are told at most.
const MOST_SHOWN: usize = 100;

/// The address of an edition.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/v1/editions/{edition}.xlsx")
            .route(web::get().to(send))
            .route(web::post().to(receive)),
    );
}

/// Whether an address says yes to the one parameter that it takes.
fn says(query: &str, parameter: &str) -> Result<bool, Text> {
    let mut is_set = false;
    for (name, value) in parameters(query)? {
        match value.as_str() {
            Some("true") if name == parameter => is_set = true,
            Some("false") if name == parameter => {}
            _ => return Err(not_so(&name)),
        }
    }
    Ok(is_set)
}

/// `GET /v1/editions/{edition}.xlsx`: with `?next=true` as the beginning of the next edition.
async fn send(request: HttpRequest, path: web::Path<String>, app: web::Data<App>) -> HttpResponse {
    let actor = match admission::admit(&request, &app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(&request).borrow_mut().set_actor(&actor);
    let is_next = match says(request.query_string(), "next") {
        Ok(is_next) => is_next,
        Err(wrong) => return bad(&wrong),
    };
    let code = path.into_inner();
    match find(&request, &app, &actor, (&code, is_next)).await {
        Ok((Some(bytes), database)) => as_file(bytes, &code, database),
        Ok((None, _)) => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such edition.",
        ),
        Err(error) => failed(&error),
    }
}

async fn find(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (code, is_next): (&str, bool),
) -> Result<(Option<Vec<u8>>, DatabaseKind), DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let file = book::of(&session, code, is_next).await?;
    let database = session.kind();
    session.close().await?;
    Ok((file, database))
}

fn as_file(bytes: Vec<u8>, code: &str, database: DatabaseKind) -> HttpResponse {
    let demo = database.prefix();
    let name = format!("attachment; filename=\"{demo}edition-{code}.xlsx\"");
    HttpResponse::Ok()
        .content_type(WORKBOOK)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(bytes)
}

fn bad(wrong: &Text) -> HttpResponse {
    let reason = Reason {
        code: "BAD_REQUEST",
        rule: "EDITION",
        nl: &wrong.nl,
        en: &wrong.en,
    };
    refusal(StatusCode::BAD_REQUEST, &reason)
}

/// `POST` of a workbook to the address of the edition that it proposes, under `Idempotency-Key`,
/// with `?dryRun=true` only to see what it would change.
async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    let exchange = match Exchange::begin(&request) {
        Ok(exchange) => exchange,
        Err(refused) => return refused,
    };
    let entered = match graphql_http::enter(&request, &app, &exchange).await {
        Ok(entered) => entered,
        Err(refused) => return refused,
    };
    let actor = &entered.bearer.actor;
    if actor.role == Role::Public {
        return sign_in();
    }
    let opened = async {
        let key = sent_file::key_of(&request)?;
        let is_tried = says(request.query_string(), "dryRun").map_err(sent_file::malformed)?;
        let opened = sent_file::workbook_of(&request, payload, book::open).await?;
        Ok::<_, Refusal>((key, is_tried, opened))
    };
    let (key, is_tried, opened) = match opened.await {
        Ok(opened) => opened,
        Err(refusal) => return exchange.refuse(&refusal),
    };
    let mut input = match read(&request, &app, actor, (&opened, &path)).await {
        Ok(Ok(input)) => input,
        Ok(Err(wrong)) => return exchange.refuse(&sent_file::unreadable(&in_lines(&wrong))),
        Err(error) => return failed(&error),
    };
    input.insert("dryRun".to_owned(), is_tried.into());
    input.insert("idempotencyKey".to_owned(), key.into());
    let requested = GraphqlRequest {
        source: Source::Text(PROPOSE.to_owned()),
        operation_name: None,
        variables: Map::from_iter([("input".to_owned(), Value::Object(input))]),
    };
    let mut response = match Operation::of(requested, &app, actor) {
        Ok(operation) => {
            graphql_http::execute(&request, &app, &exchange, &entered.bearer, operation).await
        }
        Err(refusal) => exchange.refuse(&refusal),
    };
    entered.allowance.write_to(response.headers_mut());
    response
}

/// What a workbook proposes beside the edition that it comes from.
async fn read(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (opened, code): (&Opened, &str),
) -> Result<Result<Map<String, Value>, Vec<Text>>, DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let input = book::input_of(&session, opened, code).await?;
    session.close().await?;
    Ok(input)
}

/// All mistakes of a file as one text, a line each.
fn in_lines(mistakes: &[Text]) -> Text {
    let lines = |text: fn(&Text) -> &str| {
        let lines = mistakes.iter().take(MOST_SHOWN).map(text);
        lines.collect::<Vec<_>>().join("\n")
    };
    Text::new(lines(|one| &one.nl), lines(|one| &one.en))
}

fn sign_in() -> HttpResponse {
    let mut response = problem(
        StatusCode::UNAUTHORIZED,
        "UNAUTHENTICATED",
        "Sign in as VNG to propose an edition.",
    );
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        header::HeaderValue::from_static("Bearer"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_takes_one_parameter() {
        assert_eq!(says("", "next"), Ok(false));
        assert_eq!(says("next=true", "next"), Ok(true));
        assert_eq!(says("dryRun=false", "dryRun"), Ok(false));
        for wrong in ["next=ja", "dryRun=true", "next=true&next=true"] {
            assert!(says(wrong, "next").is_err(), "{wrong}");
        }
    }

    #[test]
    fn mistakes_stand_on_lines_of_their_own() {
        let mistakes = [Text::new("een", "one"), Text::new("twee", "two")];
        assert_eq!(in_lines(&mistakes), Text::new("een\ntwee", "one\ntwo"));
    }
}

//! The answer sheet: the criteria of a period with what the draft says, as a table to fill in and
//! to send back, here as a file or with `importAnswerSheet` as a text.
//!
//! To whoever may not fill in this draft there is no such sheet, whether there is a draft or not.
//! Who did not sign in is invited to. A file that comes back becomes the text of that mutation, so
//! that it is permitted, kept under its key and answered as one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde_json::{Map, Value, json};

use super::{
    App, admission, body,
    exchange::Exchange,
    graphql_http,
    graphql_request::{GraphqlRequest, Source},
    operation::Operation,
    problem::{Reason, failed, problem, refusal},
    refusal::Refusal,
    request_log::RequestLog,
};
use compliance::assessment::answer_sheet::{self, Form, Sheet, Wanted};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    text::Text,
};
use graphql::error::Code;

/// The form of a workbook.
pub(super) const WORKBOOK: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes that a file may have.
const LARGEST: usize = 2 * 1024 * 1024;
/// What a file that comes back asks of the service.
const IMPORT: &str = "mutation ImportAnswerSheetFile($input: ImportAnswerSheetInput!) { \
     importAnswerSheet(input: $input) { changed toConfirm \
     changes { criterion row column cell before after } \
     errors { code message { nl en } row column cell } \
     warnings { code message { nl en } field } } }";

/// The addresses of the sheet, in each of its forms.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/assessments/{municipality}/{period}/answer-sheet.csv")
                .route(web::get().to(csv))
                .route(web::post().to(receive)),
        )
        .service(
            web::resource("/v1/assessments/{municipality}/{period}/answer-sheet.xlsx")
                .route(web::get().to(workbook))
                .route(web::post().to(receive)),
        );
}

/// What there is, and of which kind the database is.
struct Found {
    sheet: Sheet,
    database: DatabaseKind,
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

pub(super) fn not_so(name: &str) -> Text {
    let name: String = name.chars().take(32).collect();
    Text::new(
        format!("`{name}` kan hier niet zo gevraagd worden."),
        format!("`{name}` cannot be asked so here."),
    )
}

/// Which sheet an address means.
fn wanted(path: (String, String), query: &str, is_workbook: bool) -> Result<Wanted, Text> {
    let (municipality, period) = path;
    let mut wanted = Wanted {
        municipality,
        period,
        version: None,
        form: if is_workbook {
            Form::Workbook
        } else {
            Form::Csv
        },
    };
    for (name, value) in parameters(query)? {
        let value = value.as_str().unwrap_or_default();
        match (name.as_str(), value) {
            ("dialect", "nl") if !is_workbook => wanted.form = Form::DutchCsv,
            ("dialect", "rfc4180") if !is_workbook => wanted.form = Form::Csv,
            ("version", number) => match number.parse() {
                Ok(number) if number > 0 => wanted.version = Some(number),
                Ok(_) | Err(_) => return Err(not_so(&name)),
            },
            _ => return Err(not_so(&name)),
        }
    }
    Ok(wanted)
}

fn bad(wrong: &Text) -> HttpResponse {
    let reason = Reason {
        code: "BAD_REQUEST",
        rule: "ANSWER_SHEET",
        nl: &wrong.nl,
        en: &wrong.en,
    };
    refusal(StatusCode::BAD_REQUEST, &reason)
}

/// `GET /v1/assessments/{municipality}/{period}/answer-sheet.csv`: a row per criterion.
pub(super) async fn csv(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, path.into_inner(), false).await
}

/// The same as a workbook.
pub(super) async fn workbook(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, path.into_inner(), true).await
}

async fn send(
    request: &HttpRequest,
    app: &App,
    path: (String, String),
    is_workbook: bool,
) -> HttpResponse {
    let actor = match admission::admit(request, app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(request).borrow_mut().set_actor(&actor);
    let wanted = match wanted(path, request.query_string(), is_workbook) {
        Ok(wanted) => wanted,
        Err(wrong) => return bad(&wrong),
    };
    let found = match find(request, app, &actor, &wanted).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found.sheet {
        Sheet::File(bytes) => as_file(bytes, &wanted, found.database),
        Sheet::NotForThisRole if actor.role == Role::Public => sign_in(),
        Sheet::NotFound | Sheet::NotForThisRole => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such answer sheet, or none that you may see.",
        ),
    }
}

async fn find(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
) -> Result<Found, DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let sheet = answer_sheet::of(&session, wanted).await?;
    let database = session.kind();
    session.close().await?;
    Ok(Found { sheet, database })
}

fn as_file(bytes: Vec<u8>, wanted: &Wanted, database: DatabaseKind) -> HttpResponse {
    let Wanted {
        municipality,
        period,
        version,
        form,
    } = wanted;
    let (extension, content_type) = match form {
        Form::Csv | Form::DutchCsv => ("csv", "text/csv; charset=utf-8; header=present"),
        Form::Workbook => ("xlsx", WORKBOOK),
    };
    let demo = database.prefix();
    let version = version.map_or_else(String::new, |version| format!("-{version}"));
    let name = format!(
        "attachment; filename=\"{demo}answers-{municipality}-{period}{version}.{extension}\""
    );
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(bytes)
}

fn sign_in() -> HttpResponse {
    let mut response = problem(
        StatusCode::UNAUTHORIZED,
        "UNAUTHENTICATED",
        "This is a draft. Sign in as the municipality, or as the region that reports for it.",
    );
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        header::HeaderValue::from_static("Bearer"),
    );
    response
}

/// `POST` of a filled in sheet to either address: CSV or a workbook by its content type, under
/// `Idempotency-Key`, with `?dryRun=true` only to see what would change.
pub(super) async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<(String, String)>,
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
    let requested = async {
        let (key, is_dry_run) = how(&request)?;
        let table = table_of(&request, payload).await?;
        let (municipality, period) = path.into_inner();
        let input = json!({
            "municipality": municipality, "period": period, "table": table, "dryRun": is_dry_run,
            "idempotencyKey": key,
        });
        let requested = GraphqlRequest {
            source: Source::Text(IMPORT.to_owned()),
            operation_name: None,
            variables: Map::from_iter([("input".to_owned(), input)]),
        };
        Operation::of(requested, &app, actor)
    };
    let mut response = match requested.await {
        Ok(operation) => {
            graphql_http::execute(&request, &app, &exchange, &entered.bearer, operation).await
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
async fn table_of(request: &HttpRequest, payload: web::Payload) -> Result<String, Refusal> {
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
    let opened = web::block(move || answer_sheet::table_of(&bytes)).await;
    let opened = opened.unwrap_or(Err(answer_sheet::NotOpened::NoWorkbook));
    opened.map_err(|why| {
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

    fn path() -> (String, String) {
        ("GM0402".to_owned(), "2026-2".to_owned())
    }

    #[test]
    fn an_address_says_which_sheet_in_which_form() {
        let form = |query: &str| {
            let wanted = wanted(path(), query, false).unwrap();
            (wanted.form, wanted.version)
        };
        assert_eq!(form(""), (Form::Csv, None));
        assert_eq!(form("dialect=nl"), (Form::DutchCsv, None));
        assert_eq!(form("version=2&dialect=rfc4180"), (Form::Csv, Some(2)));
        for wrong in ["dialect=de", "version=0", "version=x", "since=1"] {
            assert!(wanted(path(), wrong, false).is_err(), "{wrong}");
        }
        assert!(wanted(path(), "dialect=nl&dialect=nl", false).is_err());
        assert!(wanted(path(), "dialect=nl", true).is_err());
        assert!(wanted(path(), "version=1", true).is_ok());
    }

    #[test]
    fn a_text_of_another_encoding_is_refused_with_its_line() {
        assert_eq!(text_of("é".as_bytes()).unwrap(), "é");
        let refused = text_of(b"criterion,answer\nSV-01,co\xf6rdinatie\n").unwrap_err();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let message = refused.errors("r").remove(0)["message"].clone();
        assert!(message.as_str().unwrap().contains("line 2"), "{message}");
    }
}

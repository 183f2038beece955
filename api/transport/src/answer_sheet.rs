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
use serde_json::{Map, json};

use super::{
    App, admission,
    exchange::Exchange,
    graphql_http,
    graphql_request::{GraphqlRequest, Source},
    operation::Operation,
    problem::{Reason, failed, problem, refusal},
    request_log::RequestLog,
    sent_file::{self, WORKBOOK, not_so, parameters},
};
use compliance::assessment::answer_sheet::{self, Form, Sheet, Wanted};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    text::Text,
};

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
pub(super) struct Found {
    pub(super) sheet: Sheet,
    pub(super) database: DatabaseKind,
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

pub(super) async fn find(
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

pub(super) fn as_file(bytes: Vec<u8>, wanted: &Wanted, database: DatabaseKind) -> HttpResponse {
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
        let key = sent_file::key_of(&request)?;
        let is_dry_run = is_dry_run(request.query_string()).map_err(sent_file::malformed)?;
        let table = sent_file::table_of(&request, payload, answer_sheet::table_of).await?;
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

/// Whether only to look.
fn is_dry_run(query: &str) -> Result<bool, Text> {
    let mut is_dry_run = false;
    for (name, value) in parameters(query)? {
        match (name.as_str(), value.as_str()) {
            ("dryRun", Some("true")) => is_dry_run = true,
            ("dryRun", Some("false")) => {}
            _ => return Err(not_so(&name)),
        }
    }
    Ok(is_dry_run)
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
}

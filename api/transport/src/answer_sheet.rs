//! The answer sheet: the criteria of a period with what the draft says, as a table to fill in and
//! to send back, here as a file or with `importAnswerSheet` as a text.
//!
//! To whoever may not fill in this draft there is no such sheet, whether there is a draft or not.
//! Who did not sign in is invited to.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    App, admission,
    problem::{failed, problem},
    request_log::RequestLog,
    sent_file::{not_so, parameters},
    sheets::{self, Incoming},
};
use compliance::assessment::answer_sheet::{self, Form, Sheet, Wanted};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    text::Text,
};

/// How a sheet comes back.
const IMPORT: Incoming = Incoming {
    document: "mutation ImportAnswerSheetFile($input: ImportAnswerSheetInput!) { \
         importAnswerSheet(input: $input) { changed toConfirm \
         changes { criterion row column cell before after } \
         errors { code message { nl en } row column cell } \
         warnings { code message { nl en } field } } }",
    table_of: answer_sheet::table_of,
    invitation: INVITATION,
};
/// What whoever did not sign in is told.
const INVITATION: &str =
    "This is a draft. Sign in as the municipality, or as the region that reports for it.";

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
        Err(wrong) => return sheets::bad("ANSWER_SHEET", &wrong),
    };
    let found = match find(request, app, &actor, &wanted).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found.sheet {
        Sheet::File(bytes) => as_file(bytes, &wanted, found.database),
        Sheet::NotForThisRole if actor.role == Role::Public => sheets::sign_in(INVITATION),
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
    let version = wanted.version;
    let version = version.map_or_else(String::new, |version| format!("-{version}"));
    let name = format!("answers-{}-{}{version}", wanted.municipality, wanted.period);
    sheets::as_file(bytes, wanted.form, &name, database)
}

/// `POST` of a filled in sheet to either address.
pub(super) async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    let (municipality, period) = path.into_inner();
    let target = [("municipality", municipality), ("period", period)];
    sheets::receive(&request, payload, &app, (&IMPORT, &target)).await
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

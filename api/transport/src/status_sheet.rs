//! The sheet of an open monitoring round: its actions with what was reported on each last, as a
//! table to fill in and to send back, here as a file or with `importStatusReports` as a text.
//!
//! To whoever does not run rounds there is no such sheet. Who did not sign in is invited to.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    App, admission,
    problem::{failed, problem},
    request_log::RequestLog,
    sent_file::{not_so, parameters},
    sheets::{self, Incoming},
};
use compliance::monitoring::status_sheet::{self, Form, Sheet, Wanted};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    text::Text,
};

/// How a sheet comes back.
const IMPORT: Incoming = Incoming {
    document: "mutation ImportStatusReportsFile($input: ImportStatusReportsInput!) { \
         importStatusReports(input: $input) { reported unchanged \
         changes { action row column cell before after } \
         errors { code message { nl en } row column cell } \
         warnings { code message { nl en } field } } }",
    table_of: status_sheet::table_of,
    invitation: INVITATION,
};
/// What whoever did not sign in is told.
const INVITATION: &str = "This is an open round. Sign in as the ministry.";

/// The addresses of the sheet, in each of its forms.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/monitoring-rounds/{round}/status-reports.csv")
                .route(web::get().to(csv))
                .route(web::post().to(receive)),
        )
        .service(
            web::resource("/v1/monitoring-rounds/{round}/status-reports.xlsx")
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
fn wanted(round: String, query: &str, is_workbook: bool) -> Result<Wanted, Text> {
    let form = if is_workbook {
        Form::Workbook
    } else {
        Form::Csv
    };
    let mut wanted = Wanted { round, form };
    for (name, value) in parameters(query)? {
        match (name.as_str(), value.as_str()) {
            ("dialect", Some("nl")) if !is_workbook => wanted.form = Form::DutchCsv,
            ("dialect", Some("rfc4180")) if !is_workbook => wanted.form = Form::Csv,
            _ => return Err(not_so(&name)),
        }
    }
    Ok(wanted)
}

/// `GET /v1/monitoring-rounds/{round}/status-reports.csv`: a row per action.
pub(super) async fn csv(
    request: HttpRequest,
    path: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, path.into_inner(), false).await
}

/// The same as a workbook.
pub(super) async fn workbook(
    request: HttpRequest,
    path: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, path.into_inner(), true).await
}

async fn send(request: &HttpRequest, app: &App, round: String, is_workbook: bool) -> HttpResponse {
    let actor = match admission::admit(request, app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(request).borrow_mut().set_actor(&actor);
    let wanted = match wanted(round, request.query_string(), is_workbook) {
        Ok(wanted) => wanted,
        Err(wrong) => return sheets::bad("STATUS_SHEET", &wrong),
    };
    let found = match find(request, app, &actor, &wanted).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found.sheet {
        Sheet::File(bytes) => {
            let name = format!("status-reports-{}", wanted.round);
            sheets::as_file(bytes, wanted.form, &name, found.database)
        }
        Sheet::NotForThisRole if actor.role == Role::Public => sheets::sign_in(INVITATION),
        Sheet::NotFound | Sheet::NotForThisRole => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such sheet of an open round, or none that you may see.",
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
    let sheet = status_sheet::of(&session, wanted).await?;
    let database = session.kind();
    session.close().await?;
    Ok(Found { sheet, database })
}

/// `POST` of a filled in sheet to either address.
pub(super) async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    let target = [("round", path.into_inner())];
    sheets::receive(&request, payload, &app, (&IMPORT, &target)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_in_which_form() {
        let form = |query: &str| wanted("2026-1".to_owned(), query, false).unwrap().form;
        assert_eq!(form(""), Form::Csv);
        assert_eq!(form("dialect=nl"), Form::DutchCsv);
        assert_eq!(form("dialect=rfc4180"), Form::Csv);
        for wrong in ["dialect=de", "version=1", "dialect=nl&dialect=nl"] {
            assert!(
                wanted("2026-1".to_owned(), wrong, false).is_err(),
                "{wrong}"
            );
        }
        assert!(wanted("2026-1".to_owned(), "dialect=nl", true).is_err());
    }
}

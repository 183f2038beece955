//! The table of many municipalities of a period: out as a file to fill in, and back as one, which
//! becomes the text of `importAssessments`, so that it is permitted, kept under its key and
//! answered as that mutation.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde_json::{Map, Value, json};

use super::{
    App, admission,
    problem::{failed, problem},
    request_log::RequestLog,
    sent_file::{self, not_so, parameters},
    sheets,
};
use compliance::assessment::{
    answer_sheet::Form,
    assessment_table::{self, AssessmentTable},
};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    text::Text,
};

/// What a file that comes back asks of the service.
const IMPORT: &str = "mutation ImportAssessmentsFile($input: ImportAssessmentsInput!) { \
     importAssessments(input: $input) { municipalities answers \
     filledIn { municipality { code } answers filling ledger } \
     leftOut { code message { nl en } row column cell } \
     errors { code message { nl en } row column cell } \
     warnings { code message { nl en } field } } }";
/// What whoever did not sign in is told.
const INVITATION: &str = "Sign in as VNG, or as the region that reports for its members.";

/// The addresses of the table, in each of its forms.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/assessments/{period}/table.csv")
                .route(web::get().to(csv))
                .route(web::post().to(receive)),
        )
        .service(
            web::resource("/v1/assessments/{period}/table.xlsx")
                .route(web::get().to(workbook))
                .route(web::post().to(receive)),
        );
}

/// What there is, and of which kind the database is.
pub(super) struct Found {
    pub(super) table: AssessmentTable,
    pub(super) database: DatabaseKind,
}

/// In which form an address wants the table.
fn form(query: &str, is_workbook: bool) -> Result<Form, Text> {
    let mut form = if is_workbook {
        Form::Workbook
    } else {
        Form::Csv
    };
    for (name, value) in parameters(query)? {
        match (name.as_str(), value.as_str()) {
            ("dialect", Some("nl")) if !is_workbook => form = Form::DutchCsv,
            ("dialect", Some("rfc4180")) if !is_workbook => form = Form::Csv,
            _ => return Err(not_so(&name)),
        }
    }
    Ok(form)
}

/// `GET /v1/assessments/{period}/table.csv`: a row per municipality.
async fn csv(request: HttpRequest, path: web::Path<String>, app: web::Data<App>) -> HttpResponse {
    send(&request, &app, &path.into_inner(), false).await
}

/// The same as a workbook.
async fn workbook(
    request: HttpRequest,
    path: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, &path.into_inner(), true).await
}

async fn send(request: &HttpRequest, app: &App, period: &str, is_workbook: bool) -> HttpResponse {
    let actor = match admission::admit(request, app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(request).borrow_mut().set_actor(&actor);
    let form = match form(request.query_string(), is_workbook) {
        Ok(form) => form,
        Err(wrong) => return sheets::bad("ASSESSMENT_TABLE", &wrong),
    };
    let found = match find(request, app, &actor, (period, form)).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found.table {
        AssessmentTable::File(bytes) => sheets::as_file(
            bytes,
            form,
            &format!("assessments-{period}"),
            found.database,
        ),
        AssessmentTable::NotForThisRole if actor.role == Role::Public => {
            sheets::sign_in(INVITATION)
        }
        AssessmentTable::NotForThisRole => problem(
            StatusCode::FORBIDDEN,
            "FORBIDDEN",
            "This table is for VNG and for a region that reports for its members.",
        ),
        AssessmentTable::NotFound => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such period.",
        ),
    }
}

pub(super) async fn find(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (period, form): (&str, Form),
) -> Result<Found, DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let table = assessment_table::of(&session, period, form).await?;
    let database = session.kind();
    session.close().await?;
    Ok(Found { table, database })
}

/// `POST` of a filled in table to either address: CSV or a workbook by its content type, under
/// `Idempotency-Key`, with `?reason=` of VNG, `?skipUnfit=true` and `?dryRun=true`.
async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    path: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    let (exchange, entered) = match sheets::enter(&request, &app, INVITATION).await {
        Ok(entered) => entered,
        Err(refused) => return refused,
    };
    let requested = async {
        let key = sent_file::key_of(&request)?;
        let mut input = how(request.query_string()).map_err(sent_file::malformed)?;
        let open = assessment_table::table_of_many;
        let table = sent_file::table_of(&request, payload, open).await?;
        input.insert("period".to_owned(), path.into_inner().into());
        input.insert("table".to_owned(), table.into());
        input.insert("idempotencyKey".to_owned(), key.into());
        sheets::operation(IMPORT, input, &app, &entered.bearer.actor)
    };
    let operation = requested.await;
    sheets::run((&request, &app), (&exchange, &entered), operation).await
}

/// The members of the input that an address says.
fn how(query: &str) -> Result<Map<String, Value>, Text> {
    let mut input = Map::new();
    for (name, value) in parameters(query)? {
        let value = match (name.as_str(), value.as_str()) {
            ("dryRun" | "skipUnfit", Some("true")) => json!(true),
            ("dryRun" | "skipUnfit", Some("false")) => json!(false),
            ("reason", Some(reason)) => json!(reason),
            _ => return Err(not_so(&name)),
        };
        input.insert(name, value);
    }
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_a_table_is_read() {
        let read = how("reason=Opgave%20per%20brief&skipUnfit=true&dryRun=false").unwrap();
        assert_eq!(
            Value::Object(read),
            json!({ "reason": "Opgave per brief", "skipUnfit": true, "dryRun": false })
        );
        for wrong in ["dryRun=ja", "dialect=nl", "reason=a&reason=b"] {
            assert!(how(wrong).is_err(), "{wrong}");
        }
        assert_eq!(form("dialect=nl", false), Ok(Form::DutchCsv));
        assert_eq!(form("", true), Ok(Form::Workbook));
        assert!(form("dialect=nl", true).is_err());
        assert!(form("version=1", false).is_err());
    }
}

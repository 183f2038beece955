//! `/v1/reminders.xlsx` and `.csv`: whom to remind, as a table, with the filter of the root field.
//!
//! It is for VNG and the ministry. Others who signed in are refused; who did not sign in is invited
//! to.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    App, admission,
    problem::{Reason, failed, nothing_here, problem, refusal},
    request_log::RequestLog,
    sent_file::{not_so, parameters},
    sheets::{as_file, bad, sign_in},
};
use compliance::reminders::{Filter, Form, Sheet, sheet};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    policy::Rule,
    tasks::rules::TaskKind,
    text::Text,
};

/// The address of the table, in each of its forms.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource("/v1/reminders.{form}").route(web::get().to(file)));
}

/// `GET /v1/reminders.csv` and `.xlsx`: a row for each that somebody may be reminded of.
async fn file(
    request: HttpRequest,
    extension: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    match extension.as_str() {
        "csv" => send(&request, &app, Form::Csv).await,
        "xlsx" => send(&request, &app, Form::Workbook).await,
        _ => nothing_here(),
    }
}

/// What an address asks for.
fn wanted(query: &str, form: Form) -> Result<(Filter, Form), Text> {
    let (mut filter, mut form) = (Filter::default(), form);
    for (name, value) in parameters(query)? {
        let value = value.as_str().unwrap_or_default();
        match (name.as_str(), value) {
            ("dialect", "nl") if form != Form::Workbook => form = Form::DutchCsv,
            ("dialect", "rfc4180") if form != Form::Workbook => form = Form::Csv,
            ("kind", code) => match TaskKind::from_code(code) {
                Some(kind) => filter.kind = Some(kind),
                None => return Err(not_so(&name)),
            },
            ("period", key) => filter.period = Some(key.to_owned()),
            ("area", code) => filter.area = Some(code.to_owned()),
            ("overdue", "true") => filter.is_overdue = Some(true),
            ("overdue", "false") => filter.is_overdue = Some(false),
            _ => return Err(not_so(&name)),
        }
    }
    Ok((filter, form))
}

async fn send(request: &HttpRequest, app: &App, form: Form) -> HttpResponse {
    let actor = match admission::admit(request, app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(request).borrow_mut().set_actor(&actor);
    let (filter, form) = match wanted(request.query_string(), form) {
        Ok(wanted) => wanted,
        Err(wrong) => return bad("REMINDERS", &wrong),
    };
    match find(request, app, &actor, (&filter, form)).await {
        Ok((Sheet::File(bytes), database)) => as_file(bytes, form, "reminders", database),
        Ok((Sheet::NotForThisRole, _)) if actor.role == Role::Public => {
            sign_in("Whom to remind is for VNG and the ministry. Sign in.")
        }
        Ok((Sheet::NotForThisRole, _)) => {
            let rule = Rule::ReadReminders;
            let (nl, en) = rule.text();
            let reason = Reason {
                code: "FORBIDDEN",
                rule: rule.code(),
                nl,
                en,
            };
            refusal(StatusCode::FORBIDDEN, &reason)
        }
        Ok((Sheet::NotFound, _)) => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such reporting period or safety region.",
        ),
        Err(error) => failed(&error),
    }
}

async fn find(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (filter, form): (&Filter, Form),
) -> Result<(Sheet, DatabaseKind), DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let table = sheet(&session, filter, form).await?;
    let database = session.kind();
    session.close().await?;
    Ok((table, database))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_the_filter_of_the_field() {
        let (filter, form) = wanted(
            "dialect=nl&kind=SUBMIT_ASSESSMENT&period=2026-2&area=VR14&overdue=true",
            Form::Csv,
        )
        .unwrap();
        assert_eq!(form, Form::DutchCsv);
        let expected = Filter {
            kind: Some(TaskKind::SubmitAssessment),
            period: Some("2026-2".to_owned()),
            area: Some("VR14".to_owned()),
            is_overdue: Some(true),
        };
        assert_eq!(filter, expected);
        assert_eq!(
            wanted("", Form::Workbook).unwrap(),
            (Filter::default(), Form::Workbook)
        );
        for wrong in [
            "kind=X",
            "overdue=maybe",
            "dialect=de",
            "since=1",
            "area=VR14&area=VR13",
        ] {
            assert!(wanted(wrong, Form::Csv).is_err(), "{wrong}");
        }
        assert!(wanted("dialect=nl", Form::Workbook).is_err());
    }
}

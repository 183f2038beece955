//! The tables that VNG and the ministry fetch with a browser, to fill in and to send back.

use actix_web::{HttpRequest, HttpResponse, web};
use compliance::{
    assessment::{answer_sheet::Form, assessment_table::AssessmentTable},
    monitoring::status_sheet::{Sheet, Wanted},
};

use super::{
    super::{App, assessment_table, sheets, status_sheet},
    answer,
    visitor::{self, Visitor},
};
use workplace::Notice;

/// The form that the end of an address names.
pub(super) fn form_of(extension: &str) -> Option<Form> {
    match extension {
        "xlsx" => Some(Form::Workbook),
        "csv" => Some(Form::DutchCsv),
        _ => None,
    }
}

/// Who fetches a table, and in which form; else what is answered.
async fn enter(
    request: &HttpRequest,
    app: &App,
    extension: &str,
) -> Result<(Visitor, Form), HttpResponse> {
    let visitor = match visitor::enter(request, app).await {
        Ok(visitor) => visitor,
        Err(absent) => return Err(answer::outside(request, app, absent)),
    };
    match form_of(extension) {
        Some(form) => Ok((visitor, form)),
        None => Err(answer::notice(app, &visitor, Notice::NotFound, None)),
    }
}

/// `GET` of the table of the municipalities of a period.
pub(super) async fn of_period(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    let (period, extension) = path.into_inner();
    let (visitor, form) = match enter(&request, &app, &extension).await {
        Ok(entered) => entered,
        Err(response) => return response,
    };
    let actor = visitor.actor();
    match assessment_table::find(&request, &app, actor, (&period, form)).await {
        Ok(found) => match found.table {
            AssessmentTable::File(bytes) => {
                let name = format!("assessments-{period}");
                sheets::as_file(bytes, form, &name, found.database)
            }
            AssessmentTable::NotFound | AssessmentTable::NotForThisRole => {
                answer::notice(&app, &visitor, Notice::NotFound, None)
            }
        },
        Err(error) => answer::failed(&app, &error),
    }
}

/// `GET` of the sheet of an open round.
pub(super) async fn of_round(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    let (round, extension) = path.into_inner();
    let (visitor, form) = match enter(&request, &app, &extension).await {
        Ok(entered) => entered,
        Err(response) => return response,
    };
    let wanted = Wanted { round, form };
    match status_sheet::find(&request, &app, visitor.actor(), &wanted).await {
        Ok(found) => match found.sheet {
            Sheet::File(bytes) => {
                let name = format!("status-reports-{}", wanted.round);
                sheets::as_file(bytes, form, &name, found.database)
            }
            Sheet::NotFound | Sheet::NotForThisRole => {
                answer::notice(&app, &visitor, Notice::NotFound, None)
            }
        },
        Err(error) => answer::failed(&app, &error),
    }
}

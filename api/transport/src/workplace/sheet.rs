//! The answer sheet of a municipality, fetched and sent back with a browser: what
//! `importAnswerSheet` does, with a file.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use compliance::assessment::answer_sheet::{Sheet, Wanted, table_of};
use serde_json::{Map, Value, json};

use super::{
    super::{App, answer_sheet, body, sent_file},
    answer,
    entrance::parameter,
    pages::of_no_field,
    run::{Unanswered, run},
    tables::form_of,
    upload::{BESIDE_FILE, Sent, ZIP, of_file, parts},
    visitor::{self, Absent, Visitor},
};
use workplace::{DONE, IMPORT, KEY, Mistake, Notice, Outside, Read, SheetPage, TRIAL};

/// Asks for which municipalities whoever is signed in fills in.
const OWN: &str = "query WorkplaceSheetOf { viewer { actsFor { code name } } }";

/// Which sheet an address means: the municipality and the period.
type Place = web::Path<(String, String)>;

/// What a sheet is of, with what people call the municipality.
struct Subject {
    municipality: String,
    name: String,
    period: String,
}

/// `GET` of the page with the sheet.
pub(super) async fn page(request: HttpRequest, place: Place, app: web::Data<App>) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(absent) => return answer::outside(&request, &app, absent),
    };
    match subject_of(&request, &app, &visitor, place.into_inner()).await {
        Ok(subject) => show(&app, &visitor, &subject, (StatusCode::OK, None, &[])),
        Err(notice) => answer::notice(&app, &visitor, notice, None),
    }
}

/// What the sheet at an address is of: a municipality for which whoever is signed in fills in, and
/// what reads as a period.
async fn subject_of(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (municipality, period): (String, String),
) -> Result<Subject, Notice> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let data = match run(request, app, visitor.actor(), (OWN, Map::new())).await {
        Ok(data) => data,
        Err(Unanswered::Unavailable) => return Err(Notice::Unavailable),
        Err(Unanswered::NotFound | Unanswered::Refused(_)) => return Err(Notice::NotFound),
    };
    let mut own = data["viewer"]["actsFor"].as_array().into_iter().flatten();
    let own = own.find(|one| one["code"] == municipality.as_str());
    let own = own.filter(|_| period.bytes().all(is_part));
    let name = own.and_then(|own| own["name"].as_str());
    let name = name.ok_or(Notice::NotFound)?.to_owned();
    Ok(Subject {
        municipality,
        name,
        period,
    })
}

fn show(
    app: &App,
    visitor: &Visitor,
    subject: &Subject,
    (status, read, mistakes): (StatusCode, Option<&Read>, &[Mistake]),
) -> HttpResponse {
    let page = SheetPage {
        municipality: &subject.municipality,
        name: &subject.name,
        period: &subject.period,
        read,
        mistakes,
    };
    let html = answer::visited(app, visitor, (None, None), |visit| page.lay_out(visit));
    answer::page(status, html)
}

/// `GET` of a sheet as a file.
pub(super) async fn file(
    request: HttpRequest,
    path: web::Path<(String, String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(absent) => return answer::outside(&request, &app, absent),
    };
    let (municipality, period, extension) = path.into_inner();
    let version = parameter(&request, "versie").map(|number| number.parse().ok());
    let form = form_of(&extension);
    let (Some(form), None | Some(Some(1..))) = (form, version) else {
        return answer::notice(&app, &visitor, Notice::NotFound, None);
    };
    let wanted = Wanted {
        municipality,
        period,
        version: version.flatten(),
        form,
    };
    match answer_sheet::find(&request, &app, visitor.actor(), &wanted).await {
        Ok(found) => match found.sheet {
            Sheet::File(bytes) => answer_sheet::as_file(bytes, &wanted, found.database),
            Sheet::NotFound | Sheet::NotForThisRole => {
                answer::notice(&app, &visitor, Notice::NotFound, None)
            }
        },
        Err(error) => answer::failed(&app, &error),
    }
}

/// `POST` of a sheet that comes back.
pub(super) async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    place: Place,
    app: web::Data<App>,
) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(Absent::TooOften(response, _)) => return *response,
        Err(absent) => return answer::not_let_in(&request, &app, absent, None),
    };
    let subject = match subject_of(&request, &app, &visitor, place.into_inner()).await {
        Ok(subject) => subject,
        Err(notice) => return answer::notice(&app, &visitor, notice, None),
    };
    let largest = sent_file::LARGEST + BESIDE_FILE;
    let sent = match body::read(&request, payload, largest).await {
        Ok(bytes) => parts(&request, bytes).await,
        Err(body::Refused::TooLarge(_)) => {
            return answer::notice(&app, &visitor, Notice::TooLarge, None);
        }
        Err(_) => None,
    };
    let Some(sent) = sent else {
        return refuse(
            &app,
            &visitor,
            &subject,
            "Het formulier is niet goed aangekomen.",
        );
    };
    if !visitor.is_own_form(&sent.given) {
        let why = (StatusCode::FORBIDDEN, Outside::Forged);
        return answer::not_taken_in(&request, &app, why, None);
    }
    if sent.file.is_empty() {
        return refuse(&app, &visitor, &subject, "Kies eerst een bestand.");
    }
    import(&request, &app, &visitor, (&subject, sent)).await
}

fn refuse(app: &App, visitor: &Visitor, subject: &Subject, why: &str) -> HttpResponse {
    let mistakes = [of_file(why.to_owned())];
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(app, visitor, subject, (status, None, &mistakes))
}

/// Imports the file of a form, or looks what that would change.
async fn import(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (subject, sent): (&Subject, Sent),
) -> HttpResponse {
    let (municipality, period) = (&subject.municipality, &subject.period);
    let is_trial = sent.given.value(TRIAL).is_some();
    let is_workbook = sent.file.starts_with(ZIP);
    let table = match sent_file::read_table(sent.file, is_workbook, table_of).await {
        Ok(table) => table,
        Err(refusal) => return refuse(app, visitor, subject, &refusal.message.nl),
    };
    let key = sent.given.value(KEY).unwrap_or_default();
    // To look first and to save then are two calls, and from one page they have one key.
    let purpose = if is_trial { "proef" } else { "opslaan" };
    let input = json!({
        "municipality": municipality, "period": period, "table": table, "dryRun": is_trial,
        "idempotencyKey": format!("{key}-{purpose}"),
    });
    let variables = Map::from_iter([("input".to_owned(), input)]);
    let data: Value = match run(request, app, visitor.actor(), (IMPORT, variables)).await {
        Ok(data) => data,
        Err(Unanswered::NotFound) => return answer::notice(app, visitor, Notice::NotFound, None),
        Err(Unanswered::Unavailable) => {
            return answer::notice(app, visitor, Notice::Unavailable, None);
        }
        Err(Unanswered::Refused(texts)) => {
            let mistakes = of_no_field(texts);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(app, visitor, subject, (status, None, &mistakes));
        }
    };
    match Read::parse(data) {
        Ok(read) if !read.is_right() => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(app, visitor, subject, (status, Some(&read), &[]))
        }
        Ok(read) if is_trial => show(app, visitor, subject, (StatusCode::OK, Some(&read), &[])),
        Ok(_) => answer::see_other(&format!(
            "/werkplek/beoordelingen/{}/{}?{DONE}=importAnswerSheet",
            workplace::within_address(municipality),
            workplace::within_address(period)
        )),
        Err(error) => {
            tracing::error!(%error, "the answer to a sheet has another shape");
            answer::notice(app, visitor, Notice::Unavailable, None)
        }
    }
}

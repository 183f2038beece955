//! Pages with a form for a file: the file becomes the input of its mutation, bounded as a file at the
//! API is, and what was wrong with it is shown beside its rows.

use std::convert::Infallible;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use compliance::{
    assessment::assessment_table::table_of_many, framework::book, monitoring::status_sheet,
};
use futures_util::{future::ready, stream::once};
use multer::Multipart;
use serde_json::{Map, Value};

use super::{
    super::{App, body, edition_book, sent_file},
    answer,
    pages::{of_no_field, page_of},
    run::{Unanswered, run},
    visitor::{self, Absent, Visitor},
};
use workplace::{
    Attempt, DONE, FILE, FileKind, Given, KEY, Mistake, Notice, Outcome, Outside, Page, TRIAL,
    Unmade, Upload, Visit,
};

/// Bytes that the form may have beside the file.
pub(super) const BESIDE_FILE: usize = 16 * 1024;
/// How a workbook begins: it is a zip.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// What a form with a file sends.
pub(super) struct Sent {
    pub(super) given: Given,
    pub(super) file: Bytes,
}

/// The parts of a form with a file (RFC 7578); none where it is none.
pub(super) async fn parts(request: &HttpRequest, bytes: Bytes) -> Option<Sent> {
    let mut form = multipart(request, bytes)?;
    let (mut fields, mut file) = (Vec::new(), Bytes::new());
    while let Some(part) = form.next_field().await.ok()? {
        let name = part.name()?.to_owned();
        if name == FILE {
            file = part.bytes().await.ok()?;
        } else {
            fields.push((name, part.text().await.ok()?));
        }
    }
    Some(Sent {
        given: Given::new(fields),
        file,
    })
}

/// The fields that stand before the file of a form, of which no more may have come than its beginning.
async fn before_file(request: &HttpRequest, beginning: Bytes) -> Given {
    let mut fields = Vec::new();
    let Some(mut form) = multipart(request, beginning) else {
        return Given::default();
    };
    while let Ok(Some(part)) = form.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        if name == FILE {
            break;
        }
        let Ok(text) = part.text().await else {
            break;
        };
        fields.push((name, text));
    }
    Given::new(fields)
}

fn multipart(request: &HttpRequest, bytes: Bytes) -> Option<Multipart<'static>> {
    let content_type = request.headers().get(header::CONTENT_TYPE)?;
    let boundary = multer::parse_boundary(content_type.to_str().ok()?).ok()?;
    let whole = once(ready(Ok::<_, Infallible>(bytes)));
    Some(Multipart::new(whole, boundary))
}

/// What is shown beside the page itself.
struct Shown<'a> {
    attempt: Option<&'a Attempt>,
    outcome: Option<&'a Outcome>,
}

/// Why a file did not become the input of a mutation that was accepted.
enum Failed {
    Mistakes(Vec<Mistake>),
    Page(Notice),
    Response(HttpResponse),
}

impl From<Unanswered> for Failed {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::NotFound => Self::Page(Notice::NotFound),
            Unanswered::Unavailable => Self::Page(Notice::Unavailable),
            Unanswered::Refused(texts) => Self::Mistakes(of_no_field(texts)),
        }
    }
}

/// `POST` of a form with a file.
pub(super) async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(Absent::TooOften(response, false)) => return *response,
        // The file is read of nobody who is not let in; it is where it came from.
        Err(absent) => {
            let given = before_file(&request, body::beginning(payload).await).await;
            return answer::not_let_in(&request, &app, absent, Some(&given));
        }
    };
    let upload = workplace::find_upload(request.path());
    let (Some(page), Some(upload)) = (page_of(&request, &app), upload) else {
        return answer::notice(&app, &visitor, Notice::NotFound, None);
    };
    let largest = sent_file::LARGEST + BESIDE_FILE;
    let sent = match body::read(&request, payload, largest).await {
        Ok(bytes) => parts(&request, bytes).await,
        Err(body::Refused::TooLarge(_)) => {
            return answer::notice(&app, &visitor, Notice::TooLarge, None);
        }
        Err(_) => None,
    };
    let Some(Sent { given, file }) = sent else {
        let why = "Het formulier is niet goed aangekomen.".to_owned();
        let attempt = attempt_of(&upload, Given::default(), of_no_field(vec![why]));
        return refuse(&request, &app, &visitor, (&page, &attempt)).await;
    };
    if !visitor.is_own_form(&given) {
        let why = (StatusCode::FORBIDDEN, Outside::Forged);
        return answer::not_taken_in(&request, &app, why, Some(&given));
    }
    match import(&request, &app, &visitor, (&upload, &given, file)).await {
        Ok(outcome) => come_of(&request, &app, &visitor, (&page, &upload, given), &outcome).await,
        Err(Failed::Mistakes(mistakes)) => {
            let attempt = attempt_of(&upload, given, mistakes);
            refuse(&request, &app, &visitor, (&page, &attempt)).await
        }
        Err(Failed::Page(why)) => {
            let attempt = attempt_of(&upload, given, Vec::new());
            answer::notice(&app, &visitor, why, Some(&attempt))
        }
        Err(Failed::Response(response)) => response,
    }
}

fn attempt_of(upload: &Upload, given: Given, mistakes: Vec<Mistake>) -> Attempt {
    Attempt {
        form: upload.form.mutation.to_owned(),
        typed: upload.form.typed(&given),
        given,
        mistakes,
        ahead: None,
    }
}

/// Goes on where a file was taken in whole, and shows the page with what came of it where it was
/// looked at, has mistakes, or rows of it were left out: those would be lost otherwise.
async fn come_of(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (page, upload, given): (&Page, &Upload, Given),
    outcome: &Outcome,
) -> HttpResponse {
    if outcome.is_right() && !outcome.is_trial && !outcome.has_left_out() {
        return answer::see_other(&page.beginning_with(DONE, upload.form.mutation));
    }
    let status = if outcome.is_right() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let attempt = attempt_of(upload, given, Vec::new());
    let shown = Shown {
        attempt: Some(&attempt),
        outcome: Some(outcome),
    };
    show(request, app, visitor, (page, status), shown).await
}

async fn refuse(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (page, attempt): (&Page, &Attempt),
) -> HttpResponse {
    let shown = Shown {
        attempt: Some(attempt),
        outcome: None,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(request, app, visitor, (page, status), shown).await
}

/// The page, of the answer to its document, with what came of what was sent.
async fn show(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (page, status): (&Page, StatusCode),
    shown: Shown<'_>,
) -> HttpResponse {
    let wanted = (page.document, page.variables.clone());
    let data = match run(request, app, visitor.actor(), wanted).await {
        Ok(data) => data,
        Err(Unanswered::NotFound | Unanswered::Refused(_)) => {
            return answer::notice(app, visitor, Notice::NotFound, shown.attempt);
        }
        Err(Unanswered::Unavailable) => {
            return answer::notice(app, visitor, Notice::Unavailable, shown.attempt);
        }
    };
    let html = answer::visited(app, visitor, (None, shown.attempt), |visit| {
        let visit = Visit {
            outcome: shown.outcome,
            ..*visit
        };
        page.lay_out(data, &visit)
    });
    match html {
        Ok(html) => answer::page(status, html),
        Err(Unmade::NotThere) => answer::notice(app, visitor, Notice::NotFound, shown.attempt),
        Err(Unmade::Shape(error)) => {
            tracing::error!(path = page.path, %error, "a page cannot be made of its answer");
            answer::notice(app, visitor, Notice::Unavailable, shown.attempt)
        }
    }
}

/// Sends what a form and its file give as its mutation, or looks what that would change.
async fn import(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (upload, given, file): (&Upload, &Given, Bytes),
) -> Result<Outcome, Failed> {
    let (mut variables, mut mistakes) = match upload.form.variables(given) {
        Ok(variables) => (variables, Vec::new()),
        Err(mistakes) => (Map::new(), mistakes),
    };
    if file.is_empty() {
        mistakes.push(of_file("Kies eerst een bestand.".to_owned()));
    }
    if !mistakes.is_empty() {
        return Err(Failed::Mistakes(mistakes));
    }
    let Some(Value::Object(mut input)) = variables.remove("input") else {
        return Err(Failed::Page(Notice::Unavailable));
    };
    read(request, app, visitor, (upload.kind, file, &mut input)).await?;
    let is_trial = given.value(TRIAL).is_some();
    // To look first and to save then are two calls, and from one page they have one key.
    let purpose = if is_trial { "proef" } else { "opslaan" };
    let key = given.value(KEY).unwrap_or_default();
    input.insert("dryRun".to_owned(), is_trial.into());
    input.insert(
        "idempotencyKey".to_owned(),
        format!("{key}-{purpose}").into(),
    );
    let variables = Map::from_iter([("input".to_owned(), Value::Object(input))]);
    let document = upload.document();
    let data = run(request, app, visitor.actor(), (&document, variables)).await?;
    Outcome::parse(upload, data, is_trial).map_err(|error| {
        let mutation = upload.form.mutation;
        tracing::error!(mutation, %error, "the answer to a file has another shape");
        Failed::Page(Notice::Unavailable)
    })
}

/// Reads a file as what it is of, into the input.
async fn read(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (kind, file, input): (FileKind, Bytes, &mut Map<String, Value>),
) -> Result<(), Failed> {
    let is_workbook = file.starts_with(ZIP);
    let table_of = match kind {
        FileKind::StatusSheet => status_sheet::table_of,
        FileKind::AssessmentTable => table_of_many,
        FileKind::Edition => {
            return read_edition(request, app, visitor, (file, input)).await;
        }
    };
    let table = sent_file::read_table(file, is_workbook, table_of).await;
    let table = table.map_err(|refusal| of_one_mistake(refusal.message.nl))?;
    input.insert("table".to_owned(), table.into());
    Ok(())
}

/// Reads a workbook as the edition of the code that the form gives.
async fn read_edition(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (file, input): (Bytes, &mut Map<String, Value>),
) -> Result<(), Failed> {
    let opened = sent_file::opened(file, book::open).await;
    let opened = opened.map_err(|refusal| of_one_mistake(refusal.message.nl))?;
    let code = input.get("code").and_then(Value::as_str);
    let code = code.unwrap_or_default().to_owned();
    match edition_book::read(request, app, visitor.actor(), (&opened, &code)).await {
        Ok(Ok(proposed)) => {
            input.extend(proposed);
            Ok(())
        }
        Ok(Err(wrong)) => {
            let texts = wrong.into_iter().take(edition_book::MOST_SHOWN);
            let mistakes = texts.map(|text| of_file(text.nl));
            Err(Failed::Mistakes(mistakes.collect()))
        }
        Err(error) => Err(Failed::Response(answer::failed(app, &error))),
    }
}

/// A mistake at the field of the file.
pub(super) fn of_file(text: String) -> Mistake {
    Mistake {
        code: None,
        field: Some(FILE.to_owned()),
        text,
    }
}

fn of_one_mistake(text: String) -> Failed {
    Failed::Mistakes(vec![of_file(text)])
}

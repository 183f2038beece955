//! Pages with forms: shown by GET, and by POST what a form on them sends.
//!
//! A form that was accepted leads on to its page by GET, so that nobody sends it twice by reading the
//! page again; one that was refused shows the page with every mistake and all that was typed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde_json::{Map, Value};

use super::{
    super::{App, body},
    answer,
    entrance::{is_from_elsewhere, parameter},
    run::{Unanswered, run},
    visitor::{self, Absent, Visitor},
};
use workplace::{Attempt, DONE, FORM, Given, Mistake, Notice, Outside, Page, TOKEN, TRIAL, Unmade};

impl Visitor {
    /// Whether a form was sent from a page of this very session.
    pub(super) fn is_own_form(&self, given: &Given) -> bool {
        let is_own = given
            .value(TOKEN)
            .is_some_and(|token| self.secret.is_form_token(token));
        if !is_own {
            visitor::note_forgery();
        }
        is_own
    }
}

/// The fields of a form, as browsers write them.
pub(super) fn fields(bytes: &[u8]) -> Given {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let pairs = web::Query::<Vec<(String, String)>>::from_query(text);
    Given::new(pairs.map(web::Query::into_inner).unwrap_or_default())
}

/// The page at the address of a request; none where there is none.
pub(super) fn page_of(request: &HttpRequest, app: &App) -> Option<Page> {
    let page = workplace::find(request.path(), &|of| app.pseudonyms.name(of))?;
    let parameters = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    let parameters = parameters.map(web::Query::into_inner).unwrap_or_default();
    Some(page.narrowed(&parameters))
}

/// `GET` of a page.
pub(super) async fn get(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let visitor = match visitor::enter(&request, &app).await {
        Ok(visitor) => visitor,
        Err(absent) => return answer::outside(&request, &app, absent),
    };
    let Some(page) = page_of(&request, &app) else {
        return answer::notice(&app, &visitor, Notice::NotFound, None);
    };
    // What was done is said after a form, and not because a link of somebody says so.
    let done = parameter(&request, DONE).filter(|_| !is_from_elsewhere(&request));
    let form = done.and_then(|mutation| page.form(&mutation));
    let done = form.map(|form| form.done);
    show(&request, &app, &visitor, &page, (done, None)).await
}

/// `POST` of a form on a page.
pub(super) async fn post(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let entered = match visitor::enter(&request, &app).await {
        // Nothing is read of whoever nobody knows.
        Err(Absent::TooOften(response, false)) => return *response,
        entered => entered,
    };
    let read = body::read(&request, payload, body::LARGEST).await;
    let given = read.map(|bytes| fields(&bytes));
    let visitor = match entered {
        Ok(visitor) => visitor,
        Err(absent) => {
            let given = given.ok();
            return answer::not_let_in(&request, &app, absent, given.as_ref());
        }
    };
    let Ok(given) = given else {
        return answer::notice(&app, &visitor, Notice::TooLarge, None);
    };
    if !visitor.is_own_form(&given) {
        let why = (StatusCode::FORBIDDEN, Outside::Forged);
        return answer::not_taken_in(&request, &app, why, Some(&given));
    }
    let Some(page) = page_of(&request, &app) else {
        return answer::notice(&app, &visitor, Notice::NotFound, None);
    };
    match send(&request, &app, &visitor, (&page, &given)).await {
        Ok(Sent::Accepted) => answer::see_other(&done(&page, &given)),
        Ok(Sent::Ahead(seen)) => {
            let attempt = Attempt {
                ahead: Some(seen),
                ..Attempt::of(&page, given, Vec::new())
            };
            show(&request, &app, &visitor, &page, (None, Some(&attempt))).await
        }
        Err(Failed::Page(why)) => {
            let attempt = Attempt::of(&page, given, Vec::new());
            answer::notice(&app, &visitor, why, Some(&attempt))
        }
        Err(Failed::Mistakes(mistakes)) => {
            let attempt = Attempt::of(&page, given, mistakes);
            show(&request, &app, &visitor, &page, (None, Some(&attempt))).await
        }
    }
}

/// The address to go on with when a form was accepted: its page, at the part that it is about, or
/// the page that it leads on to.
fn done(page: &Page, given: &Given) -> String {
    let id = given.value(FORM).unwrap_or_default();
    let (mutation, about) = id.split_once('-').unwrap_or((id, ""));
    if let Some(path) = page.leads_to(given) {
        return format!("{path}?{DONE}={mutation}");
    }
    let at = if about.is_empty() {
        String::new()
    } else {
        format!("#{}", workplace::within_address(about))
    };
    format!("{}{at}", page.beginning_with(DONE, mutation))
}

/// What came of a form.
enum Sent {
    /// It was accepted as its mutation.
    Accepted,
    /// It looked ahead: what its mutation would do.
    Ahead(Value),
}

/// Why a form was not accepted.
enum Failed {
    Mistakes(Vec<Mistake>),
    Page(Notice),
}

/// Sends what a form gives as its mutation, or looks ahead at what that would do.
async fn send(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    (page, given): (&Page, &Given),
) -> Result<Sent, Failed> {
    let id = given.value(FORM).unwrap_or_default();
    let mutation = id.split('-').next().unwrap_or_default();
    let form = page.form(mutation).ok_or(Failed::Page(Notice::NotFound))?;
    let variables = form.variables(given).map_err(Failed::Mistakes)?;
    if given.value(TRIAL).is_some() {
        // What cannot be looked at beforehand is not done instead.
        let ahead = form.ahead(&variables);
        let ahead = ahead.ok_or(Failed::Page(Notice::NotFound))?;
        let wanted = (ahead.document, ahead.variables.clone());
        let data = answered(request, app, visitor, wanted).await?;
        accepted(mutation, ahead.mistakes(&form, &data, given))?;
        return Ok(Sent::Ahead(data));
    }
    let document = form.document();
    let data = answered(request, app, visitor, (&document, variables)).await?;
    accepted(mutation, form.mistakes(&data, given))?;
    Ok(Sent::Accepted)
}

/// The answer to the document of a form.
async fn answered(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    wanted: (&str, Map<String, Value>),
) -> Result<Value, Failed> {
    let data = run(request, app, visitor.actor(), wanted).await;
    data.map_err(|unanswered| match unanswered {
        Unanswered::NotFound => Failed::Page(Notice::NotFound),
        Unanswered::Unavailable => Failed::Page(Notice::Unavailable),
        Unanswered::Refused(texts) => Failed::Mistakes(of_no_field(texts)),
    })
}

/// Whether an answer has no mistakes.
fn accepted(
    mutation: &str,
    mistakes: Result<Vec<Mistake>, serde_json::Error>,
) -> Result<(), Failed> {
    match mistakes {
        Ok(mistakes) if mistakes.is_empty() => Ok(()),
        Ok(mistakes) => Err(Failed::Mistakes(mistakes)),
        Err(error) => {
            tracing::error!(mutation, %error, "the answer to a form has another shape");
            Err(Failed::Page(Notice::Unavailable))
        }
    }
}

/// Reasons that belong to no field.
pub(super) fn of_no_field(texts: Vec<String>) -> Vec<Mistake> {
    texts.into_iter().map(Mistake::of_no_field).collect()
}

/// A page, of the answer to its document.
async fn show(
    request: &HttpRequest,
    app: &App,
    visitor: &Visitor,
    page: &Page,
    (done, attempt): (Option<&str>, Option<&Attempt>),
) -> HttpResponse {
    let wanted = (page.document, page.variables.clone());
    let data = match run(request, app, visitor.actor(), wanted).await {
        Ok(data) => data,
        Err(Unanswered::NotFound) => {
            return answer::notice(app, visitor, Notice::NotFound, attempt);
        }
        Err(Unanswered::Refused(texts)) => {
            tracing::debug!(?texts, path = page.path, "a page is refused");
            // The row that it goes on after is not in the list any more.
            if attempt.is_none() && page.variables.contains_key("after") {
                return answer::see_other(&page.beginning());
            }
            return answer::notice(app, visitor, Notice::NotFound, attempt);
        }
        Err(Unanswered::Unavailable) => {
            return answer::notice(app, visitor, Notice::Unavailable, attempt);
        }
    };
    let html = answer::visited(app, visitor, (done, attempt), |visit| {
        page.lay_out(data, visit)
    });
    match html {
        Ok(html) if attempt.is_some_and(|attempt| attempt.ahead.is_none()) => {
            answer::page(StatusCode::UNPROCESSABLE_ENTITY, html)
        }
        Ok(html) => answer::page(StatusCode::OK, html),
        Err(Unmade::NotThere) => answer::notice(app, visitor, Notice::NotFound, attempt),
        Err(Unmade::Shape(error)) => {
            tracing::error!(path = page.path, %error, "a page cannot be made of its answer");
            answer::notice(app, visitor, Notice::Unavailable, attempt)
        }
    }
}

//! An edition of the framework as a workbook: out, for whoever reads the framework, and back as a
//! file, which becomes the input of `proposeEdition`, so that it is permitted, kept under its key
//! and answered as that mutation.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde_json::{Map, Value};

use super::{
    App, admission,
    problem::{failed, problem},
    refusal::Refusal,
    request_log::RequestLog,
    sent_file, sheets,
};
use compliance::{
    assessment::answer_sheet::Form,
    framework::book::{self, Opened},
};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{actor::Actor, text::Text};

/// What a file that comes back asks of the service.
const PROPOSE: &str = "mutation ProposeEditionFile($input: ProposeEditionInput!) { \
     proposeEdition(input: $input) { edition { code ledger } \
     changes { change criterion from } \
     verdicts { period { key } referenceDate counts { basis before after count } } \
     errors { code message { nl en } field } \
     warnings { code message { nl en } field } } }";
/// What whoever did not sign in is told.
const INVITATION: &str = "Sign in as VNG to propose an edition.";
/// Mistakes of a file that are told at most.
pub(super) const MOST_SHOWN: usize = 100;

/// The address of an edition.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.service(
        web::resource("/v1/editions/{edition}.xlsx")
            .route(web::get().to(send))
            .route(web::post().to(receive)),
    );
}

/// `GET /v1/editions/{edition}.xlsx`: with `?next=true` as the beginning of the next edition.
async fn send(request: HttpRequest, path: web::Path<String>, app: web::Data<App>) -> HttpResponse {
    let actor = match admission::admit(&request, &app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(&request).borrow_mut().set_actor(&actor);
    let is_next = match sent_file::is_set(request.query_string(), "next") {
        Ok(is_next) => is_next,
        Err(wrong) => return sheets::bad("EDITION", &wrong),
    };
    let code = path.into_inner();
    match find(&request, &app, &actor, (&code, is_next)).await {
        Ok((Some(bytes), database)) => {
            sheets::as_file(bytes, Form::Workbook, &format!("edition-{code}"), database)
        }
        Ok((None, _)) => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such edition.",
        ),
        Err(error) => failed(&error),
    }
}

async fn find(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (code, is_next): (&str, bool),
) -> Result<(Option<Vec<u8>>, DatabaseKind), DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let file = book::of(&session, code, is_next).await?;
    let database = session.kind();
    session.close().await?;
    Ok((file, database))
}

/// `POST` of a workbook to the address of the edition that it proposes, under `Idempotency-Key`,
/// with `?dryRun=true` only to see what it would change.
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
    let actor = &entered.bearer.actor;
    let opened = async {
        let key = sent_file::key_of(&request)?;
        let is_tried = sent_file::is_set(request.query_string(), "dryRun");
        let is_tried = is_tried.map_err(sent_file::malformed)?;
        let opened = sent_file::workbook_of(&request, payload, book::open).await?;
        Ok::<_, Refusal>((key, is_tried, opened))
    };
    let operation = match opened.await {
        Err(refusal) => Err(refusal),
        Ok((key, is_tried, opened)) => match read(&request, &app, actor, (&opened, &path)).await {
            Ok(Ok(mut input)) => {
                input.insert("dryRun".to_owned(), is_tried.into());
                input.insert("idempotencyKey".to_owned(), key.into());
                sheets::operation(PROPOSE, input, &app, actor)
            }
            Ok(Err(wrong)) => Err(sent_file::unreadable(&in_lines(&wrong))),
            Err(error) => return failed(&error),
        },
    };
    sheets::run((&request, &app), (&exchange, &entered), operation).await
}

/// What a workbook proposes beside the edition that it comes from.
pub(super) async fn read(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    (opened, code): (&Opened, &str),
) -> Result<Result<Map<String, Value>, Vec<Text>>, DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let input = book::input_of(&session, opened, code).await?;
    session.close().await?;
    Ok(input)
}

/// All mistakes of a file as one text, a line each.
fn in_lines(mistakes: &[Text]) -> Text {
    let lines = |text: fn(&Text) -> &str| {
        let lines = mistakes.iter().take(MOST_SHOWN).map(text);
        lines.collect::<Vec<_>>().join("\n")
    };
    Text::new(lines(|one| &one.nl), lines(|one| &one.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_stand_on_lines_of_their_own() {
        let mistakes = [Text::new("een", "one"), Text::new("twee", "two")];
        assert_eq!(in_lines(&mistakes), Text::new("een\ntwee", "one\ntwo"));
    }
}

//! Receipts of submitted versions: the file with what the archives want to know of it, for whoever
//! may read the answers, and an address where anybody who holds such a file has it checked.
//!
//! A file is given out in the bytes that its hash is of; its `ETag` is that hash. Whoever has a
//! file checked needs no login and is answered as the public, whatever token comes along: it is the
//! nonce in the file that opens anything (see `compliance::assessment::receipt`). Nothing of a file
//! is kept or logged.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{
    App, admission, body,
    problem::{self, Reason, failed, problem, refusal},
    refusal::Refusal,
    request_log::RequestLog,
    sheets,
};
use compliance::assessment::receipt::{self, Checked, Form, Receipt, ReceiptFile, Wanted};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::{
    actor::{Actor, Role},
    assessment::receipt::ReceiptOutcome,
    text::Text,
};

/// Bytes that a file may have that is checked: those of the longest answers to every criterion fit.
pub(super) const LARGEST: usize = 4 * 1024 * 1024;

/// What whoever did not sign in is told.
const INVITATION: &str =
    "Sign in as the municipality, as the region that reports for it, or as VNG.";

/// The addresses of receipts.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/v1/assessments/{municipality}/{period}/receipt.json")
                .route(web::get().to(file)),
        )
        .service(
            web::resource("/v1/assessments/{municipality}/{period}/receipt.mdto.xml")
                .route(web::get().to(object)),
        )
        .service(
            web::resource("/v1/assessments/{municipality}/{period}/receipt.json.mdto.xml")
                .route(web::get().to(object_of_file)),
        )
        .service(
            web::resource("/v1/receipts")
                .route(web::get().to(outcomes))
                .route(web::post().to(check))
                .default_service(web::to(|| problem::method_not_allowed("GET, HEAD, POST"))),
        );
}

type Place = web::Path<(String, String)>;

/// `GET /v1/assessments/{municipality}/{period}/receipt.json`: the receipt of a version.
pub(super) async fn file(request: HttpRequest, place: Place, app: web::Data<App>) -> HttpResponse {
    send(&request, &app, place.into_inner(), Form::Json).await
}

/// What the archives want to know of the version (MDTO).
pub(super) async fn object(
    request: HttpRequest,
    place: Place,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, place.into_inner(), Form::Mdto).await
}

/// What the archives want to know of the file (MDTO).
pub(super) async fn object_of_file(
    request: HttpRequest,
    place: Place,
    app: web::Data<App>,
) -> HttpResponse {
    send(&request, &app, place.into_inner(), Form::MdtoOfFile).await
}

/// The number of the version that an address means; none for the latest.
fn version_of(query: &str) -> Result<Option<i32>, Text> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query);
    let pairs = pairs.map(web::Query::into_inner).unwrap_or_default();
    let number = match pairs.as_slice() {
        [] if query.is_empty() => return Ok(None),
        [(name, number)] if name == "version" => number.parse().ok(),
        _ => None,
    };
    match number {
        Some(number) if number > 0 => Ok(Some(number)),
        Some(_) | None => Err(Text::new(
            "Geef hier niets mee dan `version`, met het nummer van een ingediende versie.",
            "Give nothing here but `version`, with the number of a submitted version.",
        )),
    }
}

async fn send(
    request: &HttpRequest,
    app: &App,
    (municipality, period): (String, String),
    form: Form,
) -> HttpResponse {
    let actor = match admission::admit(request, app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(request).borrow_mut().set_actor(&actor);
    let version = match version_of(request.query_string()) {
        Ok(version) => version,
        Err(wrong) => return bad(StatusCode::BAD_REQUEST, "BAD_REQUEST", &wrong),
    };
    let wanted = Wanted {
        municipality,
        period,
        version,
        form,
        service: app.known_as.as_deref().map(str::to_owned),
    };
    let (receipt, kind) = match find(request, app, &actor, &wanted).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match receipt {
        Receipt::File(file) => as_file(file, &wanted, kind),
        Receipt::NotForThisRole if actor.role == Role::Public => sheets::sign_in(INVITATION),
        Receipt::NotFound | Receipt::NotForThisRole => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such receipt, or none that you may see.",
        ),
        Receipt::Redacted => bad(
            StatusCode::GONE,
            "NOT_FOUND",
            &Text::new(
                "In deze versie is om wettelijke redenen tekst geschrapt; daarom is er geen \
                 ontvangstbewijs meer van.",
                "Words of this version were blanked by law, so there is no receipt of it any more.",
            ),
        ),
    }
}

fn bad(status: StatusCode, code: &str, wrong: &Text) -> HttpResponse {
    let reason = Reason {
        code,
        rule: "RECEIPT",
        nl: &wrong.nl,
        en: &wrong.en,
    };
    refusal(status, &reason)
}

pub(super) async fn find(
    request: &HttpRequest,
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
) -> Result<(Receipt, DatabaseKind), DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(actor, RequestedMoment::HEAD)
        .await?;
    let receipt = receipt::of(&session, wanted).await?;
    let kind = session.kind();
    session.close().await?;
    Ok((receipt, kind))
}

pub(super) fn as_file(file: ReceiptFile, wanted: &Wanted, kind: DatabaseKind) -> HttpResponse {
    let (extension, content_type) = match wanted.form {
        Form::Json => ("json", "application/json"),
        Form::Mdto => ("mdto.xml", "application/xml; charset=utf-8"),
        Form::MdtoOfFile => ("json.mdto.xml", "application/xml; charset=utf-8"),
    };
    let (demo, municipality, period) = (kind.prefix(), &wanted.municipality, &wanted.period);
    let name = format!(
        "attachment; filename=\"{demo}receipt-{municipality}-{period}-{}.{extension}\"",
        file.version
    );
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(file.text.as_bytes())));
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::ETAG, tag))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(file.text)
}

/// `GET /v1/receipts`: what a file that is sent there can turn out to be.
pub(super) async fn outcomes(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return refused;
    }
    let outcomes = ReceiptOutcome::ALL.map(|outcome| {
        let Text { nl, en } = outcome.message();
        json!({ "outcome": outcome.code(), "message": { "nl": nl, "en": en } })
    });
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .json(json!({ "outcomes": outcomes }))
}

/// `POST /v1/receipts` of a receipt, as it was given out: whether it still is that, and what became
/// of the version since.
pub(super) async fn check(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return refused;
    }
    let file = match body::read(&request, payload, LARGEST).await {
        Ok(file) => file,
        Err(refused) => {
            let refusal = Refusal::from(refused);
            let message = Text::new(refusal.message.nl, refusal.message.en);
            return bad(refusal.status, refusal.code.as_str(), &message);
        }
    };
    match checked(&request, &app, &file).await {
        Ok(checked) => as_answer(&checked, &file),
        Err(error) => failed(&error),
    }
}

/// What a file turns out to be, to the public.
pub(super) async fn checked(
    request: &HttpRequest,
    app: &App,
    file: &[u8],
) -> Result<Checked, DbError> {
    let address = admission::address(request, app.limits.proxies);
    let session = app
        .db
        .at(address)
        .read(&Actor::public(), RequestedMoment::HEAD)
        .await?;
    let checked = receipt::check(&session, file).await?;
    session.close().await?;
    Ok(checked)
}

fn as_answer(checked: &Checked, file: &[u8]) -> HttpResponse {
    let Text { nl, en } = checked.outcome.message();
    let version = checked.version.as_ref().map(|version| {
        json!({
            "receipt": version.receipt,
            "municipality": version.municipality,
            "period": version.period,
            "version": version.version,
        })
    });
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({
            "outcome": checked.outcome.code(),
            "message": { "nl": nl, "en": en },
            "sha256": hex::encode(Sha256::digest(file)),
            "version": version,
        }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_version_or_means_the_latest() {
        assert_eq!(version_of("").unwrap(), None);
        assert_eq!(version_of("version=2").unwrap(), Some(2));
        for wrong in [
            "version=0",
            "version=-1",
            "version=x",
            "version=1&version=1",
            "form=json",
            "version",
            "&",
        ] {
            assert!(version_of(wrong).is_err(), "{wrong}");
        }
    }
}

//! The page on which whoever holds a receipt has it checked, without a login and without scripts: the same check as that
//! of `POST /v1/receipts`, of a file that a browser sends. Nothing of a file is kept or logged.

use std::convert::Infallible;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use futures_util::stream;
use multer::Multipart;
use sha2::{Digest as _, Sha256};
use website::{CheckedReceipt, Notice, Receipt, ReceiptVersion};

use super::{App, admission, body, receipts, site};
use compliance::assessment::receipt::Checked;
use domain::error::chain;

/// `GET`: the form.
pub(super) async fn form(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    site::receipt(&request, &app, StatusCode::OK, Receipt::Form)
}

/// `POST` of the form: what the file turned out to be.
pub(super) async fn check(
    request: HttpRequest,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    if let Err(refused) = admission::admit_address(&request, &app) {
        return site::too_often(&request, &app, refused).await;
    }
    let Some(file) = uploaded(&request, payload).await else {
        return site::receipt(&request, &app, StatusCode::BAD_REQUEST, Receipt::NoFile);
    };
    match receipts::checked(&request, &app, &file).await {
        Ok(checked) => show(&request, &app, &checked, &file),
        Err(error) => {
            tracing::warn!(error = %chain(&error), "a receipt could not be checked");
            site::notice(&app, &request, Notice::Unavailable).await
        }
    }
}

fn show(request: &HttpRequest, app: &App, checked: &Checked, file: &[u8]) -> HttpResponse {
    let sha256 = hex::encode(Sha256::digest(file));
    let version = checked.version.as_ref().map(|version| ReceiptVersion {
        receipt: &version.receipt,
        municipality: &version.municipality,
        period: &version.period,
        number: version.version,
    });
    let checked = CheckedReceipt {
        outcome: checked.outcome,
        sha256: &sha256,
        version,
    };
    site::receipt(request, app, StatusCode::OK, Receipt::Checked(checked))
}

/// The file of the form; none where the form came without one, too large or too slowly.
async fn uploaded(request: &HttpRequest, payload: web::Payload) -> Option<Bytes> {
    let content_type = request.headers().get(header::CONTENT_TYPE)?;
    let boundary = multer::parse_boundary(content_type.to_str().ok()?).ok()?;
    let sent = body::read(request, payload, receipts::LARGEST).await.ok()?;
    let whole = stream::once(async move { Ok::<Bytes, Infallible>(sent) });
    let mut parts = Multipart::new(whole, boundary);
    while let Some(part) = parts.next_field().await.ok()? {
        if part.name() == Some("file") {
            let file = part.bytes().await.ok()?;
            return Some(file).filter(|file| !file.is_empty());
        }
    }
    None
}

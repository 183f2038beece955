//! A file with a table that somebody sends: CSV or a workbook by its content type, under a key of
//! the sender.

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
    web,
};
use serde_json::{Map, Value};

use super::{body, refusal::Refusal};
use compliance::workbook::NotOpened;
use domain::text::Text;
use graphql::error::Code;

/// The content type of a workbook.
pub(super) const WORKBOOK: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Bytes that a file may have.
pub(super) const LARGEST: usize = 2 * 1024 * 1024;

/// The parameters of an address, each at most once.
pub(super) fn parameters(query: &str) -> Result<Map<String, Value>, Text> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map(web::Query::into_inner)
        .unwrap_or_default();
    let mut given = Map::new();
    for (name, value) in pairs {
        let short: String = name.chars().take(32).collect();
        if given.insert(name, value.into()).is_some() {
            return Err(Text::new(
                format!("Geef `{short}` niet meer dan één keer."),
                format!("Give `{short}` no more than once."),
            ));
        }
    }
    Ok(given)
}

/// Whether an address says yes to the one parameter that it takes.
pub(super) fn is_set(query: &str, parameter: &str) -> Result<bool, Text> {
    let mut is_set = false;
    for (name, value) in parameters(query)? {
        match value.as_str() {
            Some("true") if name == parameter => is_set = true,
            Some("false") if name == parameter => {}
            _ => return Err(not_so(&name)),
        }
    }
    Ok(is_set)
}

/// That a parameter cannot be given, or not so.
pub(super) fn not_so(name: &str) -> Text {
    let name: String = name.chars().take(32).collect();
    Text::new(
        format!("`{name}` kan hier niet zo gevraagd worden."),
        format!("`{name}` cannot be asked so here."),
    )
}

/// The refusal of an address that is not read.
pub(super) fn malformed(wrong: Text) -> Refusal {
    Refusal::malformed(&wrong.nl, &wrong.en)
}

/// Under which key a file comes.
pub(super) fn key_of(request: &HttpRequest) -> Result<String, Refusal> {
    let key = request.headers().get("idempotency-key");
    key.and_then(|key| key.to_str().ok())
        .map(|key| key.trim().trim_matches('"').to_owned())
        .filter(|key| !key.is_empty())
        .ok_or_else(|| {
            Refusal::malformed(
                "Geef een eigen sleutel mee in `Idempotency-Key`, zodat een herhaling niets dubbel \
                 doet.",
                "Give a key of your own in `Idempotency-Key`, so that a repeat does nothing twice.",
            )
        })
}

/// The content type of a file, without its parameters.
fn content_type(request: &HttpRequest) -> String {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let name = content_type.unwrap_or_default().split(';').next();
    name.unwrap_or_default().trim().to_lowercase()
}

/// What `open` makes of the workbook that a file is.
pub(super) async fn workbook_of<T: Send + 'static>(
    request: &HttpRequest,
    payload: web::Payload,
    open: fn(&[u8]) -> Result<T, NotOpened>,
) -> Result<T, Refusal> {
    if content_type(request) != WORKBOOK {
        return Err(Refusal::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::BadRequest,
            &format!("Stuur `Content-Type: {WORKBOOK}`."),
            &format!("Send `Content-Type: {WORKBOOK}`."),
        ));
    }
    let bytes = body::read(request, payload, LARGEST).await?;
    opened(bytes, open).await
}

/// Opens a workbook. Inflating takes as long as a bomb within its bound; the other requests do not
/// wait for it.
pub(super) async fn opened<T: Send + 'static>(
    bytes: impl AsRef<[u8]> + Send + 'static,
    open: fn(&[u8]) -> Result<T, NotOpened>,
) -> Result<T, Refusal> {
    let opened = web::block(move || open(bytes.as_ref())).await;
    let opened = opened.unwrap_or(Err(NotOpened::NoWorkbook));
    opened.map_err(|why| unreadable(&why.message()))
}

/// The refusal of a file that cannot be read.
pub(super) fn unreadable(why: &Text) -> Refusal {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Refusal::new(status, Code::BadRequest, &why.nl, &why.en)
}

/// The table of a file, by its content type; `open` makes one of a workbook.
pub(super) async fn table_of(
    request: &HttpRequest,
    payload: web::Payload,
    open: fn(&[u8]) -> Result<String, NotOpened>,
) -> Result<String, Refusal> {
    let is_workbook = match content_type(request).as_str() {
        "text/csv" => false,
        WORKBOOK => true,
        _ => {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::BadRequest,
                &format!("Stuur `Content-Type: text/csv` of `{WORKBOOK}`."),
                &format!("Send `Content-Type: text/csv` or `{WORKBOOK}`."),
            ));
        }
    };
    let bytes = body::read(request, payload, LARGEST).await?;
    read_table(bytes, is_workbook, open).await
}

/// The table of a workbook, of which `open` makes one, or of a file of CSV.
pub(super) async fn read_table(
    bytes: impl AsRef<[u8]> + Send + 'static,
    is_workbook: bool,
    open: fn(&[u8]) -> Result<String, NotOpened>,
) -> Result<String, Refusal> {
    if !is_workbook {
        return text_of(bytes.as_ref());
    }
    opened(bytes, open).await
}

/// The text of a CSV file, which must be UTF-8: another encoding would have to be guessed.
fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                Code::BadRequest,
                &format!(
                    "Dit bestand is geen UTF-8; regel {line} heeft tekens van een andere codering. \
                     Sla het op als CSV UTF-8 of als .xlsx."
                ),
                &format!(
                    "This file is no UTF-8; line {line} has signs of another encoding. Save it as \
                     CSV UTF-8 or as .xlsx."
                ),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_takes_one_parameter() {
        assert_eq!(is_set("", "next"), Ok(false));
        assert_eq!(is_set("next=true", "next"), Ok(true));
        assert_eq!(is_set("dryRun=false", "dryRun"), Ok(false));
        for wrong in ["next=ja", "dryRun=true", "next=true&next=true"] {
            assert!(is_set(wrong, "next").is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_text_of_another_encoding_is_refused_with_its_line() {
        assert_eq!(text_of("é".as_bytes()).unwrap(), "é");
        let refused = text_of(b"criterion,answer\nSV-01,co\xf6rdinatie\n").unwrap_err();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let message = refused.errors("r").remove(0)["message"].clone();
        assert!(message.as_str().unwrap().contains("line 2"), "{message}");
    }
}

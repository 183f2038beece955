//! Which document a request means, and whether its caller may ask it.
//!
//! A text is made ready once: the next request that brings it, or names its hash by the protocol of
//! automatic persisted queries, pays neither parser nor validator. Where the public may ask trusted
//! documents only, a hash of another document is not supported, so that a client stops trying.

use std::sync::Arc;

use actix_web::http::StatusCode;
use documents::{Document, DocumentHash};

use super::{
    App, gate,
    graphql_request::{Source, not_found},
    refusal::Refusal,
};
use domain::actor::Actor;
use graphql::error::Code;

/// The document that a request means.
pub(super) fn find_document(
    source: &Source,
    app: &App,
    actor: &Actor,
) -> Result<Arc<Document>, Refusal> {
    let is_bound = app.limits.public_trusted_only && actor.pseudonym.is_none();
    match source {
        Source::Trusted(hash) => app.trusted.find(hash).ok_or_else(not_found),
        Source::Text(text) => {
            let hash = DocumentHash::of(text);
            match app.trusted.find(&hash) {
                Some(document) => Ok(document),
                None if is_bound => Err(only_trusted()),
                None => prepare(app, &hash, text),
            }
        }
        Source::Persisted { hash, text } => match (app.trusted.find(hash), text) {
            (Some(document), None) => Ok(document),
            (None, _) if is_bound => Err(not_supported()),
            (None, None) => app.prepared.find(hash).ok_or_else(not_found),
            (_, Some(text)) if DocumentHash::of(text) != *hash => Err(Refusal::malformed(
                "`sha256Hash` is niet de hash van `query`.",
                "`sha256Hash` is not the hash of `query`.",
            )),
            (_, Some(text)) => prepare(app, hash, text),
        },
    }
}

/// A document of our own pages, which is trusted whatever the public may send.
pub(super) fn own_document(text: &str, app: &App) -> Result<Arc<Document>, Refusal> {
    prepare(app, &DocumentHash::of(text), text)
}

/// A document from its text, behind the gate; or as it was made ready before.
fn prepare(app: &App, hash: &DocumentHash, text: &str) -> Result<Arc<Document>, Refusal> {
    if let Some(document) = app.prepared.find(hash) {
        return Ok(document);
    }
    gate::inspect(text, &gate::Limits::default())?;
    let document = Arc::new(Document::prepare(&app.contract, text)?);
    app.prepared.keep(document.clone());
    Ok(document)
}

fn only_trusted() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        Code::Forbidden,
        "Zonder token kunt u hier alleen de vaste vragen stellen, met `documentId`.",
        "Without a token you may ask trusted documents only, by `documentId`.",
    )
}

/// The English sentence is the one that clients of persisted queries look for.
fn not_supported() -> Refusal {
    Refusal {
        is_of_document: true,
        ..Refusal::new(
            StatusCode::BAD_REQUEST,
            Code::PersistedQueryNotSupported,
            "Zonder token worden hier alleen vaste vragen beantwoord, met `documentId`.",
            "PersistedQueryNotSupported",
        )
    }
}

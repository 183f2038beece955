//! `registerSourceDocument`: whoever records something names where it stands, so the document comes
//! first.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    dates::nl_date,
    mistake::{Mistake, key_mistake, text_mistakes},
    policy,
    sources::{codes::SourceDocumentKind, rules::NOT_PRINTED},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{SourceDocumentError, SourceDocumentErrorCode},
    repo::{self, NewDocument},
    schema::SourceDocument,
};

/// Characters of a title at most.
const LONGEST_TITLE: usize = 500;
/// Characters of a reference at most.
const LONGEST_REFERENCE: usize = 200;

/// A source document to register; it is never changed after that. NL: te registreren brondocument.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterSourceDocumentInput {
    /// The key by which facts will name it, 2 to 80 lower-case letters, digits and hyphens. NL:
    /// sleutel.
    key: String,
    /// The kind. NL: soort.
    kind: Coded<SourceDocumentKind>,
    /// The title in Dutch, at most 500 characters. NL: titel.
    title_nl: String,
    /// The title in English, at most 500 characters; without it the Dutch one stands for both. NL:
    /// titel in het Engels.
    title_en: Option<String>,
    /// The day that the document prints, today or earlier; without it none is printed. From
    /// 1950-01-01 to 2099-12-31. NL: datum.
    dated_on: Option<Date>,
    /// The official reference or the address, at most 200 characters. NL: kenmerk.
    reference: Option<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a source document. NL: resultaat.
    RegisterSourceDocumentPayload {
        /// The document; null when it was not registered. NL: brondocument.
        document: SourceDocument,
        /// What to repair; empty when it was registered. NL: fouten.
        errors: SourceDocumentError,
    }
}

type Code = SourceDocumentErrorCode;

/// Registers a source document; gives its key.
pub(super) async fn register(
    request: &RequestContext,
    input: &RegisterSourceDocumentInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("registerSourceDocument", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_register_source).await?;
    let mut mistakes: Vec<Mistake<Code>> = Vec::new();
    mistakes.extend(key_mistake("key", &input.key, Code::InvalidKey));
    if repo::document_exists(change.session(), &input.key).await? {
        mistakes.push(Mistake::at(
            Code::AlreadyExists,
            &["key"],
            "Dit brondocument is al geregistreerd.",
            "This source document is registered already.",
        ));
    }
    for (field, text, longest) in [
        ("titleNl", Some(&input.title_nl), LONGEST_TITLE),
        ("titleEn", input.title_en.as_ref(), LONGEST_TITLE),
        ("reference", input.reference.as_ref(), LONGEST_REFERENCE),
    ] {
        let text = text.map(String::as_str);
        mistakes.extend(text_mistakes(&[field], text, longest, Code::TextLength));
    }
    if input
        .dated_on
        .is_some_and(|day| day > change.session().today())
    {
        mistakes.push(Mistake::at(
            Code::DateInFuture,
            &["datedOn"],
            "De datum van dit document ligt in de toekomst.",
            "This document is dated in the future.",
        ));
    }
    stop_at(mistakes)?;
    let new = NewDocument {
        key: input.key.clone(),
        kind: input.kind.code(),
        title_nl: input.title_nl.clone(),
        title_en: input.title_en.as_ref().unwrap_or(&input.title_nl).clone(),
        dated_on: input.dated_on.map(NaiveDate::from),
        date_text: input
            .dated_on
            .map_or_else(|| NOT_PRINTED.to_owned(), |day| nl_date(day.0)),
        reference: input.reference.clone(),
    };
    repo::append_document(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, &input.key).await?)
}

//! Errors outside GraphQL, as problem details (RFC 9457): a code, a sentence, nothing of the
//! inside.

use std::future::{Ready, ready};

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use serde_json::{Value, json};

use database::DbError;
use domain::error::chain;

/// An answer with problem details.
pub(super) fn problem(status: StatusCode, code: &str, detail: &str) -> HttpResponse {
    answer(status, &details(status, code, detail))
}

/// Why something is refused.
pub(super) struct Reason<'a> {
    /// The code of the answer.
    pub(super) code: &'a str,
    /// The code of the rule that refuses.
    pub(super) rule: &'a str,
    /// The rule in Dutch.
    pub(super) nl: &'a str,
    /// The rule in English.
    pub(super) en: &'a str,
}

/// Goes with an answer, for the counts: the code of the rule that refused.
#[derive(Debug, Clone)]
pub(super) struct RefusedBy(pub(super) String);

/// An answer that also tells the rule that refused.
pub(super) fn refusal(status: StatusCode, reason: &Reason<'_>) -> HttpResponse {
    let mut details = details(status, reason.code, reason.en);
    details["detailNl"] = reason.nl.into();
    details["rule"] = reason.rule.into();
    let mut response = answer(status, &details);
    let refused_by = RefusedBy(reason.rule.to_owned());
    response.extensions_mut().insert(refused_by);
    response
}

fn details(status: StatusCode, code: &str, detail: &str) -> Value {
    json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "code": code,
        "detail": detail,
    })
}

fn answer(status: StatusCode, details: &Value) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/problem+json")
        .body(details.to_string())
}

/// There is nothing at this address.
pub(super) fn nothing_here() -> HttpResponse {
    problem(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "There is nothing at this address. Start at /.",
    )
}

/// The address does not know this method.
pub(super) fn method_not_allowed(allowed: &'static str) -> Ready<HttpResponse> {
    let mut response = problem(
        StatusCode::METHOD_NOT_ALLOWED,
        "BAD_REQUEST",
        "This address does not know that method.",
    );
    response
        .headers_mut()
        .insert(header::ALLOW, header::HeaderValue::from_static(allowed));
    ready(response)
}

/// Our failures, told as GraphQL tells them; the chain of causes goes to the log.
pub(super) fn failed(error: &DbError) -> HttpResponse {
    if error.is_unavailable() || error.is_timeout() {
        tracing::warn!(error = %chain(error), "the data could not be read");
        let mut response = problem(
            StatusCode::SERVICE_UNAVAILABLE,
            "UNAVAILABLE",
            "The data cannot be reached for a moment. Please try again.",
        );
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        return response;
    }
    if error.is_unstorable() {
        return problem(
            StatusCode::BAD_REQUEST,
            "BAD_REQUEST",
            "A value is out of range or holds characters that cannot be compared.",
        );
    }
    tracing::error!(error = %chain(error), "the data could not be read");
    problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "INTERNAL",
        "Something went wrong on our side.",
    )
}

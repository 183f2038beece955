//! Feeds: flat tables for BI tools, under the same scope as everything else.
//!
//! A scoped table answers 401 to the public: never a silent subset.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{App, door, problem::problem, request_log::RequestLog};
use crate::{
    bi::verdict_feed,
    db::{AskedMoment, DbError},
    graphql::error::chain,
};

/// `GET /v1/feeds/fact_verdict.csv`: a row per municipality, reporting period and basis.
pub(super) async fn fact_verdict(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let actor = match door::enter(&request, &app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(&request).borrow_mut().asked_by(&actor);
    let read: Result<_, DbError> = async {
        let session = app.db.read(&actor, AskedMoment::Head).await?;
        let csv = verdict_feed::csv(&session).await?;
        let ledger = session.moment().ledger;
        session.close().await?;
        Ok((csv, ledger))
    }
    .await;
    match read {
        Ok((Some(csv), ledger)) => HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8; header=present")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"fact_verdict.csv\"",
            ))
            .insert_header(("stm-ledger", ledger.to_string()))
            .body(csv),
        Ok((None, _)) => {
            let mut response = problem(
                StatusCode::UNAUTHORIZED,
                "UNAUTHENTICATED",
                "This table holds verdicts that are not published. Sign in as a municipality, a region, VNG or the ministry.",
            );
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                header::HeaderValue::from_static("Bearer"),
            );
            response
        }
        Err(error) => failed(&error),
    }
}

/// Our failures, told as GraphQL tells them.
fn failed(error: &DbError) -> HttpResponse {
    if error.is_unavailable() || error.is_timeout() {
        tracing::warn!(error = %chain(error), "a feed could not be read");
        return problem(
            StatusCode::SERVICE_UNAVAILABLE,
            "UNAVAILABLE",
            "The data cannot be reached for a moment. Please try again.",
        );
    }
    tracing::error!(error = %chain(error), "a feed failed");
    problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "INTERNAL",
        "Something went wrong on our side.",
    )
}

//! Health: alive is "the process answers", ready is "a question can be answered".

use actix_web::{HttpResponse, http::StatusCode, web};
use serde_json::json;

use super::{App, problem::problem};
use crate::{auth::Actor, db::AskedMoment, graphql::error::chain};

/// `GET /health/live`.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

/// `GET /health/ready`: opens a transaction as any question would, and tells the ledger's head.
pub(super) async fn ready(app: web::Data<App>) -> HttpResponse {
    match app.db.read(&Actor::public(), AskedMoment::Head).await {
        Ok(session) => {
            let ledger = session.moment().head;
            if let Err(error) = session.close().await {
                tracing::debug!(error = %chain(&error), "a read could not be closed");
            }
            HttpResponse::Ok().json(json!({ "status": "ready", "ledger": ledger }))
        }
        Err(error) => {
            tracing::warn!(error = %chain(&error), "not ready");
            problem(
                StatusCode::SERVICE_UNAVAILABLE,
                "UNAVAILABLE",
                "The data cannot be reached for a moment.",
            )
        }
    }
}

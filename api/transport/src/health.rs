//! Health: alive is "the process answers", ready is "a question can be answered".

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde_json::json;

use super::{App, problem::problem};
use database::RequestedMoment;
use domain::{actor::Actor, error::chain};

/// `GET /health/live`.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "live" }))
}

/// `GET /health/ready`: opens a transaction as any question would, and tells the ledger's head, and
/// by how many seconds it lies in the future if it does; not while the service is stopping, nor
/// while its clock and that of the database differ, nor just after the disk of the database was
/// found full. It asks the primary: a replica that is away or behind keeps nobody from an answer.
pub(super) async fn ready(app: web::Data<App>) -> HttpResponse {
    if app.drain.is_on() {
        return unready("The service is stopping.");
    }
    if app.db.is_out_of_room() {
        return unready("The database has no room to write in.");
    }
    let primary = app.db.on_primary();
    match primary.read(&Actor::public(), RequestedMoment::HEAD).await {
        Ok(session) => {
            let (ledger, clocks) = (session.moment().head, session.clocks());
            if let Err(error) = session.close().await {
                tracing::debug!(error = %chain(&error), "a read could not be closed");
            }
            if !clocks.agree() {
                return unready(&format!(
                    "The clock of this instance is {} ms ahead of that of the database.",
                    clocks.ahead_ms()
                ));
            }
            let mut state = json!({ "status": "ready", "ledger": ledger });
            if clocks.is_head_ahead() {
                state["ledgerAheadMs"] = clocks.head_ahead_ms().into();
            }
            HttpResponse::Ok().json(state)
        }
        Err(error) => {
            tracing::warn!(error = %chain(&error), "not ready");
            unready("The data cannot be reached for a moment.")
        }
    }
}

fn unready(why: &str) -> HttpResponse {
    let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", why);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
    response
}

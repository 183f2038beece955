//! The answer sheet: the criteria of a period with what the draft says, as a table to fill in and
//! to send back with `importAnswerSheet`.
//!
//! To whoever may not fill in this draft there is no such sheet, whether there is a draft or not.
//! Who did not sign in is invited to.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{
    App, admission,
    problem::{failed, problem},
    request_log::RequestLog,
};
use compliance::assessment::answer_sheet::{self, Sheet};
use database::{DatabaseKind, DbError, RequestedMoment};
use domain::actor::Role;

/// What there is, and of which kind the database is.
struct Found {
    sheet: Sheet,
    database: DatabaseKind,
}

/// `GET /v1/assessments/{municipality}/{period}/answer-sheet.csv`: a row per criterion.
pub(super) async fn answer_sheet(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    app: web::Data<App>,
) -> HttpResponse {
    let actor = match admission::admit(&request, &app).await {
        Ok(entered) => entered.bearer.actor,
        Err(refused) => return refused.response(),
    };
    RequestLog::of(&request).borrow_mut().set_actor(&actor);
    let (municipality, period) = path.into_inner();
    let read: Result<_, DbError> = async {
        let address = admission::address(&request, app.limits.proxies);
        let session = app
            .db
            .at(address)
            .read(&actor, RequestedMoment::HEAD)
            .await?;
        let sheet = answer_sheet::of(&session, &municipality, &period).await?;
        let database = session.kind();
        session.close().await?;
        Ok(Found { sheet, database })
    }
    .await;
    let found = match read {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    match found.sheet {
        Sheet::Table(csv) => {
            let demo = found.database.prefix();
            let name =
                format!("attachment; filename=\"{demo}answers-{municipality}-{period}.csv\"");
            HttpResponse::Ok()
                .content_type("text/csv; charset=utf-8; header=present")
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .insert_header((header::CONTENT_DISPOSITION, name))
                .body(csv)
        }
        Sheet::NotForThisRole if actor.role == Role::Public => {
            let mut response = problem(
                StatusCode::UNAUTHORIZED,
                "UNAUTHENTICATED",
                "This is a draft. Sign in as the municipality, or as the region that reports for \
                 it.",
            );
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                header::HeaderValue::from_static("Bearer"),
            );
            response
        }
        Sheet::NotFound | Sheet::NotForThisRole => problem(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "There is no such answer sheet, or none that you may see.",
        ),
    }
}

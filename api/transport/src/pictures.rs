//! Pictures for pages of others, at `/v1/pictures`: each is a file that stands alone, made and kept as pages are, in Dutch
//! or with `?language=en` in English.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use website::{Language, Notice};

use super::{App, problem, site};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/v1/pictures/dashboard.svg").route(web::get().to(picture)))
        .service(web::resource("/v1/pictures/map.svg").route(web::get().to(picture)))
        .service(
            web::resource("/v1/pictures/lines/{plan}/{number}.svg").route(web::get().to(picture)),
        );
}

/// `GET` of a picture.
async fn picture(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let language = match request.query_string() {
        "" | "language=nl" => Language::Dutch,
        "language=en" => Language::English,
        _ => {
            return problem::problem(
                StatusCode::BAD_REQUEST,
                "BAD_REQUEST",
                "A picture takes one parameter: `language`, which is `nl` or `en`.",
            );
        }
    };
    let page = website::find_picture(request.path(), language);
    match site::served(&request, &app, page).await {
        Ok(response) => response,
        Err(Notice::NotFound) => problem::nothing_here(),
        Err(Notice::NothingToSearch | Notice::TooOften | Notice::Unavailable) => problem::problem(
            StatusCode::SERVICE_UNAVAILABLE,
            "UNAVAILABLE",
            "The data cannot be reached for a moment. Please try again.",
        ),
    }
}

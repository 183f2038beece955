//! Pictures for pages of others, at `/v1/pictures`: each is a file that stands alone, made and kept as pages are, in Dutch
//! or with `language=en` in English; and the table behind each, as CSV and as a workbook of Excel. With `publication` it is
//! the one that a publication froze, which stays as it is.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use website::{Language, Notice, Page};

use super::{App, problem, site};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/v1/pictures/dashboard.{form}").route(web::get().to(picture)))
        .service(web::resource("/v1/pictures/map.{form}").route(web::get().to(picture)))
        .service(web::resource("/v1/pictures/map/{region}.{form}").route(web::get().to(picture)))
        .service(
            web::resource("/v1/pictures/lines/{plan}/{number}.{form}")
                .route(web::get().to(picture)),
        );
}

/// `GET` of a picture, or of the table behind it.
async fn picture(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let Some(wanted) = Wanted::of(request.query_string()) else {
        return problem::problem(
            StatusCode::BAD_REQUEST,
            "BAD_REQUEST",
            "A picture takes two parameters: `language`, which is `nl` or `en`, and `publication`, which is the key of one.",
        );
    };
    answer(&request, &app, wanted.page(request.path())).await
}

/// The answer to a program that wants a file that is made as pages are.
pub(super) async fn answer(request: &HttpRequest, app: &App, page: Option<Page>) -> HttpResponse {
    as_file(site::served(request, app, page).await)
}

/// A file that was made as pages are, or the answer to a program that there is none.
pub(super) fn as_file(made: Result<HttpResponse, Notice>) -> HttpResponse {
    match made {
        Ok(response) => response,
        Err(Notice::NotFound) => problem::nothing_here(),
        Err(_) => unavailable(),
    }
}

/// The answer while nothing can be read.
pub(super) fn unavailable() -> HttpResponse {
    problem::problem(
        StatusCode::SERVICE_UNAVAILABLE,
        "UNAVAILABLE",
        "The data cannot be reached for a moment. Please try again.",
    )
}

/// What the parameters of an address say.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    language: Language,
    publication: Option<String>,
}

impl Wanted {
    /// None where a parameter is unknown, or has a value that it cannot have.
    fn of(query: &str) -> Option<Self> {
        let parameters = web::Query::<Vec<(String, String)>>::from_query(query).ok()?;
        let mut wanted = Self {
            language: Language::Dutch,
            publication: None,
        };
        for (name, value) in parameters.into_inner() {
            match (name.as_str(), value.as_str()) {
                ("language", "nl") => wanted.language = Language::Dutch,
                ("language", "en") => wanted.language = Language::English,
                ("publication", key) if !key.is_empty() => {
                    wanted.publication = Some(key.to_owned())
                }
                _ => return None,
            }
        }
        Some(wanted)
    }

    fn page(&self, path: &str) -> Option<Page> {
        website::find_picture(path, self.language, self.publication.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_a_language_and_a_publication() {
        let wanted = |language, publication: Option<&str>| {
            Some(Wanted {
                language,
                publication: publication.map(str::to_owned),
            })
        };
        assert_eq!(Wanted::of(""), wanted(Language::Dutch, None));
        assert_eq!(Wanted::of("language=en"), wanted(Language::English, None));
        assert_eq!(
            Wanted::of("publication=monitoring-2025-1-1&language=nl"),
            wanted(Language::Dutch, Some("monitoring-2025-1-1"))
        );
        for wrong in ["language=de", "publication=", "day=2026-01-01", "language"] {
            assert_eq!(Wanted::of(wrong), None, "{wrong}");
        }
    }
}

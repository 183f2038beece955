//! Pages for people at `/`, `/plannen`, `/doelen`, `/effecten`, `/begroting`, `/partners`, `/regios`, `/gemeenten`,
//! `/kader`, `/publicaties`, `/kwaliteit`, `/bronnen`, `/zoeken`, `/ontvangstbewijs`, `/over` and `/toegankelijkheid`, and behind `/en` in
//! English; and what search engines look for beside them.
//!
//! Whoever asks is the public: a token or a cookie that comes along means nothing here. How a page is made of the answer
//! to its document, says `made_page`.

use std::collections::HashMap;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use website::{Article, Colophon, Language, Notice, Page, Receipt};

use super::{
    App, address, admission, made_page, receipt_page,
    redirect::redirect,
    version::{self, Version},
};

/// What a page may load: its own stylesheet, and nothing that stands in it.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri \
                      'none'; form-action 'self'";

/// Where pages stand, in Dutch; behind `/en` in English.
const PLACES: [&str; 19] = [
    "/plannen/{plan}/overzicht",
    "/plannen/{plan}/{kind}/{number}",
    "/doelen",
    "/effecten",
    "/begroting",
    "/partners",
    "/partners/{key}",
    "/bronnen",
    "/bronnen/{key}",
    "/over",
    "/toegankelijkheid",
    "/kader",
    "/kwaliteit",
    "/regios",
    "/regios/{code}",
    "/gemeenten/{code}",
    "/publicaties",
    "/publicaties/{key}",
    "/publicaties/{key}/overzicht",
];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    let mut serve = |place: &str| {
        config.service(
            web::resource(place)
                .route(web::get().to(page))
                .default_service(web::to(|| super::problem::method_not_allowed("GET, HEAD"))),
        );
    };
    serve("/");
    serve("/en");
    for place in PLACES {
        serve(place);
        serve(&format!("/en{place}"));
    }
    config
        .service(web::resource("/acties/{number}").route(web::get().to(action)))
        .service(web::resource("/en/acties/{number}").route(web::get().to(action)))
        .service(web::resource("/zoeken").route(web::get().to(search)))
        .service(web::resource("/en/zoeken").route(web::get().to(search)))
        .service(
            web::resource("/ontvangstbewijs")
                .route(web::get().to(receipt_page::form))
                .route(web::post().to(receipt_page::check)),
        )
        .service(
            web::resource("/en/ontvangstbewijs")
                .route(web::get().to(receipt_page::form))
                .route(web::post().to(receipt_page::check)),
        )
        .service(web::resource("/assets/{name}").route(web::get().to(asset)))
        .service(web::resource("/sitemap.xml").route(web::get().to(page)))
        .service(web::resource("/robots.txt").route(web::get().to(robots)));
}

/// `GET` of a page, or of the list of all pages.
pub(super) async fn page(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    if let Some(canonical) = website::canonical(request.path()) {
        return redirect(&request, &canonical);
    }
    let page = website::find(request.path());
    shown(&request, &app, page.map(|page| going_on(&request, page))).await
}

/// `GET` of the page of a search, whose text is `q`.
async fn search(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let text = parameter(&request, "q").unwrap_or_default();
    let page = website::find_search(request.path(), &text);
    shown(&request, &app, page.map(|page| going_on(&request, page))).await
}

/// A page from the row on that its address names, where its list has pages.
fn going_on(request: &HttpRequest, page: Page) -> Page {
    match parameter(request, website::AFTER) {
        Some(cursor) => page.after(&cursor),
        None => page,
    }
}

fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let query = web::Query::<HashMap<String, String>>::from_query(request.query_string());
    query.ok()?.into_inner().remove(name)
}

/// A page, or the one that says why there is none.
async fn shown(request: &HttpRequest, app: &App, page: Option<Page>) -> HttpResponse {
    match served(request, app, page).await {
        Ok(response) => response,
        Err(failed) => notice(app, request, failed).await,
    }
}

/// The answer to whoever wants a page, unless there is none or its client asks too often.
pub(super) async fn served(
    request: &HttpRequest,
    app: &App,
    page: Option<Page>,
) -> Result<HttpResponse, Notice> {
    if let Err(refused) = admission::admit_address(request, app) {
        return Ok(too_often(request, app, refused).await);
    }
    made(request, app, page).await
}

/// The same for whoever was let in already.
pub(super) async fn made(
    request: &HttpRequest,
    app: &App,
    page: Option<Page>,
) -> Result<HttpResponse, Notice> {
    let page = page.ok_or(Notice::NotFound)?;
    made_page::answer(request, app, &page).await
}

/// A page of the documentation: the same for everybody, so it is known by a hash of its text.
pub(super) async fn article(
    request: &HttpRequest,
    app: &App,
    article: &Article<'_>,
) -> HttpResponse {
    let is_demo = app.db.is_demo().await;
    let imprint = Imprint::of(request, app);
    let html = article.lay_out(imprint.colophon(app, *is_demo.as_ref().unwrap_or(&false)));
    let mut response = as_page(StatusCode::OK, "text/html; charset=utf-8", None);
    // Without its database nothing is known of it: the page is there all the same, and nobody keeps it.
    if is_demo.is_err() {
        return response.body(html);
    }
    let etag = version::of_text(&html);
    let is_known = version::is_known(request, &etag);
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    if is_known {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.body(html)
}

/// A page of that kind with something that nobody is to keep.
pub(super) async fn unkept(
    request: &HttpRequest,
    app: &App,
    article: &Article<'_>,
) -> HttpResponse {
    let is_demo = app.db.is_demo().await.unwrap_or_default();
    let imprint = Imprint::of(request, app);
    let html = article.lay_out(imprint.colophon(app, is_demo));
    as_page(StatusCode::OK, "text/html; charset=utf-8", None).body(html)
}

/// `GET /assets/site-….css`, and the licences of what it is made of.
pub(super) async fn asset(name: web::Path<String>) -> HttpResponse {
    let file = format!("/assets/{name}");
    let lasting = |content_type: &'static str, body: &'static [u8]| {
        HttpResponse::Ok()
            .content_type(content_type)
            .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .body(Bytes::from_static(body))
    };
    if file == *website::STYLE_ADDRESS {
        return lasting("text/css; charset=utf-8", website::STYLE.as_bytes());
    }
    if file == *website::SHARE_ADDRESS {
        return lasting("image/png", website::SHARE);
    }
    if file == "/assets/LICENSES.txt" {
        return HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
            .body(website::STYLE_LICENCES);
    }
    super::problem::nothing_here()
}

/// `GET /acties/{number}`: the action in the plan that is in force, in the language of the address.
pub(super) async fn action(request: HttpRequest, number: web::Path<u16>) -> HttpResponse {
    let language = Language::of_path(request.path());
    HttpResponse::Found()
        .insert_header((
            header::LOCATION,
            website::address_of_action(language, *number),
        ))
        .finish()
}

/// `GET /robots.txt`: pages may be found by search engines, answers for programs need not be; of a demo nothing.
pub(super) async fn robots(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let is_demo = app.db.is_demo().await.unwrap_or_default();
    let rules = if is_demo {
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        let service = address::of(&request, &app);
        format!(
            "User-agent: *\nAllow: /v1/pictures/\nDisallow: /v1/\n\nSitemap: {service}/sitemap.xml\n"
        )
    };
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .body(rules)
}

/// Whether whoever asks reads pages: it takes HTML by that name.
pub(super) fn takes_pages(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(header::ACCEPT);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    accepted.is_some_and(|value| value.contains("text/html"))
}

/// The page that says that there is nothing at an address.
pub(super) async fn nothing_here(app: &App, request: &HttpRequest) -> HttpResponse {
    notice(app, request, Notice::NotFound).await
}

/// What a page tells of the service: where it stands, and under which licence its data are.
#[derive(Debug)]
pub(super) struct Imprint {
    pub(super) address: String,
    licence: Option<String>,
}

impl Imprint {
    pub(super) fn of(request: &HttpRequest, app: &App) -> Self {
        Self {
            address: address::of(request, app),
            licence: app.publisher.licence_address(),
        }
    }

    pub(super) fn colophon<'a>(&'a self, app: &'a App, is_demo: bool) -> Colophon<'a> {
        Colophon {
            is_demo,
            day: None,
            address: &self.address,
            publisher: app.publisher.name.as_deref(),
            licence_code: &app.publisher.licence,
            licence: self.licence.as_deref(),
            accessibility: app.publisher.accessibility.as_deref(),
            privacy: app.publisher.privacy.as_deref(),
            email: app.publisher.email.as_deref(),
            telephone: app.publisher.telephone.as_deref(),
        }
    }
}

/// A page that says why there is none.
pub(super) async fn notice(app: &App, request: &HttpRequest, why: Notice) -> HttpResponse {
    let language = Language::of_path(request.path());
    let is_demo = app.db.is_known_demo();
    let imprint = Imprint::of(request, app);
    let html = website::notice(why, language, imprint.colophon(app, is_demo));
    let status = match why {
        Notice::NotFound => StatusCode::NOT_FOUND,
        Notice::NothingToSearch => StatusCode::BAD_REQUEST,
        Notice::TooOften => StatusCode::TOO_MANY_REQUESTS,
        Notice::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    let mut response = as_page(status, "text/html; charset=utf-8", None);
    if why == Notice::Unavailable {
        response.insert_header((header::RETRY_AFTER, "10"));
    }
    response.body(html)
}

/// The page on which a receipt is checked, with what is said of one.
pub(super) fn receipt(
    request: &HttpRequest,
    app: &App,
    status: StatusCode,
    receipt: Receipt<'_>,
) -> HttpResponse {
    let language = Language::of_path(request.path());
    let imprint = Imprint::of(request, app);
    let colophon = imprint.colophon(app, app.db.is_known_demo());
    let html = website::receipt(language, receipt, colophon);
    as_page(status, "text/html; charset=utf-8", None).body(html)
}

/// The refusal of an address that asks too often: a page for whoever reads pages, with all else that the refusal tells.
pub(super) async fn too_often(
    request: &HttpRequest,
    app: &App,
    refused: HttpResponse,
) -> HttpResponse {
    if !takes_pages(request) || request.path().starts_with("/v1/") {
        return refused;
    }
    let mut response = notice(app, request, Notice::TooOften).await;
    write_rate(&refused, &mut response);
    response
}

/// Tells on a page what another answer to the same tells of how often its caller may ask.
pub(super) fn write_rate(refused: &HttpResponse, page: &mut HttpResponse) {
    for name in ["ratelimit-policy", "ratelimit", "retry-after"] {
        if let Some(value) = refused.headers().get(name) {
            let name = header::HeaderName::from_static(name);
            page.headers_mut().insert(name, value.clone());
        }
    }
}

/// The head of a page: what it may load, and which version of it this is.
pub(super) fn as_page(
    status: StatusCode,
    content_type: &'static str,
    version: Option<&Version>,
) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .content_type(content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    if let Some(version) = version {
        for (name, value) in version.headers() {
            response.insert_header((name, value));
        }
    }
    response
}

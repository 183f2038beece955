//! `/docs`: what people read, in Dutch and in English.
//!
//! A page is either prose, kept as Markdown in `api/docs`, or made from the code's own sources: the
//! mandate from [`domain::policy::Rule`], the glossary and the codes of mistakes from the schema,
//! the changes from the changelog. What is made cannot say something else than the program does.
//! All pages are laid out once, at the first request; nothing in them comes from a caller.

mod codes;
mod examples;
mod glossary;
mod limits;
mod mandate;
mod page;
mod tables;

use std::{collections::BTreeMap, sync::LazyLock};

use actix_web::{HttpResponse, web};

use self::page::{Body, Language, Page};
use super::{
    App,
    pages::{asset, page},
    problem,
};

/// A page whose text is Markdown, once in each language.
macro_rules! text {
    ($nl:literal $title_nl:literal, $en:literal $title_en:literal) => {
        Page {
            names: ($nl, $en),
            titles: ($title_nl, $title_en),
            body: Body::Text(
                include_str!(concat!("../../../docs/nl/", $nl, ".md")),
                include_str!(concat!("../../../docs/en/", $en, ".md")),
            ),
        }
    };
}

/// A page that is made from the code's own sources.
macro_rules! made {
    ($nl:literal $title_nl:literal, $en:literal $title_en:literal, $make:path) => {
        Page {
            names: ($nl, $en),
            titles: ($title_nl, $title_en),
            body: Body::Made($make),
        }
    };
}

/// All pages, in the order of the menu. The address is `/docs/{name}` in Dutch and
/// `/docs/en/{name}` in English.
const PAGES: &[Page] = &[
    text!("begin" "Wegwijzer", "start" "Where to start"),
    text!("partner" "Voor een website of app", "frontend" "For a website or app"),
    text!("gemeente" "Voor gemeenten", "municipality" "For municipalities"),
    text!("regio" "Voor regio's", "region" "For regions"),
    text!("vng" "Voor VNG", "vng" "For VNG"),
    text!("ministerie" "Voor het ministerie", "ministry" "For the ministry"),
    text!("actiehouder" "Voor partners met een actie", "action-owner" "For partners with an action"),
    text!("analist" "Voor analisten", "analyst" "For analysts"),
    made!("tabellen" "Tabellen", "tables" "Tables", tables::page),
    text!("beheer" "Voor beheerders", "operator" "For operators"),
    text!("aansluiten" "Aansluiten en tokens", "connecting" "Connecting and tokens"),
    made!("voorbeelden" "Voorbeelden", "examples" "Examples", examples::page),
    made!("mandaat" "Mandaat", "mandate" "Mandate", mandate::page),
    made!("begrippen" "Begrippen", "glossary" "Glossary", glossary::page),
    made!("foutcodes" "Foutcodes", "errors" "Error codes", codes::page),
    made!("grenzen" "Grenzen", "limits" "Limits", limits::page),
    text!("afspraken" "Afspraken voor API's", "design-rules" "API design rules"),
    made!("wijzigingen" "Wijzigingen", "changes" "Changes", page::changes),
];

/// Every page by its address.
static LAID_OUT: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut pages = BTreeMap::new();
    for language in [Language::Dutch, Language::English] {
        for page in PAGES {
            pages.insert(
                page.address(language),
                self::page::lay_out(page, language, PAGES),
            );
        }
    }
    pages
});

async fn serve(app: &App, address: &str) -> HttpResponse {
    match LAID_OUT.get(address) {
        Some(laid_out) => page(app, laid_out).await,
        None => problem::nothing_here(),
    }
}

/// `GET /docs` and `GET /docs/en`: the first page.
pub(super) async fn first(request: actix_web::HttpRequest, app: web::Data<App>) -> HttpResponse {
    let language = match request.path() {
        "/docs/en" => Language::English,
        _ => Language::Dutch,
    };
    serve(&app, &PAGES[0].address(language)).await
}

/// `GET /docs/{name}`: a page in Dutch.
pub(super) async fn dutch(name: web::Path<String>, app: web::Data<App>) -> HttpResponse {
    serve(&app, &format!("/docs/{name}")).await
}

/// `GET /docs/en/{name}`: a page in English.
pub(super) async fn english(name: web::Path<String>, app: web::Data<App>) -> HttpResponse {
    serve(&app, &format!("/docs/en/{name}")).await
}

/// `GET /docs/docs.css`: how pages look.
pub(super) async fn style() -> HttpResponse {
    asset(
        "text/css; charset=utf-8",
        include_str!("../../../assets/docs.css"),
    )
}

/// `GET /docs/examples.json`: the example operations, for the explorer.
pub(super) async fn examples_json() -> HttpResponse {
    asset("application/json", &examples::JSON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_within_the_pages_leads_somewhere() {
        let elsewhere = [
            "/",
            "/explorer",
            "/schema.graphql",
            "/openapi.json",
            "/v1/openapi.json",
            "/docs",
            "/docs/en",
            "/docs/docs.css",
            "/health/ready",
            "/health/live",
            "/metrics",
            "/v1/feeds/",
            "/v1/odata",
            "/v1/odata/public",
            "/.well-known/security.txt",
        ];
        let mut broken = Vec::new();
        for (address, page) in LAID_OUT.iter() {
            for link in page.split("href=\"").skip(1) {
                let link = link.split('"').next().unwrap_or_default();
                if link == "data:," {
                    continue;
                }
                let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
                let to = if to.is_empty() { address } else { to };
                let target = LAID_OUT.get(to);
                let found = target.is_some_and(|target| {
                    anchor.is_empty() || target.contains(&format!("id=\"{anchor}\""))
                });
                if !found && !elsewhere.contains(&to) && !to.starts_with("https://") {
                    broken.push(format!("{address} → {link}"));
                }
            }
        }
        assert_eq!(broken, [""; 0]);
    }

    #[test]
    fn both_languages_have_the_same_pages() {
        for page in PAGES {
            for language in [Language::Dutch, Language::English] {
                let laid_out = &LAID_OUT[&page.address(language)];
                assert!(laid_out.contains("<h1"), "{}", page.address(language));
                assert_eq!(
                    laid_out.matches("<h1").count(),
                    1,
                    "{}",
                    page.address(language)
                );
            }
        }
    }
}

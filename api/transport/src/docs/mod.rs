//! `/docs`: what people read, in Dutch and in English.
//!
//! A page is either prose, kept as Markdown in `api/docs`, or made from the code's own sources: the
//! mandate from [`domain::policy::Rule`], the glossary and the codes of mistakes from the schema,
//! the changes from the changelog. What is made cannot say something else than the program does.
//! All pages are laid out once, at the first request, and nothing in them comes from a caller; but
//! for what is looked for in the glossary.

mod codes;
mod examples;
mod glossary;
mod licences;
mod limits;
mod mandate;
mod page;
pub(crate) mod sandbox;
mod tables;

use std::{collections::BTreeMap, sync::LazyLock};

use actix_web::{HttpRequest, HttpResponse, web};
use website::Article;

use self::{
    glossary::Wanted,
    page::{Body, Language, Page},
};
use super::{App, admission, pages::asset, problem, site};

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

/// The page of which a letter or a text shows a part.
const GLOSSARY: (&str, &str) = ("begrippen", "glossary");

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
    made!("licenties" "Licenties", "licences" "Licences", licences::page),
];

/// A page that is laid out.
struct LaidOut {
    page: &'static Page,
    language: Language,
    content: String,
}

/// Every page by its address.
static LAID_OUT: LazyLock<BTreeMap<String, LaidOut>> = LazyLock::new(|| {
    let mut pages = BTreeMap::new();
    for language in [Language::Dutch, Language::English] {
        for page in PAGES {
            let laid_out = LaidOut {
                page,
                language,
                content: self::page::lay_out(page, language),
            };
            pages.insert(page.address(language), laid_out);
        }
    }
    pages
});

/// Where each page is, and its title.
fn menu(language: Language) -> Vec<(String, &'static str)> {
    let entry = |page: &Page| (page.address(language), language.pick(page.titles));
    PAGES.iter().map(entry).collect()
}

async fn serve(request: &HttpRequest, app: &App, address: &str) -> HttpResponse {
    let Some(laid_out) = LAID_OUT.get(address) else {
        return if site::takes_pages(request) {
            site::nothing_here(app, request).await
        } else {
            problem::nothing_here()
        };
    };
    let (page, language) = (laid_out.page, laid_out.language);
    let is_glossary = page.names == GLOSSARY;
    let wanted = is_glossary.then(|| Wanted::of(request.query_string()));
    let wanted = wanted.flatten();
    // What is looked for is laid out for whoever asks, and not once for everybody.
    if wanted.is_some()
        && let Err(refused) = admission::admit_address(request, app)
    {
        return site::too_often(request, app, refused).await;
    }
    let found = wanted.map(|wanted| website::dressed(&glossary::found(language, &wanted)));
    let title = language.pick(page.titles);
    let article = Article {
        language: language.of_pages(),
        dutch: &page.address(Language::Dutch),
        english: &page.address(Language::English),
        title,
        description: title,
        menu: &menu(language),
        content: found.as_deref().unwrap_or(&laid_out.content),
    };
    site::article(request, app, &article).await
}

/// `GET /docs` and `GET /docs/en`: the first page.
pub(super) async fn first(request: HttpRequest, app: web::Data<App>) -> HttpResponse {
    let language = match request.path() {
        "/docs/en" => Language::English,
        _ => Language::Dutch,
    };
    serve(&request, &app, &PAGES[0].address(language)).await
}

/// `GET /docs/{name}`: a page in Dutch.
pub(super) async fn dutch(
    request: HttpRequest,
    name: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    serve(&request, &app, &format!("/docs/{name}")).await
}

/// `GET /docs/en/{name}`: a page in English.
pub(super) async fn english(
    request: HttpRequest,
    name: web::Path<String>,
    app: web::Data<App>,
) -> HttpResponse {
    serve(&request, &app, &format!("/docs/en/{name}")).await
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
            "/werkplek",
            "/health/ready",
            "/health/live",
            "/metrics",
            "/v1/feeds/",
            "/v1/odata",
            "/v1/odata/public",
            "/.well-known/security.txt",
            "/sandbox",
            "/en/sandbox",
            "/licenses",
            "/catalog",
        ];
        let mut broken = Vec::new();
        for (address, page) in LAID_OUT.iter() {
            for link in page.content.split("href=\"").skip(1) {
                let link = link.split('"').next().unwrap_or_default();
                let (to, anchor) = link.split_once('#').unwrap_or((link, ""));
                let (to, _) = to.split_once('?').unwrap_or((to, ""));
                let to = if to.is_empty() { address } else { to };
                let target = LAID_OUT.get(to);
                let found = target.is_some_and(|target| {
                    anchor.is_empty() || target.content.contains(&format!("id=\"{anchor}\""))
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
                let address = page.address(language);
                let content = &LAID_OUT[&address].content;
                assert!(!content.is_empty(), "{address}");
                // The title above it is the only heading of the first level.
                assert!(!content.contains("<h1"), "{address}");
            }
        }
        assert!(PAGES.iter().any(|page| page.names == GLOSSARY));
    }

    #[test]
    fn the_cells_of_a_table_differ_from_its_heads() {
        for (address, page) in LAID_OUT.iter() {
            let content = &page.content;
            assert!(!content.contains("<th>"), "{address}");
            let tables = content.matches("<table").count();
            assert!(content.matches("<td").count() >= tables, "{address}");
            let heads = content.matches("<th ").count();
            assert_eq!(content.matches("scope=\"").count(), heads, "{address}");
        }
    }
}

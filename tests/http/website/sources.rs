//! The path of a figure to the line of its source, the search, and what a browser is shown where no page is.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroU32,
};

use acceptance::{
    http, http_builder, ministry, spawn_app, spawn_app_limited, spawn_app_published_by,
};
use domain::publication::publisher::Publisher;
use reqwest::{StatusCode, header, redirect::Policy};
use serde_json::json;
use transport::limits::Limits;

use super::{elements, fetched, header_of, links, text};

/// The fragment of lines, by the rule that the pages promise.
fn anchor(lines: &str) -> String {
    let plain = lines.replace(';', "_").to_lowercase();
    format!("regel-{}", plain.replace([' ', ',', '.'], "-"))
}

#[tokio::test]
async fn a_status_leads_to_the_lines_that_say_it() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ actionLines { actions { number explanation statusSource { lines document { key } } } } }";
    let data = public.ask(query).await.data();
    for prefix in ["", "/en"] {
        let path = format!("{prefix}/bronnen/monitoring-2025");
        let source = public.get(&path).await.body;
        let lines = data["actionLines"].as_array().unwrap().iter();
        let actions = lines.flat_map(|line| line["actions"].as_array().unwrap());
        let mut seen = 0;
        for action in actions.filter(|action| !action["statusSource"].is_null()) {
            let lines = action["statusSource"]["lines"].as_str().unwrap();
            assert_eq!(action["statusSource"]["document"]["key"], "monitoring-2025");
            let place = format!("{path}#{}", anchor(lines));
            let page = format!("{prefix}/plannen/2024/acties/{}", action["number"]);
            let html = public.get(&page).await.body;
            assert!(
                html.contains(&format!("href=\"{place}\"")),
                "{page} misses {place}"
            );
            let id = format!("id=\"{}\"", anchor(lines));
            let (_, quoted) = source.split_once(&id).unwrap();
            let quoted = quoted.split("</li>").next().unwrap();
            let explanation = text(action["explanation"].as_str().unwrap());
            assert!(text(quoted).contains(&explanation), "{lines}: {quoted}");
            seen += 1;
        }
        assert_eq!(seen, 43);
        // Every place has an address of its own.
        let ids = source.split(" id=\"").skip(1);
        let mut ids: Vec<&str> = ids.filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
    let query = "{ sourceDocuments(first: 100) { nodes { key title { nl } } } }";
    let data = public.ask(query).await.data();
    let list = public.get("/bronnen").await.body;
    for document in data["sourceDocuments"]["nodes"].as_array().unwrap() {
        let key = document["key"].as_str().unwrap();
        assert!(links(&list).contains(&format!("/bronnen/{key}")), "{key}");
        let page = public.get(&format!("/bronnen/{key}")).await;
        assert_eq!(page.status, 200, "{key}");
        let title = text(document["title"]["nl"].as_str().unwrap());
        assert_eq!(elements(&page.body, "h1"), [title]);
    }
    let missing = fetched(&app, "/bronnen/bestaat-niet", None).await;
    assert_eq!(missing.status(), 404);
}

#[tokio::test]
async fn every_reference_has_its_place() {
    let app = spawn_app();
    let public = app.public();
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut seen = 0;
    for path in [
        "/",
        "/plannen/2024/lijnen/4",
        "/plannen/2024/acties/1",
        "/plannen/2024/acties/32",
        "/plannen/2023/acties/20",
        "/doelen",
        "/effecten",
        "/begroting",
        "/partners",
        "/partners/comensha",
        "/regios/VR14",
        "/gemeenten/GM0402",
        "/kader",
        "/kwaliteit",
        "/en/begroting",
    ] {
        let html = public.get(path).await.body;
        let references = html.split("href=\"").skip(1);
        let references = references.filter_map(|rest| rest.split('"').next());
        for reference in references.filter(|one| one.contains("/bronnen/")) {
            let (source, place) = reference.split_once('#').unwrap();
            if !sources.contains_key(source) {
                let page = public.get(source).await;
                assert_eq!(page.status, 200, "{source}");
                sources.insert(source.to_owned(), page.body);
            }
            let id = format!("id=\"{place}\"");
            assert!(sources[source].contains(&id), "{path} leads to {reference}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[tokio::test]
async fn a_search_works_without_scripts_and_finds_what_the_api_finds() {
    let app = spawn_app();
    let public = app.public();
    for (prefix, member, found) in [("", "nl", "resultaten voor"), ("/en", "en", "results for")] {
        let query = "{ search(text: \"opvang\", first: 50) { totalCount nodes { kind key title { nl en } } } }";
        let data = public.ask(query).await.data();
        let html = public.get(&format!("{prefix}/zoeken?q=opvang")).await.body;
        let count = format!("{} {found} “opvang”.", data["search"]["totalCount"]);
        assert!(text(&html).contains(&count), "{count} in {html}");
        for hit in data["search"]["nodes"].as_array().unwrap() {
            let title = text(hit["title"][member].as_str().unwrap());
            assert!(text(&html).contains(&title), "{title}");
        }
        assert!(links(&html).contains(&format!("{prefix}/plannen/2024/acties/24")));
        // Once on the page, with its text; and the other language looks for the same.
        assert_eq!(html.matches("<form").count(), 1);
        assert!(html.contains("value=\"opvang\""), "{html}");
        let other = if prefix.is_empty() { "/en" } else { "" };
        assert!(html.contains(&format!("href=\"{other}/zoeken?q=opvang\"")));
        for path in ["/regios", "/zoeken"] {
            let html = public.get(&format!("{prefix}{path}")).await.body;
            let form = format!("method=\"get\" action=\"{prefix}/zoeken\"");
            assert_eq!(html.matches(&form).count(), 1, "{prefix}{path}");
        }
    }
    let none = public.get("/zoeken?q=xyzzyplugh").await;
    assert_eq!(none.status, 200);
    assert!(text(&none.body).contains("Niets gevonden voor “xyzzyplugh”."));
    // What is typed is no markup, and a text without a word is the mistake of whoever typed it.
    let markup = public.get("/zoeken?q=%3Cscript%3Eopvang").await;
    assert_eq!(markup.status, 200);
    assert!(!markup.body.contains("<script>opvang"), "{}", markup.body);
    for (path, title) in [
        ("/zoeken?q=%21%21", "Geen woord om op te zoeken"),
        ("/en/zoeken?q=de", "No word to look for"),
    ] {
        let answer = fetched(&app, path, None).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        let html = answer.text().await.unwrap();
        assert_eq!(elements(&html, "h1"), [title], "{path}");
    }
}

/// The address of the next page of a list; none on the last one.
fn next(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("rel=\"next\" href=\"")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

/// The documents that a page links to.
fn documents(html: &str) -> BTreeSet<String> {
    let links = links(html).into_iter();
    let keys = links.filter_map(|link| Some(link.rsplit_once("/bronnen/")?.1.to_owned()));
    keys.collect()
}

#[tokio::test]
async fn a_list_that_is_longer_than_a_page_is_there_to_its_end() {
    let app = spawn_app();
    let public = app.public();
    let first = public.get("/bronnen").await.body;
    assert_eq!(documents(&first).len(), 13);
    assert_eq!(next(&first), None);
    // One more than fits on a page.
    for number in 1..=88 {
        let key = format!("proefbrief-{number:02}");
        let document = json!({
            "key": key, "kind": "STATEMENT", "titleNl": "Proefbrief", "titleEn": "Proefbrief",
            "idempotencyKey": key,
        });
        let ministry = app.with(&ministry());
        ministry.change("registerSourceDocument", document).await;
    }
    let sitemap = public.get("/sitemap.xml").await.body;
    let listed: BTreeSet<String> = elements(&sitemap, "loc")
        .iter()
        .filter_map(|place| Some(place.rsplit_once("/bronnen/")?.1.to_owned()))
        .collect();
    assert_eq!(listed.len(), 101);
    for (prefix, beginning) in [("", "Naar het begin"), ("/en", "To the beginning")] {
        let list = format!("{prefix}/bronnen");
        let first = public.get(&list).await.body;
        assert!(!text(&first).contains(beginning), "{first}");
        let mut found = documents(&first);
        assert_eq!(found.len(), 100);
        let place = next(&first).unwrap();
        assert!(place.starts_with(&format!("{list}?na=")), "{place}");
        let last = public.get(&place).await.body;
        assert_eq!(documents(&last).len(), 1);
        found.extend(documents(&last));
        assert_eq!(found, listed);
        assert_eq!(next(&last), None);
        assert!(text(&last).contains(beginning), "{last}");
        // What is found by a word goes on as well.
        let search = format!("{prefix}/zoeken?q=proefbrief");
        let first = public.get(&search).await.body;
        let mut found = documents(&first);
        assert_eq!(found.len(), 50);
        let place = next(&first).unwrap();
        assert!(place.starts_with(&format!("{search}&na=")), "{place}");
        let last = public.get(&place).await.body;
        found.extend(documents(&last));
        assert_eq!(found.len(), 88);
        assert_eq!(next(&last), None);
        for list in [format!("{list}?na=onzin"), format!("{search}&na=onzin")] {
            let missing = fetched(&app, &list, None).await;
            assert_eq!(missing.status(), StatusCode::NOT_FOUND, "{list}");
        }
    }
}

#[tokio::test]
async fn an_action_is_found_by_its_number_in_both_languages() {
    let app = spawn_app();
    let client = http_builder().redirect(Policy::none()).build().unwrap();
    for prefix in ["", "/en"] {
        let address = format!("{}{prefix}/acties/32", app.address());
        let response = client.get(address).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FOUND);
        let location = header_of(&response, header::LOCATION);
        assert_eq!(location, format!("{prefix}/plannen/2024/acties/32"));
    }
}

#[tokio::test]
async fn a_code_in_small_letters_leads_to_the_address_of_its_page() {
    let app = spawn_app();
    let client = http_builder().redirect(Policy::none()).build().unwrap();
    for (small, own) in [
        ("/gemeenten/gm0402", "/gemeenten/GM0402"),
        ("/en/regios/vr14?a=b", "/en/regios/VR14?a=b"),
    ] {
        let address = format!("{}{small}", app.address());
        let response = client.get(address).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(header_of(&response, header::LOCATION), own);
    }
    let own = fetched(&app, "/gemeenten/GM0402", None).await;
    assert_eq!(own.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_browser_that_asks_too_often_is_shown_a_page() {
    let limits = Limits {
        public_per_minute: NonZeroU32::new(2).unwrap(),
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, Default::default());
    let address = format!("{}/en/regios", app.address());
    let taking = |accept: &'static str| http().get(&address).header(header::ACCEPT, accept).send();
    let browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    for _ in 0..2 {
        assert_eq!(taking(browser).await.unwrap().status(), 200);
    }
    let page = taking(browser).await.unwrap();
    assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
    let content_type = header_of(&page, header::CONTENT_TYPE);
    assert_eq!(content_type, "text/html; charset=utf-8");
    assert!(page.headers().contains_key(header::RETRY_AFTER));
    let html = page.text().await.unwrap();
    assert_eq!(elements(&html, "h1"), ["Too many requests"]);
    let program = taking("application/json").await.unwrap();
    assert_eq!(program.status(), StatusCode::TOO_MANY_REQUESTS);
    let content_type = header_of(&program, header::CONTENT_TYPE);
    assert_eq!(content_type, "application/problem+json");
}

#[tokio::test]
async fn every_page_says_whom_to_turn_to() {
    let unknown = spawn_app();
    let html = unknown.public().get("/regios").await.body;
    assert!(html.contains("href=\"/over#fout-melden\""), "{html}");
    let about = unknown.public().get("/over").await.body;
    assert!(text(&about).contains("De beheerder heeft nog geen contactgegevens opgegeven."));
    assert!(about.contains("id=\"fout-melden\""), "{about}");
    let publisher = Publisher {
        name: Some("Ministerie van Voorbeeld".to_owned()),
        email: Some("monitor@example.nl".to_owned()),
        telephone: Some("070 000 00 00".to_owned()),
        accessibility: Some("https://example.nl/toegankelijkheid".to_owned()),
        privacy: Some("https://example.nl/privacy".to_owned()),
        ..Publisher::default()
    };
    let app = spawn_app_published_by(publisher, "https://monitor.example.nl");
    let html = app.public().get("/regios").await.body;
    let mail = "href=\"mailto:monitor@example.nl?subject=Fout%20op%20https%3A%2F%2Fmonitor.example.nl%2Fregios\"";
    assert!(html.contains(mail), "{html}");
    for statement in ["toegankelijkheid", "privacy"] {
        let link = format!("href=\"https://example.nl/{statement}\"");
        assert!(html.contains(&link), "{link}");
    }
    let about = text(&app.public().get("/over").await.body);
    for part in [
        "Uitgever: Ministerie van Voorbeeld",
        "monitor@example.nl",
        "Telefoon: 070 000 00 00",
    ] {
        assert!(about.contains(part), "{part} in {about}");
    }
    // No page sets a cookie, and each says so.
    for path in ["/", "/over", "/en/toegankelijkheid", "/zoeken?q=opvang"] {
        let page = fetched(&app, path, None).await;
        assert!(!page.headers().contains_key(header::SET_COOKIE), "{path}");
        let html = page.text().await.unwrap();
        assert!(html.contains("cookies"), "{path}");
    }
}

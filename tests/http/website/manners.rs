//! How pages behave on the web: what they weigh, what they load, what shows where they are shared, and the feeds of changes
//! behind them.

use std::collections::BTreeSet;

use acceptance::{App, a_publication, a_release, http, ministry, spawn_app};
use futures_util::future::join_all;
use reqwest::{StatusCode, header};
use serde_json::json;

use super::{KINDS, elements, english, fetched, header_of, links};

/// The longest pages of the documentation, and where it begins.
const OF_DOCUMENTATION: [&str; 7] = [
    "/docs",
    "/docs/gemeente",
    "/docs/tabellen",
    "/docs/foutcodes",
    "/docs/begrippen",
    "/docs/begrippen?letter=s",
    "/docs/en/changes",
];

/// Bytes of an answer as they go over the wire to a browser.
async fn weight(app: &App, path: &str) -> usize {
    let request = http().get(format!("{}{path}", app.address()));
    let answer = request.header(header::ACCEPT_ENCODING, "gzip, deflate, br, zstd");
    let answer = answer.send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br", "{path}");
    answer.bytes().await.unwrap().len()
}

#[tokio::test]
async fn a_page_weighs_little_and_loads_nothing_but_its_stylesheet() {
    let app = spawn_app();
    let pages = KINDS
        .iter()
        .flat_map(|path| [(*path).to_owned(), english(path)]);
    let pages = pages.chain(OF_DOCUMENTATION.map(str::to_owned));
    let mut styles = Vec::new();
    for path in pages {
        let bytes = weight(&app, &path).await;
        assert!(bytes <= 40_000, "{path}: {bytes}");
        let html = app.public().get(&path).await.body;
        for loaded in ["<img", "<iframe", "<script src", "@import", "<object"] {
            assert!(!html.contains(loaded), "{path}: {loaded}");
        }
        let links = html.split("rel=\"stylesheet\" href=\"").skip(1);
        styles.extend(links.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    styles.sort_unstable();
    styles.dedup();
    let [style] = &styles[..] else {
        panic!("{styles:?}");
    };
    let bytes = weight(&app, style).await;
    assert!(bytes <= 30_000, "{bytes}");
    let style = fetched(&app, style, None).await;
    let cached = header_of(&style, header::CACHE_CONTROL);
    assert_eq!(cached, "public, max-age=31536000, immutable");
    let older = fetched(&app, "/assets/site-0000000000000000.css", None).await;
    assert_eq!(older.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_has_a_picture_where_it_is_shared() {
    let app = spawn_app();
    for path in ["/", "/en/regios/VR14", "/docs/begin"] {
        let html = app.public().get(path).await.body;
        let (_, rest) = html.split_once("property=\"og:image\" content=\"").unwrap();
        let address = rest.split('"').next().unwrap();
        let picture = address.strip_prefix(app.address()).unwrap();
        let picture = fetched(&app, picture, None).await;
        assert_eq!(header_of(&picture, header::CONTENT_TYPE), "image/png");
        let bytes = picture.bytes().await.unwrap();
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n", "{path}");
    }
}

#[tokio::test]
async fn a_page_of_the_documentation_is_sent_once() {
    let app = spawn_app();
    for path in ["/docs", "/docs/en/glossary?q=verdict"] {
        let page = fetched(&app, path, None).await;
        let etag = header_of(&page, header::ETAG);
        let again = fetched(&app, path, Some(&etag)).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        let other = fetched(&app, "/docs/partner", Some(&etag)).await;
        assert_eq!(other.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_glossary_is_found_by_letter_and_by_text() {
    let app = spawn_app();
    let public = app.public();
    let first = public.get("/docs/begrippen").await.body;
    assert!(first.contains("<code>Verdict</code>"), "{first}");
    assert!(!first.contains("id=\"verdictstatus\""), "{first}");
    let found = public.get("/docs/begrippen?q=NOT_COMPLIANT").await.body;
    assert!(found.contains("id=\"verdictstatus\""), "{found}");
    let by_letter = public.get("/docs/en/glossary?letter=A").await.body;
    assert!(by_letter.contains("id=\"actionstatus\""), "{by_letter}");
    assert!(!by_letter.contains("id=\"verdictstatus\""), "{by_letter}");
    // What a reader looks for is shown as a text and never as HTML.
    let nothing = public.get("/docs/begrippen?q=%3Cb%3E%22zz").await.body;
    assert!(nothing.contains("Niets gevonden."), "{nothing}");
    assert!(!nothing.contains("<b>\"zz"), "{nothing}");
    assert!(nothing.contains("value=\"&lt;b&gt;&quot;zz\""), "{nothing}");
}

#[tokio::test]
async fn other_forms_of_a_page_are_there() {
    let app = spawn_app();
    for path in KINDS {
        let html = app.public().get(path).await.body;
        for link in html.split("<link rel=\"alternate\" type=\"").skip(1) {
            let (kind, rest) = link.split_once('"').unwrap();
            let (_, rest) = rest.split_once("href=\"").unwrap();
            let address = rest.split('"').next().unwrap();
            let other = fetched(&app, address, None).await;
            assert_eq!(other.status(), 200, "{path}: {address}");
            let content_type = header_of(&other, header::CONTENT_TYPE);
            assert!(content_type.starts_with(kind), "{address}: {content_type}");
        }
    }
}

/// The titles of the entries of a feed, the latest first.
async fn entries(app: &App, path: &str) -> Vec<String> {
    let feed = fetched(app, path, None).await;
    assert_eq!(feed.status(), 200, "{path}");
    let content_type = header_of(&feed, header::CONTENT_TYPE);
    assert_eq!(
        content_type, "application/atom+xml; charset=utf-8",
        "{path}"
    );
    let xml = feed.text().await.unwrap();
    let of_entries = xml.split("<entry>").skip(1);
    of_entries
        .map(|entry| elements(entry, "title").remove(0))
        .collect()
}

#[tokio::test]
async fn a_feed_has_what_changed_and_nothing_that_is_not_public() {
    const KEY: &str = "monitoring-2025-1-1";
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    let all = "/wijzigingen.atom";
    let of_line = "/plannen/2024/lijnen/4/wijzigingen.atom";
    let other_line = "/plannen/2024/lijnen/1/wijzigingen.atom";
    let before = entries(&app, all).await;
    assert_eq!(before.len(), 100);
    let feed = fetched(&app, all, None).await;
    let etag = header_of(&feed, header::ETAG);
    let again = fetched(&app, all, Some(&etag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    a_publication("MONITORING_OVERVIEW", "2025-1")
        .sent_by(&of_ministry)
        .await;
    let hidden = entries(&app, all).await;
    assert!(
        !hidden.iter().any(|title| title.contains(KEY)),
        "{hidden:?}"
    );
    a_release(KEY).sent_by(&of_ministry).await;
    let released = entries(&app, all).await;
    assert!(released[0].contains(KEY), "{released:?}");
    let input = json!({
        "round": "2025-1", "action": 32, "status": "COMPLETED", "explanation": "Hersteld.",
        "reason": "Een fout in het overzicht.", "idempotencyKey": "correct"
    });
    of_ministry.change("correctStatusReport", input).await;
    // Each entry is a sentence of `changes`, in the language of the feed.
    let query = "{ changes(since: { ledger: 3000 }, subjectKind: \"StatusReport\", first: 100) { nodes { subjectKey \
                 sentence { nl en } } } }";
    let changes = app.public().ask(query).await.data();
    let nodes = changes["changes"]["nodes"].as_array().unwrap();
    let last = nodes.last().unwrap();
    assert_eq!(last["subjectKey"], "2025-1/2024/32");
    for (prefix, member) in [("", "nl"), ("/en", "en")] {
        let sentence = last["sentence"][member].as_str().unwrap();
        for path in [all, of_line] {
            let path = format!("{prefix}{path}");
            assert_eq!(entries(&app, &path).await[0], sentence, "{path}");
        }
        let path = format!("{prefix}{other_line}");
        let others = entries(&app, &path).await;
        assert!(!others.iter().any(|title| title == sentence), "{path}");
    }
    for path in ["/partners/comensha", "/regios/VR14"] {
        entries(&app, &format!("{path}/wijzigingen.atom")).await;
    }
    for path in [
        "/partners/CoMensha/wijzigingen.atom",
        "/partners/bestaat-niet/wijzigingen.atom",
        "/regios/VR99/wijzigingen.atom",
        "/plannen/2024/lijnen/9/wijzigingen.atom",
        "/doelen/wijzigingen.atom",
    ] {
        let answer = fetched(&app, path, None).await;
        assert_eq!(answer.status(), 404, "{path}");
        let content_type = header_of(&answer, header::CONTENT_TYPE);
        assert_eq!(content_type, "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let app = spawn_app();
    let public = app.public();
    let mut known: BTreeSet<String> = ["/", "/en"].map(str::to_owned).into();
    let mut waiting: Vec<String> = known.iter().cloned().collect();
    while !waiting.is_empty() {
        let rest = waiting.split_off(waiting.len().min(16));
        let pages = join_all(waiting.iter().map(|path| public.get(path))).await;
        for (path, page) in waiting.iter().zip(&pages) {
            assert_ne!(page.status, 404, "{path}");
        }
        waiting = rest;
        // The explorer and files are no pages of this kind.
        let own = pages.iter();
        for page in own.filter(|page| page.body.contains("class=\"utrecht-document\"")) {
            for link in links(&page.body) {
                if known.insert(link.clone()) {
                    waiting.push(link);
                }
            }
        }
    }
    // Two languages of 342 municipalities, 25 regions, 46 actions, 6 lines and the pages of the menu.
    for path in ["/gemeenten/GM0402", "/en/regios/VR14", "/en/kwaliteit"] {
        assert!(known.contains(path), "{path} is not linked");
    }
    let municipalities = known.iter().filter(|path| path.contains("/gemeenten/GM"));
    assert_eq!(municipalities.count(), 2 * 342);
}

//! Pages for people: each is there in two languages under a strict policy, tells what GraphQL tells, links to what is
//! there, and shows no verdict before it was published.

mod files;
mod manners;
mod overview;
mod parties;
mod receipts;
mod sources;
mod subjects;

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    App, Client, a_publication, a_release, after_closing, http, ministry, spawn_app, vng,
};
use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};

use crate::publications::{BECAUSE, confirmed, spawn_with_period};

/// What a page may load.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri \
                      'none'; form-action 'self'";

/// A page of each kind, at its Dutch address.
const KINDS: [&str; 22] = [
    "/",
    "/plannen/2024/lijnen/4",
    "/plannen/2023/lijnen/4",
    "/plannen/2024/acties/32",
    "/plannen/2023/acties/20",
    "/doelen",
    "/begroting",
    "/partners",
    "/regios",
    "/regios/VR14",
    "/gemeenten/GM0402",
    "/publicaties",
    "/kader",
    "/kwaliteit",
    "/plannen/2024/overzicht",
    "/effecten",
    "/partners/comensha",
    "/bronnen",
    "/bronnen/monitoring-2025",
    "/zoeken?q=opvang",
    "/over",
    "/toegankelijkheid",
];

async fn fetched(app: &App, path: &str, known: Option<&str>) -> Response {
    let mut request = http().get(format!("{}{path}", app.address()));
    if let Some(etag) = known {
        request = request.header(header::IF_NONE_MATCH, etag);
    }
    request.send().await.unwrap()
}

fn header_of(response: &Response, name: header::HeaderName) -> String {
    let value = response.headers().get(name);
    value.unwrap().to_str().unwrap().to_owned()
}

fn english(path: &str) -> String {
    match path {
        "/" => "/en".to_owned(),
        path => format!("/en{path}"),
    }
}

/// Text of HTML as a person reads it: without tags, with its signs as they are, in single spaces.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for sign in html.chars() {
        match sign {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if !is_tag => text.push(sign),
            _ => {}
        }
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    for (escaped, sign) in signs {
        text = text.replace(escaped, sign);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of all elements of a name.
fn elements(html: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let parts = html.split(&open).skip(1);
    parts
        .filter(|part| part.starts_with([' ', '>']))
        .filter_map(|part| {
            let (_, inside) = part.split_once('>')?;
            Some(text(inside.split(&close).next()?))
        })
        .collect()
}

/// The cells of the rows of the first table with this caption, heads of rows included.
fn rows_of(html: &str, caption: &str) -> Vec<Vec<String>> {
    let tables = html.split("<table").skip(1);
    let mut tables = tables.filter(|table| elements(table, "caption") == [caption]);
    let table = tables.next().unwrap();
    let table = table.split("</table>").next().unwrap();
    let (_, body) = table.split_once("<tbody").unwrap();
    let rows = body.split("<tr").skip(1);
    rows.map(|row| {
        let mut cells = elements(row, "th");
        cells.extend(elements(row, "td"));
        cells
    })
    .collect()
}

/// The addresses on this service to which a page links, without their fragments.
fn links(html: &str) -> BTreeSet<String> {
    let values = html.split("href=\"").skip(1);
    values
        .filter_map(|value| value.split('"').next())
        .filter(|address| address.starts_with('/'))
        .map(|address| address.split('#').next().unwrap().replace("&amp;", "&"))
        .collect()
}

#[tokio::test]
async fn every_page_is_there_in_two_languages_under_a_strict_policy() {
    let app = spawn_app();
    for dutch in KINDS {
        for (path, language) in [(dutch.to_owned(), "nl"), (english(dutch), "en")] {
            let page = fetched(&app, &path, None).await;
            assert_eq!(page.status(), 200, "{path}");
            let content_type = header_of(&page, header::CONTENT_TYPE);
            assert_eq!(content_type, "text/html; charset=utf-8", "{path}");
            let policy = header_of(&page, header::CONTENT_SECURITY_POLICY);
            assert_eq!(policy, POLICY, "{path}");
            let etag = header_of(&page, header::ETAG);
            let html = page.text().await.unwrap();
            let tag = format!("<html lang=\"{language}\">");
            assert!(html.contains(&tag), "{path}");
            assert!(!html.contains("style="), "{path}");
            assert!(!html.contains("<style"), "{path}");
            assert_eq!(elements(&html, "h1").len(), 1, "{path}");
            let tables = html.matches("<table").count();
            assert_eq!(elements(&html, "caption").len(), tables, "{path}");
            let again = fetched(&app, &path, Some(&etag)).await;
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
            assert_eq!(again.text().await.unwrap(), "", "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_page_in_the_language_of_its_address() {
    let app = spawn_app();
    for dutch in [
        "/gemeenten/GM9999",
        "/regios/VR99",
        "/plannen/2024/acties/999",
        "/plannen/2024/lijnen/9",
        "/plannen/1999/lijnen/1",
        "/plannen/2024/iets/1",
        "/publicaties/bestaat-niet",
        "/publicaties/bestaat-niet/overzicht",
        "/partners/bestaat-niet",
        // Its own key finds a party, and no other name.
        "/partners/Comensha",
        "/bronnen/bestaat-niet",
        "/plannen/1999/overzicht",
    ] {
        for (path, title) in [
            (dutch.to_owned(), "Niet gevonden"),
            (english(dutch), "Not found"),
        ] {
            let page = fetched(&app, &path, None).await;
            assert_eq!(page.status(), 404, "{path}");
            let content_type = header_of(&page, header::CONTENT_TYPE);
            assert_eq!(content_type, "text/html; charset=utf-8", "{path}");
            let cached = header_of(&page, header::CACHE_CONTROL);
            assert_eq!(cached, "no-store", "{path}");
            let html = page.text().await.unwrap();
            assert_eq!(elements(&html, "h1"), [title], "{path}");
        }
    }
}

/// How many actions of a line the round leaves out.
fn outside(dashboard: &Value, line: &Value) -> usize {
    let number = &line["line"]["number"];
    let actions = dashboard["outsideRound"].as_array().unwrap().iter();
    actions
        .filter(|action| action["line"]["number"] == *number)
        .count()
}

/// The numbers of a line as GraphQL gives them, in the order of the columns.
fn counts(dashboard: &Value, line: &Value) -> Vec<String> {
    let statuses = line["counts"]["statuses"].as_array().unwrap().iter();
    let counts = statuses.map(|status| &status["count"]);
    counts
        .chain([&line["counts"]["actions"]])
        .map(Value::to_string)
        .chain([outside(dashboard, line).to_string()])
        .collect()
}

/// What a bar says of itself: each number that is not zero, with its label.
fn spoken(dashboard: &Value, line: &Value, left_out: &str) -> String {
    let statuses = line["counts"]["statuses"].as_array().unwrap().iter();
    let parts = statuses
        .filter(|status| status["count"] != 0)
        .map(|status| {
            let label = status["label"].as_str().unwrap().to_lowercase();
            format!("{} {label}", status["count"])
        });
    let outside = outside(dashboard, line);
    let outside = (outside > 0).then(|| format!("{outside} {left_out}"));
    parts.chain(outside).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn every_number_of_the_progress_is_that_of_the_api() {
    let app = spawn_app();
    for (first, lines, caption, language) in [
        (
            "/",
            "/plannen/2024/lijnen",
            "Aantal acties per lijn en status",
            "NL",
        ),
        (
            "/en",
            "/en/plannen/2024/lijnen",
            "Number of actions by line and status",
            "EN",
        ),
    ] {
        let query = format!(
            "{{ dashboard {{ statement(language: {language}) outsideRound {{ line {{ number }} }} lines {{ line {{ number title {{ nl en }} }} counts {{ \
             actions statuses {{ count label(language: {language}) }} }} }} }} }}"
        );
        let data = app.public().ask(&query).await.data();
        let dashboard = &data["dashboard"];
        let html = app.public().get(first).await.body;
        let statement = dashboard["statement"].as_str().unwrap();
        assert!(text(&html).contains(statement), "{first}");
        let of_api = dashboard["lines"].as_array().unwrap();
        assert_eq!(of_api.len(), 6);
        let rows = rows_of(&html, caption);
        assert_eq!(rows.len(), 6, "{first}");
        for (line, row) in of_api.iter().zip(&rows) {
            let number = &line["line"]["number"];
            let title = line["line"]["title"][language.to_lowercase()].as_str();
            let title = title.unwrap();
            assert_eq!(row[0], format!("{number}. {title}"), "{first}");
            assert_eq!(row[1..], counts(dashboard, line), "{first}");
            let (left_out, behind) = match language {
                "NL" => ("buiten de ronde", "Aantal acties per status"),
                _ => ("outside the round", "Number of actions by status"),
            };
            let bar = format!(
                "aria-label=\"{title}: {}\"",
                spoken(dashboard, line, left_out)
            );
            assert!(html.contains(&bar), "{first} misses {bar}");
            let page = app.public().get(&format!("{lines}/{number}")).await.body;
            assert!(page.contains(&bar), "{lines}/{number} misses {bar}");
            let behind: Vec<String> = rows_of(&page, behind)
                .iter()
                .map(|row| row[1].clone())
                .collect();
            // There the number of the round is not among them.
            let mut expected = counts(dashboard, line);
            expected.remove(expected.len() - 2);
            assert_eq!(behind, expected, "{lines}/{number}");
        }
    }
}

#[tokio::test]
async fn every_action_and_region_has_the_title_and_status_of_the_api() {
    let app = spawn_app();
    let public = app.public();
    for (prefix, language, action, none) in [
        ("", "NL", "Actie", "Geen stand gerapporteerd"),
        ("/en", "EN", "Action", "No status reported"),
    ] {
        let query = format!(
            "{{ actionLines {{ actions {{ number title {{ nl en }} statusLabel(language: {language}) }} }} \
             regions {{ code name municipalities {{ code name }} }} }}"
        );
        let data = public.ask(&query).await.data();
        let lines = data["actionLines"].as_array().unwrap().iter();
        let actions: Vec<&Value> = lines
            .flat_map(|line| line["actions"].as_array().unwrap())
            .collect();
        assert_eq!(actions.len(), 46);
        for one in actions {
            let number = &one["number"];
            let path = format!("{prefix}/plannen/2024/acties/{number}");
            let html = public.get(&path).await.body;
            let title = one["title"][language.to_lowercase()].as_str().unwrap();
            assert_eq!(
                elements(&html, "h1"),
                [format!("{action} {number}: {title}")]
            );
            let status = one["statusLabel"].as_str().unwrap_or(none);
            let lead = format!("<p class=\"stm-lead\"><strong>{status}</strong>.</p>");
            assert!(html.contains(&lead), "{path} misses {lead}");
        }
        let regions = data["regions"].as_array().unwrap();
        assert_eq!(regions.len(), 25);
        for region in regions {
            let code = region["code"].as_str().unwrap();
            let html = public.get(&format!("{prefix}/regios/{code}")).await.body;
            assert_eq!(elements(&html, "h1"), [region["name"].as_str().unwrap()]);
            let linked: BTreeSet<String> = links(&html)
                .into_iter()
                .filter(|link| link.contains("/gemeenten/"))
                .collect();
            let members = region["municipalities"].as_array().unwrap().iter();
            let members: BTreeSet<String> = members
                .map(|one| format!("{prefix}/gemeenten/{}", one["code"].as_str().unwrap()))
                .collect();
            assert_eq!(linked, members, "{code}");
        }
    }
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The published verdicts in the table of the first page, by municipality and region, for two have the same name.
async fn in_the_table(client: &Client) -> BTreeMap<String, String> {
    let html = client.get("/").await.body;
    let caption = "Alle gemeenten met hun veiligheidsregio en gepubliceerde oordeel";
    let rows = rows_of(&html, caption).into_iter();
    rows.map(|row| (row[..2].join(", "), row[2].clone()))
        .collect()
}

#[tokio::test]
async fn a_verdict_stands_on_a_page_once_it_was_published_and_not_before() {
    const KEY: &str = "compliance-2026-2-1";
    let app = spawn_with_period("ENDORSED").await;
    confirmed(&app, "GM0402", 1, &["SV-01", "SV-02"]).await;
    let public = app.public();
    // VNG knows the verdict, and so its word.
    let known = app
        .with(&vng())
        .ask("{ verdict(municipality: \"GM0402\", period: \"2026-2\") { status label } }")
        .await
        .data();
    assert_eq!(known["verdict"]["status"], "NOT_COMPLIANT");
    let word = known["verdict"]["label"].as_str().unwrap();
    let lead = format!("<strong>{word}</strong>");
    let nothing = "Over deze gemeente is geen oordeel gepubliceerd.";
    let of_ministry = app.with(&ministry());
    let hidden = async || {
        for path in ["/gemeenten/GM0402", "/regios/VR14", "/publicaties"] {
            let page = public.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.body.contains(&lead), "{path}");
        }
        // A token that comes along means nothing to a page.
        for client in [&public, &of_ministry, &app.with(&vng())] {
            let page = client.get("/gemeenten/GM0402").await.body;
            assert!(page.contains(nothing), "{page}");
            let all = in_the_table(client).await;
            assert_eq!(all.len(), 342);
            assert!(all.values().all(|verdict| verdict == "Niet gepubliceerd"));
        }
    };
    hidden().await;
    a_publication("COMPLIANCE_PICTURE", "2026-2")
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    hidden().await;
    let missing = fetched(&app, &format!("/publicaties/{KEY}"), None).await;
    assert_eq!(missing.status(), 404);
    app.clock.set(instant("2026-12-10T09:00:00Z"));
    let paths = ["/", "/gemeenten/GM0402"];
    let tags = async || {
        let pages = paths.map(|path| fetched(&app, path, None));
        let pages = join_all(pages).await.into_iter();
        pages
            .map(|page| header_of(&page, header::ETAG))
            .collect::<Vec<_>>()
    };
    let before = tags().await;
    a_release(KEY).sent_by(&of_ministry).await;
    let after = tags().await;
    assert!(before.iter().zip(&after).all(|(old, new)| old != new));
    let page = public.get("/gemeenten/GM0402").await.body;
    assert!(page.contains(&lead) && !page.contains(nothing), "{page}");
    let all = in_the_table(&public).await;
    assert_eq!(all["Hilversum, Gooi en Vechtstreek"], word);
    // By name something is said of every municipality, as GraphQL says it.
    let published = public
        .ask(&format!(
            "{{ codeLists(names: [\"VerdictStatus\"]) {{ values {{ code label {{ nl }} }} }} publication(key: \"{KEY}\") \
             {{ verdicts {{ municipality {{ name region {{ name }} }} status }} }} }}"
        ))
        .await
        .data();
    let labels = published["codeLists"][0]["values"].as_array().unwrap();
    let verdicts = published["publication"]["verdicts"].as_array().unwrap();
    let of_api: BTreeMap<String, String> = verdicts
        .iter()
        .map(|verdict| {
            let mut labels = labels.iter();
            let label = labels.find(|label| label["code"] == verdict["status"]);
            let label = label.unwrap()["label"]["nl"].as_str().unwrap();
            let municipality = &verdict["municipality"];
            let region = municipality["region"]["name"].as_str().unwrap();
            let name = municipality["name"].as_str().unwrap();
            (format!("{name}, {region}"), label.to_owned())
        })
        .collect();
    assert_eq!(all, of_api);
    // Withdrawn, it stands nowhere any more.
    app.clock.set(after_closing());
    let input = json!({ "publication": KEY, "reason": "Een telfout.", "idempotencyKey": "gone" });
    of_ministry.change("withdrawPublication", input).await;
    hidden().await;
}

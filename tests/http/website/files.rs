//! What programs and pages of others take of the website: pictures as files, the list of all pages, the description as a
//! data set; and what a browser gets where there is nothing.

use acceptance::{a_publication, a_release, after_closing, http, ministry, spawn_app, vng};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use super::{elements, fetched, header_of, instant, rows_of, spoken, text};
use crate::publications::{BECAUSE, confirmed, spawn_with_period};

#[tokio::test]
async fn a_picture_stands_alone_and_shows_what_the_api_gives() {
    let app = spawn_app();
    let query = "{ dashboard { outsideRound { line { number } } lines { line { number title { nl } } counts { statuses { count label } } } } }";
    let data = app.public().ask(query).await.data();
    let dashboard = &data["dashboard"];
    let lines = dashboard["lines"].as_array().unwrap();
    let all = app.public().get("/v1/pictures/dashboard.svg").await.body;
    // Long titles stand on several lines.
    let whole = elements(&all, "text").join(" ");
    for line in lines {
        let number = &line["line"]["number"];
        let title = line["line"]["title"]["nl"].as_str().unwrap();
        let numbers = spoken(dashboard, line, "buiten de ronde");
        let bar = format!("{number}. {title}: {numbers}");
        assert!(whole.contains(&bar), "{bar} in {whole}");
        let path = format!("/v1/pictures/lines/2024/{number}.svg");
        let one = app.public().get(&path).await.body;
        let one = elements(&one, "text").join(" ");
        let bar = format!("Acties: {numbers}");
        assert!(one.contains(&bar), "{bar} in {one}");
    }
    for (path, day, licence) in [
        ("/v1/pictures/dashboard.svg", "22 november 2026", "Licentie"),
        (
            "/v1/pictures/map.svg?language=en",
            "22 November 2026",
            "Licence",
        ),
        (
            "/v1/pictures/lines/2024/4.svg?language=en",
            "22 November 2026",
            "Licence",
        ),
    ] {
        let picture = fetched(&app, path, None).await;
        assert_eq!(picture.status(), 200, "{path}");
        let content_type = header_of(&picture, header::CONTENT_TYPE);
        assert_eq!(content_type, "image/svg+xml", "{path}");
        let etag = header_of(&picture, header::ETAG);
        let svg = picture.text().await.unwrap();
        let imprint = format!("{day}. {licence}: CC0-1.0. {}", app.address());
        let texts = elements(&svg, "text").join(" ");
        assert!(texts.ends_with(&imprint), "{imprint} in {texts}");
        assert!(!svg.contains("class="), "{path}");
        assert!(!svg.contains("style="), "{path}");
        let again = fetched(&app, path, Some(&etag)).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
    for (path, status) in [
        ("/v1/pictures/dashboard.svg?language=de", 400),
        ("/v1/pictures/dashboard.svg?publication=", 400),
        ("/v1/pictures/dashboard.svg?publication=a/b", 404),
        ("/v1/pictures/dashboard.svg?publication=bestaat-niet", 404),
        ("/v1/pictures/lines/2024/9.svg", 404),
        ("/v1/pictures/lines/2023/4.svg", 404),
        ("/v1/pictures/lines/2024/x.svg", 404),
    ] {
        let answer = fetched(&app, path, None).await;
        assert_eq!(answer.status(), status, "{path}");
        let content_type = header_of(&answer, header::CONTENT_TYPE);
        assert_eq!(content_type, "application/problem+json", "{path}");
    }
}

/// The numbers of a row of CSV behind its name, which has no comma in the rows that are looked at.
fn numbers(row: &str) -> Vec<&str> {
    row.split(',').skip(1).take(7).collect()
}

#[tokio::test]
async fn the_table_behind_a_picture_has_its_numbers() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ dashboard { actionsInPlan total { actions statuses { count } } } regions { code municipalities { \
                 code name } } }";
    let data = public.ask(query).await.data();
    let total = &data["dashboard"]["total"];
    let counts = total["statuses"].as_array().unwrap().iter();
    let in_round = total["actions"].as_i64().unwrap();
    let outside = data["dashboard"]["actionsInPlan"].as_i64().unwrap() - in_round;
    let mut expected: Vec<String> = counts.map(|status| status["count"].to_string()).collect();
    expected.extend([in_round.to_string(), outside.to_string()]);
    let csv = public.get("/v1/pictures/dashboard.csv").await.body;
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 1 + 1 + 6, "{csv}");
    assert!(rows[1].starts_with("Alle acties,"), "{csv}");
    assert_eq!(numbers(rows[1]), expected, "{csv}");
    for row in &rows[1..] {
        assert!(row.contains("Licentie: CC0-1.0."), "{row}");
    }
    let line = public
        .get("/v1/pictures/lines/2024/4.csv?language=en")
        .await;
    assert!(line.body.contains("\r\nActions,"), "{}", line.body);
    // The map of a region has its municipalities and no others.
    let mut regions = data["regions"].as_array().unwrap().iter();
    let region = regions.find(|region| region["code"] == "VR14").unwrap();
    let members = region["municipalities"].as_array().unwrap();
    let map = public.get("/v1/pictures/map/VR14.csv").await.body;
    assert_eq!(map.lines().count(), 1 + members.len(), "{map}");
    let svg = public.get("/v1/pictures/map/VR14.svg").await.body;
    let titles = elements(&svg, "title");
    assert_eq!(titles.len(), 1 + members.len(), "{svg}");
    for member in members {
        let name = member["name"].as_str().unwrap();
        assert!(
            titles.contains(&format!("{name}: Niet gepubliceerd")),
            "{name}"
        );
        assert!(map.contains(member["code"].as_str().unwrap()), "{map}");
    }
    let all = public.get("/v1/pictures/map.csv").await.body;
    assert_eq!(all.lines().count(), 1 + 342);
    let workbook = fetched(&app, "/v1/pictures/map.xlsx", None).await;
    let content_type = header_of(&workbook, header::CONTENT_TYPE);
    assert!(content_type.contains("spreadsheetml"), "{content_type}");
    let bytes = workbook.bytes().await.unwrap();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    for path in [
        "map/VR99.svg",
        "map/VR99.csv",
        "map/VR14.pdf",
        "lines/2024/9.xlsx",
    ] {
        let answer = fetched(&app, &format!("/v1/pictures/{path}"), None).await;
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_picture_of_a_publication_stays_as_it_was_published() {
    const KEY: &str = "monitoring-2025-1-1";
    let app = spawn_app();
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    let frozen = |file: &str| format!("/v1/pictures/{file}?publication={KEY}");
    let files = ["dashboard.svg", "dashboard.csv", "lines/2024/4.svg"];
    let live = public.get("/v1/pictures/dashboard.csv").await.body;
    a_publication("MONITORING_OVERVIEW", "2025-1")
        .sent_by(&of_ministry)
        .await;
    let is_hidden = async || {
        for file in files {
            let answer = fetched(&app, &frozen(file), None).await;
            assert_eq!(answer.status(), 404, "{file}");
            let page = public.get("/").await.body;
            assert!(!page.contains(&format!("publication={KEY}")), "{page}");
        }
    };
    is_hidden().await;
    a_release(KEY).sent_by(&of_ministry).await;
    let kept = async || {
        let mut kept = Vec::new();
        for file in files {
            let answer = public.get(&frozen(file)).await;
            assert_eq!(answer.status, 200, "{file}");
            kept.push(answer.body);
        }
        kept
    };
    let before = kept().await;
    let texts = elements(&before[0], "text").join(" ");
    assert!(texts.contains("30 juni 2025"), "{texts}");
    assert!(texts.contains(&format!("publicatie {KEY}")), "{texts}");
    // What was published has the numbers of that day.
    let rows = |csv: &str| -> Vec<String> {
        let rows = csv.lines().skip(1);
        rows.map(|row| numbers(row).join(",")).collect()
    };
    assert_eq!(rows(&before[1])[0], rows(&live)[0]);
    // The pages hand out the frozen one.
    let of_publication = public.get(&format!("/publicaties/{KEY}")).await.body;
    let link = format!("href=\"{}\"", frozen("dashboard.svg"));
    assert!(of_publication.contains(&link), "{of_publication}");
    // They show it too: all actions, and those of each of the six lines.
    let bars = of_publication.matches("class=\"stm-bar\"").count();
    assert_eq!(bars, 7, "{of_publication}");
    for (page, file) in [
        ("/", "dashboard.svg"),
        ("/plannen/2024/lijnen/4", "lines/2024/4.svg"),
    ] {
        let html = public.get(page).await.body;
        assert!(
            html.contains(&format!("href=\"{}\"", frozen(file))),
            "{html}"
        );
    }
    // A correction changes what is told now, and nothing that was published.
    let input = json!({
        "round": "2025-1", "action": 32, "status": "COMPLETED", "explanation": "Hersteld.",
        "reason": "Een fout in het overzicht.", "idempotencyKey": "correct"
    });
    of_ministry.change("correctStatusReport", input).await;
    assert_ne!(public.get("/v1/pictures/dashboard.csv").await.body, live);
    assert_eq!(kept().await, before);
    // Of another kind, and withdrawn, there is none.
    let other = fetched(&app, &frozen("map.svg"), None).await;
    assert_eq!(other.status(), 404);
    let input = json!({ "publication": KEY, "reason": "Een telfout.", "idempotencyKey": "gone" });
    of_ministry.change("withdrawPublication", input).await;
    is_hidden().await;
}

#[tokio::test]
async fn a_map_of_a_publication_shows_its_verdicts_once_they_are_public() {
    const KEY: &str = "compliance-2026-2-1";
    let app = spawn_with_period("ENDORSED").await;
    confirmed(&app, "GM0402", 1, &["SV-01", "SV-02"]).await;
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    let files = ["map.csv", "map/VR14.csv", "map.svg"];
    let files = files.map(|file| format!("/v1/pictures/{file}?publication={KEY}"));
    let is_hidden = async || {
        for file in &files {
            let answer = fetched(&app, file, None).await;
            assert_eq!(answer.status(), 404, "{file}");
            let text = answer.text().await.unwrap();
            assert!(!text.contains("GM0402"), "{text}");
        }
    };
    a_publication("COMPLIANCE_PICTURE", "2026-2")
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    is_hidden().await;
    app.clock.set(instant("2026-12-10T09:00:00Z"));
    a_release(KEY).sent_by(&of_ministry).await;
    let query = format!(
        "{{ codeLists(names: [\"VerdictStatus\"]) {{ values {{ code label {{ nl }} }} }} publication(key: \"{KEY}\") {{ \
         verdicts {{ municipality {{ code name label region {{ code }} }} status }} }} }}"
    );
    let data = public.ask(&query).await.data();
    let labels = data["codeLists"][0]["values"].as_array().unwrap();
    let verdicts = data["publication"]["verdicts"].as_array().unwrap();
    let [all, region, drawn] = files.each_ref().map(|file| public.get(file));
    let (all, region, drawn) = (all.await.body, region.await.body, drawn.await.body);
    assert_eq!(all.lines().count(), 1 + verdicts.len());
    let mut members = 0;
    for verdict in verdicts {
        let municipality = &verdict["municipality"];
        let code = municipality["code"].as_str().unwrap();
        let mut rows = all.lines();
        let row = rows
            .find(|row| row.starts_with(&format!("{code},")))
            .unwrap();
        let mut labels = labels.iter();
        let label = labels.find(|label| label["code"] == verdict["status"]);
        let label = label.unwrap()["label"]["nl"].as_str().unwrap();
        assert!(row.contains(&format!(",{label},")), "{label} in {row}");
        let is_member = municipality["region"]["code"] == "VR14";
        members += usize::from(is_member);
        assert_eq!(region.contains(row), is_member, "{row}");
    }
    assert_eq!(region.lines().count(), 1 + members);
    assert!(drawn.contains(&format!("publicatie {KEY}")), "{drawn}");
    // Its page shows the map, and its content names each municipality.
    let page = public.get(&format!("/publicaties/{KEY}")).await.body;
    assert_eq!(page.matches("class=\"stm-map\"").count(), 1, "{page}");
    let content = format!("/publicaties/{KEY}/overzicht");
    let content = public.get(&content).await.body;
    let mut named: Vec<String> = rows_of(&content, "Oordeel per gemeente")
        .into_iter()
        .map(|mut row| row.remove(0))
        .collect();
    let names = verdicts.iter().map(|one| &one["municipality"]["label"]);
    let mut names: Vec<String> = names.map(|name| text(name.as_str().unwrap())).collect();
    named.sort();
    names.sort();
    assert_eq!(named, names);
    // A municipality that goes over into another later stays where it was.
    assert!(region.contains("GM1696,Wijdemeren,"), "{region}");
    let input = json!({
        "effectiveOn": "2027-01-01", "steps": [{ "predecessor": "GM1696", "successor": "GM0402" }],
        "source": { "document": "monitoring-2025", "place": "7" }, "idempotencyKey": "joined",
    });
    app.with(&vng()).change("recordReorganisation", input).await;
    app.clock.set(instant("2027-01-02T09:00:00Z"));
    let [all_later, region_later, drawn_later] = files.each_ref().map(|file| public.get(file));
    assert_eq!(all_later.await.body, all);
    assert_eq!(region_later.await.body, region);
    assert_eq!(drawn_later.await.body, drawn);
    app.clock.set(after_closing());
    let input = json!({ "publication": KEY, "reason": "Een telfout.", "idempotencyKey": "gone" });
    of_ministry.change("withdrawPublication", input).await;
    is_hidden().await;
}

#[tokio::test]
async fn search_engines_find_every_page() {
    let app = spawn_app();
    let public = app.public();
    let robots = public.get("/robots.txt").await;
    let list = format!("Sitemap: {}/sitemap.xml", app.address());
    assert!(robots.body.contains(&list), "{}", robots.body);
    let sitemap = fetched(&app, "/sitemap.xml", None).await;
    let content_type = header_of(&sitemap, header::CONTENT_TYPE);
    assert_eq!(content_type, "application/xml; charset=utf-8");
    let xml = sitemap.text().await.unwrap();
    let places = elements(&xml, "loc");
    // Fourteen pages of which there is one, five and six lines, ten and 46 actions, 25 regions, 342 municipalities, 65
    // parties, 13 documents.
    assert_eq!(places.len(), 2 * (14 + 11 + 56 + 25 + 342 + 65 + 13));
    for path in [
        "/",
        "/en",
        "/en/plannen/2024/acties/32",
        "/gemeenten/GM0402",
    ] {
        let place = format!("{}{path}", app.address());
        assert!(places.contains(&place), "{place}");
    }
    let html = public.get("/en").await.body;
    let scripts = html.split("<script type=\"application/ld+json\">").nth(1);
    let json = scripts.unwrap().split("</script>").next().unwrap();
    let dataset: Value = serde_json::from_str(json).unwrap();
    assert_eq!(dataset["@type"], "Dataset");
    assert_eq!(dataset["url"], format!("{}/en", app.address()));
    for file in dataset["distribution"].as_array().unwrap() {
        let address = file["contentUrl"].as_str().unwrap();
        let path = address.strip_prefix(app.address()).unwrap();
        assert_eq!(public.get(path).await.status, 200, "{address}");
    }
    let canonical = format!("<link rel=\"canonical\" href=\"{}/en\">", app.address());
    assert!(html.contains(&canonical), "{html}");
}

#[tokio::test]
async fn a_browser_is_shown_a_page_where_there_is_nothing() {
    let app = spawn_app();
    for (path, title) in [
        ("/nergens", "Niet gevonden"),
        ("/docs/nergens", "Niet gevonden"),
        ("/en/nowhere", "Not found"),
    ] {
        let address = format!("{}{path}", app.address());
        let browser = http().get(&address);
        let browser = browser.header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
        let page = browser.send().await.unwrap();
        assert_eq!(page.status(), 404);
        assert_eq!(elements(&page.text().await.unwrap(), "h1"), [title]);
        let program = http().get(&address).send().await.unwrap();
        let content_type = header_of(&program, header::CONTENT_TYPE);
        assert_eq!(content_type, "application/problem+json");
    }
}

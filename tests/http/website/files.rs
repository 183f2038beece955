//! What programs and pages of others take of the website: pictures as files, the list of all pages, the description as a
//! data set; and what a browser gets where there is nothing.

use acceptance::{http, spawn_app};
use reqwest::{StatusCode, header};
use serde_json::Value;

use super::{elements, fetched, header_of, spoken};

#[tokio::test]
async fn a_picture_stands_alone_and_shows_what_the_api_gives() {
    let app = spawn_app();
    let query = "{ dashboard { lines { line { number title { nl } } counts { statuses { count label } } } } }";
    let data = app.public().ask(query).await.data();
    let lines = data["dashboard"]["lines"].as_array().unwrap();
    let all = app.public().get("/v1/pictures/dashboard.svg").await.body;
    // Long titles stand on several lines.
    let whole = elements(&all, "text").join(" ");
    for line in lines {
        let number = &line["line"]["number"];
        let title = line["line"]["title"]["nl"].as_str().unwrap();
        let bar = format!("{number}. {title}: {}", spoken(line));
        assert!(whole.contains(&bar), "{bar} in {whole}");
        let path = format!("/v1/pictures/lines/2024/{number}.svg");
        let one = app.public().get(&path).await.body;
        let one = elements(&one, "text").join(" ");
        let bar = format!("Acties: {}", spoken(line));
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
    // Eight pages of which there is one, five and six lines, ten and 46 actions, 25 regions, 342 municipalities.
    assert_eq!(places.len(), 2 * (8 + 11 + 56 + 25 + 342));
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
    for (path, title) in [("/nergens", "Niet gevonden"), ("/en/nowhere", "Not found")] {
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

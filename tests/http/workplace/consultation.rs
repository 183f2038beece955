//! A municipality and a region remark at the workplace on an edition that VNG laid open for comment.

use acceptance::{App, a_reporting_region, municipality, region, spawn_app_trying_out, vng};
use serde_json::{Value, json};

use super::{browser::Browser, municipality::fill};

const LIST: &str = "/werkplek/consultaties";
const PAGE: &str = "/werkplek/consultaties/VOORSTEL-2";

/// A second edition that is proposed, with one criterion asked otherwise.
async fn proposed() -> App {
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let query = "{ framework { criteria { code } } }";
    let all = app.public().ask(query).await.data()["framework"]["criteria"].clone();
    let carried: Vec<&Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["code"])
        .collect();
    let edition = json!({
        "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
        "normMonths": 48, "inheritanceGraceMonths": 24, "carried": carried, "criteria": [],
        "idempotencyKey": "second",
    });
    reviewer.change("proposeEdition", edition).await;
    app
}

/// The same, laid open until 30 November.
async fn laid_open() -> App {
    let app = proposed().await;
    let until = json!({
        "edition": "VOORSTEL-2", "lastDay": "2026-11-30", "idempotencyKey": "open",
    });
    app.with(&vng())
        .change("openEditionForComment", until)
        .await;
    app
}

async fn remarks(client: &acceptance::Client) -> Value {
    let query = "{ criterionRemarks(edition: \"VOORSTEL-2\") { nodes { text criterion { code }
        municipality { code } area { code } } } }";
    client.ask(query).await.data()["criterionRemarks"]["nodes"].clone()
}

#[tokio::test]
async fn a_municipality_remarks_on_a_criterion_and_replaces_it() {
    let app = laid_open().await;
    let own = app.with(&municipality("GM0402"));
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    browser.get("/werkplek").await.tells(&[LIST]);
    browser.get(LIST).await.tells(&[
        PAGE,
        "Tweede (VOORSTEL-2)</a>: open tot en met 30 november 2026.",
    ]);
    let page = browser.get(PAGE).await;
    page.tells(&[
        "Tweede (VOORSTEL-2)",
        "tot en met 30 november 2026",
        "SV-03",
    ]);
    let form = "remarkOnCriterion-SV-03-GM0402";
    // What is refused stands at its field and stays typed.
    let wrong = [("text", "Bel jan.jansen@example.nl")];
    let shown = fill(&mut browser, (&page, form), PAGE, &wrong).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "href=\"#remarkOnCriterion-SV-03-GM0402.text\"",
        "Bel jan.jansen@example.nl</textarea>",
    ]);
    assert_eq!(remarks(&own).await, json!([]));
    for text in ["De meldroute is regionaal.", "De meldroute mag regionaal."] {
        let page = browser.get(PAGE).await;
        let done = fill(&mut browser, (&page, form), PAGE, &[("text", text)]).await;
        assert_eq!(
            done.location(),
            format!("{PAGE}?gedaan=remarkOnCriterion#SV-03-GM0402")
        );
        let page = browser.get(done.location()).await;
        page.tells(&["Uw opmerking is bewaard.", "Opmerking van Hilversum", text]);
    }
    let kept = json!([{
        "text": "De meldroute mag regionaal.", "criterion": { "code": "SV-03" },
        "municipality": { "code": "GM0402" }, "area": null,
    }]);
    assert_eq!(remarks(&own).await, kept);
    // A region does so for itself, and neither sees the other's.
    let mut gooi = Browser::at(app.address());
    gooi.try_as("REGION").await;
    let page = gooi.get(PAGE).await;
    page.hides(&["De meldroute mag regionaal."]);
    let form = "remarkOnCriterion-SV-03-VR14";
    let typed = [("text", "Noem de regio.")];
    let done = fill(&mut gooi, (&page, form), PAGE, &typed).await;
    assert_eq!(
        done.location(),
        format!("{PAGE}?gedaan=remarkOnCriterion#SV-03-VR14")
    );
    assert_eq!(
        remarks(&app.with(&region("VR14"))).await[0]["text"],
        "Noem de regio."
    );
    let page = gooi.get(PAGE).await;
    page.tells(&["Opmerking van Gooi en Vechtstreek, 22 november 2026"]);
    browser.get(PAGE).await.hides(&["Noem de regio."]);
    // After the last day it is read, and no more said.
    app.clock.set("2026-11-30T23:00:00Z".parse().unwrap());
    let mut later = Browser::at(app.address());
    later.try_as("MUNICIPALITY").await;
    let page = later.get(PAGE).await;
    page.tells(&[
        "liep tot en met 30 november 2026",
        "De meldroute mag regionaal.",
    ]);
    page.hides(&["id=\"remarkOnCriterion"]);
}

#[tokio::test]
async fn what_is_not_laid_open_and_what_is_for_others_is_not_there() {
    let app = proposed().await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    browser
        .get(LIST)
        .await
        .tells(&["nog geen editie van het kader ter consultatie"]);
    for path in [PAGE, "/werkplek/consultaties/x"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    for role in ["PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for path in [LIST, PAGE] {
            assert_eq!(other.get(path).await.status, 404, "{role} {path}");
        }
    }
}

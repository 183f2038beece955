//! Versions that were submitted, on a page each, and the print beside what was published.

use acceptance::{App, a_draft, a_period, a_submission, municipality, spawn_app_trying_out, vng};
use serde_json::json;

use super::browser::Browser;

const HOME: &str = "/werkplek/beoordelingen/GM0402/2026-2";

/// Hilversum has handed in twice: the second time with another answer and another explanation.
async fn twice() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    let first = json!([
        { "criterion": "SV-01", "answer": "NOT_MET", "explanation": "Nog niet." },
        { "criterion": "SV-02", "answer": "MET", "explanation": "Geschoold." },
        { "criterion": "SV-03", "answer": "MET" },
    ]);
    a_draft("GM0402", first).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    let second = json!([
        { "criterion": "SV-01", "answer": "MET", "explanation": "Nu wel.", "revision": 1 },
        { "criterion": "SV-02", "answer": "MET", "explanation": "Allen geschoold.", "revision": 1 },
    ]);
    a_draft("GM0402", second).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

#[tokio::test]
async fn each_version_is_shown_with_what_differs_from_the_one_before() {
    let (_app, mut browser) = twice().await;
    let home = browser.get(HOME).await;
    home.tells(&[
        &format!("href=\"{HOME}/versies/1\""),
        &format!("href=\"{HOME}/versies/2\""),
    ]);
    let first = browser.get(&format!("{HOME}/versies/1")).await;
    assert_eq!(first.status, 200);
    first.tells(&[
        "Versie 1 van Hilversum 2026-2",
        "op tijd; akkoord: Portefeuillehouder veiligheid, 20 november 2026; editie VOORSTEL-1.",
        "Nog niet.",
        "Meldroute: <strong>Voldaan</strong>",
        "<strong>niet beantwoord</strong>",
        "versie 2</a>",
    ]);
    first.hides(&["Nu wel.", "Wat verschilt van versie"]);
    let second = browser.get(&format!("{HOME}/versies/2")).await;
    second.tells(&[
        "Wat verschilt van versie 1",
        ": Niet voldaan werd <strong>Voldaan</strong>",
        ": <strong>Voldaan</strong>, met een andere toelichting of ander bewijs",
        "Nu wel.",
    ]);
    second.hides(&["<li>SV-03"]);
}

#[tokio::test]
async fn a_version_that_is_not_there_or_of_another_is_not_shown() {
    let (app, mut browser) = twice().await;
    for path in [
        format!("{HOME}/versies/3"),
        format!("{HOME}/versies/x"),
        format!("{}/versies/1", HOME.replace("GM0402", "GM0363")),
    ] {
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
    let path = format!("{HOME}/versies/1");
    for (role, status) in [("PARTNER", 404), ("MINISTRY", 404), ("VNG", 200)] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        let shown = other.get(&path).await;
        assert_eq!(shown.status, status, "{role}");
        if status == 404 {
            shown.hides(&["Nog niet.", "Voldaan"]);
        }
    }
}

#[tokio::test]
async fn the_print_tells_of_region_and_size_class_what_was_published_alone() {
    let (_app, mut browser) = twice().await;
    let print = browser.get(&format!("{HOME}/afdruk")).await;
    assert_eq!(print.status, 200);
    print.tells(&[
        "Ter vergelijking",
        "Over de regio en de grootteklasse van de gemeente is voor deze periode niets gepubliceerd.",
        "Aandachtsfunctionaris aangewezen: <strong>Voldaan</strong>",
    ]);
    print.hides(&["Gooi en Vechtstreek"]);
}

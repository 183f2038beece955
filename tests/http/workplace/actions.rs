//! A partner records at the workplace what its actions reached and what was measured.

use acceptance::{App, ministry, spawn_app_trying_out};
use serde_json::{Value, json};

use super::{browser::Browser, municipality::fill};

const LIST: &str = "/werkplek/acties";
const PAGE: &str = "/werkplek/acties/45";

/// CoMensha owns action 45.
async fn owned() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let owner = json!({
        "action": 45, "partner": "comensha", "role": "OWNER", "from": "2026-01-01",
        "text": "Aangewezen.",
        "source": { "document": "monitoring-2025", "place": "7" }, "idempotencyKey": "owner",
    });
    app.with(&ministry()).change("assignPartner", owner).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("PARTNER").await;
    (app, browser)
}

/// What everybody reads of the action.
async fn recorded(app: &App) -> Value {
    let query = "{ action(number: 45) {
        results { position value qualifierText unit { en } explanation source { lines } reportedBy { code } }
        measurements { kind value unit { nl } measuredOn group { nl } } } }";
    app.public().ask(query).await.data()["action"].clone()
}

const RESULT: [(&str, &str); 8] = [
    ("kind", "FIGURE"),
    ("value", "120"),
    ("qualifier", "ABOUT"),
    ("qualifierText", "circa"),
    ("unit.nl", "deelnemers"),
    ("unit.en", "participants"),
    ("explanation", "Circa 120 deelnemers."),
    ("summary", "About 120 participants."),
];

#[tokio::test]
async fn a_partner_records_a_result_and_tells_it_anew() {
    let (app, mut browser) = owned().await;
    browser.get("/werkplek").await.tells(&[LIST]);
    let list = browser.get(LIST).await;
    list.tells(&[PAGE, "resultaten: 0; metingen: 0."]);
    list.hides(&["/werkplek/acties/32\""]);
    let page = browser.get(PAGE).await;
    page.tells(&["Actie 45: ", "Er is nog geen resultaat vastgelegd."]);
    let form = "recordResult";
    // Each mistake stands at its field, and what was typed stays.
    let mut wrong = RESULT;
    wrong[1].1 = "1.200";
    let shown = fill(&mut browser, (&page, form), PAGE, &wrong).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "Waarde moet een geheel getal zijn, zoals 120.",
        "href=\"#recordResult.value\"",
        "value=\"1.200\"",
    ]);
    wrong[1].1 = "";
    wrong[5].1 = "";
    let shown = fill(&mut browser, (&page, form), PAGE, &wrong).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "Een cijfer heeft een waarde vanaf 0 en een eenheid",
        "href=\"#recordResult.unit.en\"",
        "value=\"deelnemers\"",
    ]);
    assert_eq!(recorded(&app).await["results"], json!([]));
    let done = fill(&mut browser, (&page, form), PAGE, &RESULT).await;
    assert_eq!(done.location(), format!("{PAGE}?gedaan={form}"));
    // The same form once more, as by a double click: nothing happens twice.
    fill(&mut browser, (&page, form), PAGE, &RESULT)
        .await
        .location();
    let result = |value: i64, lines: Value| {
        json!([{
            "position": 1, "value": value, "qualifierText": "circa",
            "unit": { "en": "participants" }, "explanation": "Circa 120 deelnemers.",
            "source": lines, "reportedBy": { "code": "comensha" },
        }])
    };
    assert_eq!(recorded(&app).await["results"], result(120, Value::Null));
    let page = browser.get(done.location()).await;
    page.tells(&["Cijfer: circa 120 deelnemers", "Vastgelegd door CoMensha."]);
    // From a document that is registered first.
    let typed = [("titleNl", "Jaarverslag 2025"), ("datedOn", "2026-04-01")];
    let registered = fill(
        &mut browser,
        (&page, "registerSourceDocument"),
        PAGE,
        &typed,
    )
    .await;
    let to = registered.location().to_owned();
    let (path, _) = to.split_once('?').unwrap();
    let document = path.strip_prefix("/werkplek/acties/45/").unwrap();
    let with = browser.get(&to).await;
    with.tells(&["Jaarverslag 2025</option>"]);
    let form = "recordResult-resultaat1";
    let mut anew = RESULT.to_vec();
    anew[1].1 = "140";
    anew.extend([
        ("source.document", document),
        ("source.place", "bladzijde 7"),
    ]);
    let done = fill(&mut browser, (&with, form), path, &anew).await;
    assert_eq!(
        done.location(),
        format!("{path}?gedaan=recordResult#resultaat1")
    );
    assert_eq!(
        recorded(&app).await["results"],
        result(140, json!({ "lines": "bladzijde 7" }))
    );
    // Who saw it before that replaces nothing.
    let late = fill(&mut browser, (&page, form), PAGE, &RESULT).await;
    assert_eq!(late.status, 422);
    late.tells(&["Dit is intussen gewijzigd"]);
    assert_eq!(recorded(&app).await["results"][0]["value"], 140);
}

#[tokio::test]
async fn a_partner_records_a_measurement() {
    let (app, mut browser) = owned().await;
    let page = browser.get(PAGE).await;
    let form = "recordMeasurement";
    let typed = [
        ("kind", "BASELINE"),
        ("state", "REPORTED"),
        ("group.nl", "Schoolwerkers"),
        ("group.en", "School staff"),
        ("value", "40"),
        ("unit.nl", "procent"),
        ("unit.en", "per cent"),
        ("measuredOn", "2026-10-01"),
        ("explanation", "Voor de training."),
        ("summary", "Before the training."),
    ];
    let ahead = typed.map(|(name, value)| match name {
        "measuredOn" => (name, "2026-12-01"),
        _ => (name, value),
    });
    let shown = fill(&mut browser, (&page, form), PAGE, &ahead).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "De dag van de meting ligt in de toekomst.",
        "href=\"#recordMeasurement.measuredOn\"",
        "value=\"2026-12-01\"",
    ]);
    assert_eq!(recorded(&app).await["measurements"], json!([]));
    let done = fill(&mut browser, (&page, form), PAGE, &typed).await;
    assert_eq!(done.location(), format!("{PAGE}?gedaan={form}"));
    assert_eq!(
        recorded(&app).await["measurements"],
        json!([{
            "kind": "BASELINE", "value": 40, "unit": { "nl": "procent" },
            "measuredOn": "2026-10-01", "group": { "nl": "Schoolwerkers" },
        }])
    );
    let page = browser.get(done.location()).await;
    page.tells(&[
        "Nulmeting, gerapporteerd: 40 procent",
        "Gemeten op 1 oktober 2026.",
    ]);
    // What is emptied is taken away.
    let (_, rest) = page.body.split_once("id=\"recordMeasurement-").unwrap();
    let form = format!("recordMeasurement-{}", rest.split('"').next().unwrap());
    let running = [
        ("kind", "BASELINE"),
        ("state", "RUNNING"),
        ("explanation", "Loopt nog."),
        ("summary", "Under way."),
    ];
    let done = fill(&mut browser, (&page, form.as_str()), PAGE, &running).await;
    assert!(
        done.location()
            .starts_with(&format!("{PAGE}?gedaan=recordMeasurement#meting-45-"))
    );
    assert_eq!(
        recorded(&app).await["measurements"],
        json!([{
            "kind": "BASELINE", "value": null, "unit": null, "measuredOn": null, "group": null,
        }])
    );
}

#[tokio::test]
async fn the_actions_of_others_are_not_there() {
    let (app, mut browser) = owned().await;
    for path in [
        "/werkplek/acties/32",
        "/werkplek/acties/999",
        "/werkplek/acties/x",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    for role in ["MUNICIPALITY", "REGION"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for path in [LIST, PAGE] {
            assert_eq!(other.get(path).await.status, 404, "{role} {path}");
        }
        other.get("/werkplek").await.hides(&[LIST]);
    }
    // VNG owns none here, and the ministry may tell of all.
    let mut other = Browser::at(app.address());
    other.try_as("VNG").await;
    other
        .get(LIST)
        .await
        .tells(&["van geen actie de actiehouder"]);
    assert_eq!(other.get(PAGE).await.status, 404);
    let mut other = Browser::at(app.address());
    other.try_as("MINISTRY").await;
    other.get(LIST).await.tells(&[PAGE, "/werkplek/acties/32"]);
    assert_eq!(other.get(PAGE).await.status, 200);
}

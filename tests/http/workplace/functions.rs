//! A municipality says at the workplace who fills its functions, and which of them nobody fills.

use acceptance::{App, municipality, spawn_app_trying_out, vng};
use serde_json::{Value, json};

use super::{
    browser::{Browser, Shown},
    municipality::fill,
};

const PAGE: &str = "/werkplek/functies/GM0402";

async fn signed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

/// Registers a document on the page; gives the page with it.
async fn with_document(browser: &mut Browser) -> (String, Shown) {
    let page = browser.get(PAGE).await;
    page.tells(&[
        "Functies van Hilversum",
        "niet bekend wie deze functie vervult",
    ]);
    // Nothing can be said before there is a document in which it stands.
    page.hides(&["id=\"assignFunction\"", "id=\"declareFunctionVacancy\""]);
    let typed = [("titleNl", "Aanwijzingsbesluit"), ("datedOn", "2026-03-01")];
    let form = (&page, "registerSourceDocument");
    let done = fill(browser, form, PAGE, &typed).await;
    let to = done.location().to_owned();
    let (path, what) = to.split_once('?').unwrap();
    assert_eq!(what, "gedaan=registerSourceDocument");
    assert!(
        path.starts_with("/werkplek/functies/GM0402/document-gm0402-"),
        "{path}"
    );
    let shown = browser.get(&to).await;
    shown.tells(&["Het document is vastgelegd", "Aanwijzingsbesluit</option>"]);
    (path.to_owned(), shown)
}

/// The designated officers of the municipality, for everybody.
async fn officers(app: &App) -> Value {
    let query = "{ coverage(role: DESIGNATED_OFFICER) { country { covered notCovered } } }";
    app.public().ask(query).await.data()["coverage"]["country"].clone()
}

/// What somebody types of who fills a function, with the document at the end of an address.
fn assignment(path: &str) -> [(&str, &str); 7] {
    let document = path.rsplit('/').next().unwrap();
    [
        ("role", "DESIGNATED_OFFICER"),
        ("organisation", "Team Veiligheid"),
        ("from", "2026-03-01"),
        ("trained", "YES"),
        ("text", "Het team is aangewezen."),
        ("source.document", document),
        ("source.place", "besluit 1"),
    ]
}

#[tokio::test]
async fn a_municipality_records_who_fills_a_function_and_until_when() {
    let (app, mut browser) = signed_in().await;
    browser.get("/werkplek").await.tells(&[PAGE]);
    let (path, page) = with_document(&mut browser).await;
    let form = "assignFunction";
    // What is wrong stands at its field, and what was typed stays.
    let mut wrong = assignment(&path);
    wrong[1].1 = "Mevr. J. de Vries";
    let shown = fill(&mut browser, (&page, form), &path, &wrong[..5]).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "Vul in: document.",
        "href=\"#assignFunction.source.place\"",
        "value=\"Mevr. J. de Vries\"",
        "value=\"DESIGNATED_OFFICER\" selected",
    ]);
    let shown = fill(&mut browser, (&page, form), &path, &wrong).await;
    assert_eq!(shown.status, 422);
    shown.tells(&["href=\"#assignFunction.organisation\"", "niet de persoon"]);
    assert_eq!(
        officers(&app).await,
        json!({ "covered": 0, "notCovered": 0 })
    );
    let typed = assignment(&path);
    let done = fill(&mut browser, (&page, form), &path, &typed).await;
    assert_eq!(done.location(), format!("{path}?gedaan={form}"));
    // The same form once more, as by a double click: nothing happens twice.
    let again = fill(&mut browser, (&page, form), &path, &typed).await;
    assert_eq!(again.location(), format!("{path}?gedaan={form}"));
    let rows = "select count(*) from fact.function_assignment where municipality = 'GM0402'";
    assert_eq!(app.database.count(rows).await, 1);
    assert_eq!(
        officers(&app).await,
        json!({ "covered": 1, "notCovered": 0 })
    );
    let page = browser.get(PAGE).await;
    page.tells(&[
        "<strong>Team Veiligheid</strong>, vanaf 1 maart 2026; getraind: ja; voldoende uren: onbekend.",
        "Het team is aangewezen.",
    ]);
    is_ended(&app, &mut browser, (&page, &typed)).await;
}

/// It ends on a day; a colleague who saw it before does not take that away.
async fn is_ended(app: &App, browser: &mut Browser, (page, typed): (&Shown, &[(&str, &str); 7])) {
    let (_, rest) = page.body.split_once("id=\"assignFunction-").unwrap();
    let form = format!("assignFunction-{}", rest.split('"').next().unwrap());
    let form = form.as_str();
    let typed = &typed[1..];
    let of_colleague = browser.get(PAGE).await;
    let ending = [typed, &[("until", "2026-11-01")][..]].concat();
    let done = fill(browser, (page, form), PAGE, &ending).await;
    assert!(
        done.location()
            .starts_with(&format!("{PAGE}?gedaan=assignFunction#functie-gm0402-"))
    );
    assert_eq!(
        officers(app).await,
        json!({ "covered": 0, "notCovered": 1 })
    );
    browser
        .get(PAGE)
        .await
        .hides(&["<strong>Team Veiligheid</strong>"]);
    let late = fill(browser, (&of_colleague, form), PAGE, typed).await;
    assert_eq!(late.status, 422);
    // The form is gone, and what was typed is shown all the same.
    late.tells(&[
        "Dit is intussen gewijzigd",
        "Dit had u ingevuld; het is niet opgeslagen",
        "<dt>Organisatie of team</dt>",
    ]);
    late.hides(&["<dt>organisation</dt>", "<dt>expectedVersion</dt>"]);
    assert_eq!(
        officers(app).await,
        json!({ "covered": 0, "notCovered": 1 })
    );
}

#[tokio::test]
async fn that_nobody_fills_a_function_is_declared_and_taken_back() {
    let (app, mut browser) = signed_in().await;
    let (path, page) = with_document(&mut browser).await;
    let document = path.rsplit('/').next().unwrap();
    let typed = [
        ("role", "DESIGNATED_OFFICER"),
        ("from", "2026-06-01"),
        ("text", "De functie is vacant."),
        ("source.document", document),
        ("source.place", "besluit 2"),
    ];
    let form = "declareFunctionVacancy";
    let done = fill(&mut browser, (&page, form), &path, &typed).await;
    assert_eq!(done.location(), format!("{path}?gedaan={form}"));
    assert_eq!(
        officers(&app).await,
        json!({ "covered": 0, "notCovered": 1 })
    );
    let page = browser.get(PAGE).await;
    page.tells(&[
        "<strong>Niemand vervult deze functie</strong>, vanaf 1 juni 2026.",
        "De functie is vacant.",
    ]);
    let (_, rest) = page
        .body
        .split_once("id=\"withdrawFunctionVacancy-")
        .unwrap();
    let form = format!(
        "withdrawFunctionVacancy-{}",
        rest.split('"').next().unwrap()
    );
    let done = fill(&mut browser, (&page, form.as_str()), PAGE, &typed[3..]).await;
    assert!(
        done.location()
            .starts_with(&format!("{PAGE}?gedaan=withdrawFunctionVacancy#"))
    );
    assert_eq!(
        officers(&app).await,
        json!({ "covered": 0, "notCovered": 0 })
    );
    browser
        .get(done.location())
        .await
        .tells(&["is ingetrokken.", "niet bekend wie deze functie vervult"]);
}

#[tokio::test]
async fn the_functions_of_another_are_not_recorded_here() {
    let (app, mut browser) = signed_in().await;
    for path in ["/werkplek/functies/GM0376", "/werkplek/functies/x"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    // A document that is not there is none to choose, and no reason to show nothing.
    let page = browser.get(&format!("{PAGE}/geen")).await;
    assert_eq!(page.status, 200);
    for role in ["PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        assert_eq!(other.get(PAGE).await.status, 404, "{role}");
        other.get("/werkplek").await.hides(&["/werkplek/functies/"]);
    }
    // A region does so for its members once VNG registered it.
    let mut region = Browser::at(app.address());
    region.try_as("REGION").await;
    assert_eq!(region.get(PAGE).await.status, 404);
    acceptance::a_reporting_region("VR14")
        .sent_by(&app.with(&vng()))
        .await;
    assert_eq!(region.get(PAGE).await.status, 200);
    assert_eq!(region.get("/werkplek/functies/GM0363").await.status, 404);
    // What another municipality says of itself is not on this page.
    let own = json!({
        "key": "functie-laren", "role": "DESIGNATED_OFFICER", "place": { "municipality": "GM0417" },
        "organisation": "Team Laren", "text": "Aangewezen.", "idempotencyKey": "laren",
        "source": { "document": "monitoring-2025", "place": "7" },
    });
    let laren = app.with(&municipality("GM0417"));
    laren.change("assignFunction", own).await;
    browser.get(PAGE).await.hides(&["Team Laren"]);
}

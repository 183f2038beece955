//! A region sees at the workplace who fills its functions, and for which members nobody does, and
//! records both.

use acceptance::{App, a_reporting_region, municipality, spawn_app_trying_out, vng};
use serde_json::json;

use super::{browser::Browser, municipality::fill};
use crate::recorded_policy::source;

const FUNCTIONS: &str = "/werkplek/regio/VR14/functies";

async fn signed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    (app, browser)
}

#[tokio::test]
async fn a_region_sees_where_its_functions_are_filled_and_where_not() {
    let (app, mut browser) = signed_in().await;
    browser.get("/werkplek").await.tells(&[FUNCTIONS]);
    let page = browser.get(FUNCTIONS).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "<strong>Regio Gooi en Vechtstreek</strong>",
        "Stand op 22 november 2026, van 6 gemeenten:",
        "Ingevuld voor 6: Blaricum, Hilversum, Huizen, Laren, Wijdemeren, Gooise Meren.",
        "Niet bekend voor 6: ",
    ]);
    page.hides(&["Niemand vervult deze functie", "Niet ingevuld voor 1"]);
    let vacancy = json!({
        "key": "officer-vacant-hilversum", "role": "DESIGNATED_OFFICER",
        "place": { "municipality": "GM0402" }, "from": "2026-06-01",
        "text": "De functie is vacant.", "source": source(), "idempotencyKey": "vacant",
    });
    let own = app.with(&municipality("GM0402"));
    own.change("declareFunctionVacancy", vacancy).await;
    let page = browser.get(FUNCTIONS).await;
    page.tells(&[
        "<strong>Niemand vervult deze functie voor Hilversum</strong>, vanaf 1 juni 2026. \
         De functie is vacant.",
        "Niet ingevuld voor 1: Hilversum.",
        "Niet bekend voor 5: ",
    ]);
}

#[tokio::test]
async fn a_region_records_who_fills_a_function_and_that_nobody_does() {
    let (app, mut browser) = signed_in().await;
    let page = browser.get(FUNCTIONS).await;
    let typed = [("titleNl", "Aanwijzingsbesluit"), ("datedOn", "2026-06-01")];
    let form = (&page, "registerSourceDocument");
    let registered = fill(&mut browser, form, FUNCTIONS, &typed).await;
    let to = registered.location().to_owned();
    let place = to.split('?').next().unwrap();
    let key = place.strip_prefix(FUNCTIONS).unwrap().trim_matches('/');
    assert!(key.starts_with("document-vr14-"), "{key}");
    let page = browser.get(&to).await;
    page.tells(&["Het document is vastgelegd; u kunt het hieronder kiezen."]);
    let typed = [
        ("role", "DESIGNATED_OFFICER"),
        ("organisation", "Team Veiligheid"),
        ("from", "2026-06-01"),
        ("text", "Team Veiligheid is aangewezen."),
        ("source.document", key),
        ("source.place", "besluit 1"),
    ];
    // A person is no organisation: that is said at its field, and the rest is still there.
    let mut wrong = typed;
    wrong[1].1 = "Mevr. J. de Vries";
    let form = (&page, "assignFunction");
    let refused = fill(&mut browser, form, place, &wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    refused.tells(&[
        "href=\"#assignFunction.organisation\"",
        "Team Veiligheid is aangewezen.",
    ]);
    let done = fill(&mut browser, form, place, &typed).await;
    assert_eq!(done.location(), format!("{place}?gedaan=assignFunction"));
    let page = browser.get(place).await;
    page.tells(&[
        "<strong>Team Veiligheid</strong>, vanaf 1 juni 2026",
        "Bron: Aanwijzingsbesluit.",
    ]);
    page.hides(&["Niet bekend voor 6: "]);
    // Nobody fills another one; that was a mistake, and is taken back.
    let typed = [
        ("role", "CHAIN_COORDINATOR"),
        ("from", "2026-06-01"),
        ("text", "De functie is vacant."),
        ("source.document", key),
        ("source.place", "besluit 2"),
    ];
    let form = (&page, "declareFunctionVacancy");
    let done = fill(&mut browser, form, place, &typed).await;
    assert_eq!(
        done.location(),
        format!("{place}?gedaan=declareFunctionVacancy")
    );
    let page = browser.get(place).await;
    page.tells(&[
        "<strong>Niemand vervult deze functie voor de regio</strong>, vanaf 1 juni 2026.",
    ]);
    let mark = "id=\"withdrawFunctionVacancy-";
    let (_, rest) = page.body.split_once(mark).unwrap();
    let form = format!(
        "withdrawFunctionVacancy-{}",
        rest.split('"').next().unwrap()
    );
    let typed = [("source.document", key), ("source.place", "besluit 2")];
    let back = fill(&mut browser, (&page, &form), place, &typed).await;
    assert_eq!(back.status, 303, "{}", back.body);
    browser
        .get(place)
        .await
        .hides(&["Niemand vervult deze functie"]);
    // Of another area nobody records anything here.
    for role in ["MUNICIPALITY", "PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        assert_eq!(other.get(FUNCTIONS).await.status, 404, "{role}");
    }
}

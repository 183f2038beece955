//! A region sees at the workplace who fills its functions, and for which members nobody does.

use acceptance::{a_reporting_region, municipality, spawn_app_trying_out, vng};
use serde_json::json;

use super::browser::Browser;
use crate::recorded_policy::source;

const FUNCTIONS: &str = "/werkplek/regio/VR14/functies";

#[tokio::test]
async fn a_region_sees_where_its_functions_are_filled_and_where_not() {
    let app = spawn_app_trying_out();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
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

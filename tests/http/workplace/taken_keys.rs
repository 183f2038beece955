//! What a municipality records of its decision stands under a key that nobody else can take first;
//! where its region recorded it, that is said.

use acceptance::{a_period, a_reporting_region, spawn_app_trying_out, vng};
use serde_json::json;

use super::{browser::Browser, municipality::fill};

const DECISION: &str = "/werkplek/beoordelingen/GM0402/2026-2/besluit";

#[tokio::test]
async fn nobody_takes_the_key_of_a_decision_first() {
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    let document = json!({
        "key": "gm0402-2026-2-besluit", "kind": "ADMINISTRATIVE_DECISION",
        "titleNl": "Ander besluit", "datedOn": "2026-10-06", "idempotencyKey": "taken",
    });
    let registered = reviewer
        .send_mutation("registerSourceDocument", "", document)
        .await;
    assert_eq!(registered.codes(), [""; 0], "{}", registered.body);
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    let page = officer.get(DECISION).await;
    page.tells(&["Titel van het besluit"]);
    page.hides(&["Ander besluit"]);
    // The key is the same on every instance, and another one for every period and municipality.
    let key = page.hidden("key");
    let name = key.strip_prefix("gm0402-2026-2-besluit-").unwrap();
    assert_eq!(name.len(), 32);
    let instance = app.beside();
    let mut beside = Browser::at(instance.address());
    beside.cookies = officer.cookies.clone();
    assert_eq!(beside.get(DECISION).await.hidden("key"), key);
    let other = DECISION.replace("2026-2", "2027-1");
    let other = officer.get(&other).await.hidden("key");
    assert!(
        other.starts_with("gm0402-2027-1-besluit-") && !other.ends_with(name),
        "{other}"
    );
}

#[tokio::test]
async fn a_document_that_the_region_registered_is_not_shown_as_ones_own() {
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let mut region = Browser::at(app.address());
    region.try_as("REGION").await;
    let page = region.get(DECISION).await;
    let typed = [("titleNl", "Collegebesluit"), ("datedOn", "2026-10-06")];
    let form = (&page, "registerSourceDocument");
    let done = fill(&mut region, form, DECISION, &typed).await;
    assert_eq!(
        done.location(),
        format!("{DECISION}?gedaan=registerSourceDocument")
    );
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    let page = officer.get(DECISION).await;
    assert_eq!(page.status, 200);
    page.tells(&[
        "Collegebesluit, ",
        "Vastgelegd door VR14, niet door uw gemeente.",
    ]);
}

//! Keys at the workplace follow from municipality and period: whoever takes one first is named, and
//! what is recorded under it does not pass for the municipality's own.

use acceptance::{a_period, spawn_app_trying_out, vng};
use serde_json::json;

use super::browser::Browser;

const DECISION: &str = "/werkplek/beoordelingen/GM0402/2026-2/besluit";

#[tokio::test]
async fn a_document_that_another_registered_is_not_shown_as_ones_own() {
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    let page = officer.get(DECISION).await;
    page.tells(&["Titel van het besluit"]);
    page.hides(&["niet door uw gemeente"]);
    let document = json!({
        "key": "gm0402-2026-2-besluit", "kind": "ADMINISTRATIVE_DECISION",
        "titleNl": "Ander besluit", "datedOn": "2026-10-06", "idempotencyKey": "taken",
    });
    let registered = reviewer
        .send_mutation("registerSourceDocument", "", document)
        .await;
    assert_eq!(registered.codes(), [""; 0], "{}", registered.body);
    let page = officer.get(DECISION).await;
    assert_eq!(page.status, 200);
    page.tells(&[
        "Ander besluit, ",
        "Vastgelegd door VNG, niet door uw gemeente.",
    ]);
}

//! A municipality gives its region a mandate to submit for it at the workplace, and ends it.

use acceptance::{App, a_reporting_region, municipality, spawn_app_trying_out, vng};
use serde_json::{Value, json};

use super::{browser::Browser, municipality::fill};

const PAGE: &str = "/werkplek/mandaten/GM0402";

async fn signed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

async fn given(app: &App) -> Value {
    let query = "{ submissionMandates(municipality: \"GM0402\") { nodes { area { code } from lastDay isValid } } }";
    let own = app.with(&municipality("GM0402"));
    own.ask(query).await.data()["submissionMandates"]["nodes"].clone()
}

#[tokio::test]
async fn a_municipality_gives_a_mandate_and_ends_it() {
    let (app, mut browser) = signed_in().await;
    browser.get("/werkplek").await.tells(&[PAGE]);
    let page = browser.get(PAGE).await;
    page.tells(&[
        "Mandaten van Hilversum",
        "U hebt geen mandaat gegeven.",
        "<option value=\"VR14\" selected>Gooi en Vechtstreek</option>",
        "<option value=\"VR13\">Amsterdam-Amstelland</option>",
    ]);
    let form = "giveSubmissionMandate";
    let typed = [
        ("area", "VR14"),
        ("from", "2026-11-23"),
        ("lastDay", "2026-12-31"),
    ];
    // A region that does not report for it gets none, and what was typed stays.
    let shown = fill(&mut browser, (&page, form), PAGE, &typed).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "href=\"#giveSubmissionMandate.area\"",
        "Dit gebied rapporteert op die dag niet voor deze gemeente.",
        "value=\"2026-12-31\"",
    ]);
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    for (from, why) in [
        ("", "Vul in: eerste dag."),
        ("2026-11-01", "De eerste dag ligt in het verleden."),
    ] {
        let typed = [("area", "VR14"), ("from", from)];
        let shown = fill(&mut browser, (&page, form), PAGE, &typed).await;
        assert_eq!(shown.status, 422, "{from}");
        shown.tells(&[why, "href=\"#giveSubmissionMandate.from\""]);
    }
    assert_eq!(given(&app).await, json!([]));
    let done = fill(&mut browser, (&page, form), PAGE, &typed).await;
    assert_eq!(done.location(), format!("{PAGE}?gedaan={form}"));
    let mandate = |last_day: &str| {
        json!([{
            "area": { "code": "VR14" }, "from": "2026-11-23", "lastDay": last_day, "isValid": false,
        }])
    };
    assert_eq!(given(&app).await, mandate("2026-12-31"));
    let page = browser.get(done.location()).await;
    page.tells(&[
        "Het mandaat is gegeven.",
        "Gooi en Vechtstreek (VR14)",
        "Geldt nu niet; vanaf 23 november 2026 tot en met 31 december 2026.",
    ]);
    let form = "endSubmissionMandate-VR14-2026-11-23";
    let early = [("lastDay", "2026-11-01")];
    let shown = fill(&mut browser, (&page, form), PAGE, &early).await;
    assert_eq!(shown.status, 422);
    shown.tells(&["Kies een dag vanaf 2026-11-23."]);
    assert_eq!(given(&app).await, mandate("2026-12-31"));
    let ending = [("lastDay", "2026-11-30")];
    let done = fill(&mut browser, (&page, form), PAGE, &ending).await;
    assert_eq!(
        done.location(),
        format!("{PAGE}?gedaan=endSubmissionMandate#VR14-2026-11-23")
    );
    assert_eq!(given(&app).await, mandate("2026-11-30"));
}

#[tokio::test]
async fn nobody_gives_a_mandate_of_another() {
    let (app, mut browser) = signed_in().await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    for path in ["/werkplek/mandaten/GM0376", "/werkplek/mandaten/x"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    for role in ["REGION", "PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        assert_eq!(other.get(PAGE).await.status, 404, "{role}");
        other.get("/werkplek").await.hides(&["/werkplek/mandaten/"]);
    }
}

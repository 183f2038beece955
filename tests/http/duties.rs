//! A region keeps its duties, and its half-year report is composed from them.

use acceptance::{Client, a_reporting_region, ministry, municipality, region, spawn_app, vng};
use serde_json::{Value, json};

const DUTIES: &str = "{ regionalDuties(area: \"VR14\") {
    meetings { heldOn kind } cadence(year: 2026) { kind held agreed remaining }
    bottlenecks { number text since resolvedOn }
    decisions { number text decidedOn needsRatification }
    reports { half version progress confirmedAt } } }";

async fn duties(client: &Client) -> Value {
    client.ask(DUTIES).await.data()["regionalDuties"].clone()
}

fn with(key: &str, more: Value) -> Value {
    let mut input = json!({ "area": "VR14", "idempotencyKey": key });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

#[tokio::test]
async fn a_half_year_is_kept_composed_submitted_and_confirmed() {
    let app = spawn_app();
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    a_reporting_region("VR14").sent_by(&reviewer).await;

    // Meetings against the four a year that the policy prints.
    for (key, day, kind) in [
        ("m1", "2026-09-10", "OFFICIAL"),
        ("m2", "2026-11-05", "OFFICIAL"),
        ("m3", "2026-11-05", "EXECUTIVE"),
    ] {
        let meeting = with(key, json!({ "heldOn": day, "kind": kind }));
        gooi.change("recordRegionalMeeting", meeting).await;
    }
    let again = with("m4", json!({ "heldOn": "2026-11-05", "kind": "OFFICIAL" }));
    assert_eq!(
        gooi.mistakes("recordRegionalMeeting", again).await,
        ["ALREADY_RECORDED heldOn"]
    );
    let later = with("m5", json!({ "heldOn": "2026-11-23", "kind": "OFFICIAL" }));
    assert_eq!(
        gooi.mistakes("recordRegionalMeeting", later).await,
        ["DATE_IN_FUTURE heldOn"]
    );
    // Bottlenecks and a decision.
    let raised = with(
        "b1",
        json!({ "text": "Er is geen opvang voor mannen.", "since": "2026-08-01" }),
    );
    gooi.change("raiseRegionalBottleneck", raised).await;
    let wrong = with(
        "b2",
        json!({ "text": "bel 111222333", "since": "2026-12-01" }),
    );
    assert_eq!(
        gooi.mistakes("raiseRegionalBottleneck", wrong).await,
        ["PERSONAL_DATA text", "DATE_IN_FUTURE since"]
    );
    let resolve =
        |key: &str, number: i32, on: &str| with(key, json!({ "number": number, "resolvedOn": on }));
    assert_eq!(
        gooi.mistakes("resolveRegionalBottleneck", resolve("r1", 2, "2026-11-01"))
            .await,
        ["UNKNOWN_BOTTLENECK number"]
    );
    assert_eq!(
        gooi.mistakes("resolveRegionalBottleneck", resolve("r2", 1, "2026-08-01"))
            .await,
        ["DATES_OUT_OF_ORDER resolvedOn"]
    );
    gooi.change("resolveRegionalBottleneck", resolve("r3", 1, "2026-11-01"))
        .await;
    assert_eq!(
        gooi.mistakes("resolveRegionalBottleneck", resolve("r4", 1, "2026-11-02"))
            .await,
        ["ALREADY_RESOLVED number"]
    );
    let decision = with(
        "d1",
        json!({
            "text": "Eén meldpunt voor de regio.", "decidedOn": "2026-11-05",
            "needsRatification": true,
        }),
    );
    gooi.change("recordRegionalDecision", decision).await;

    // The report is composed from that, for the region alone.
    let draft = "{ regionalDuties(area: \"VR14\") { \
        draft(half: \"2026-2\") { progress particulars bottlenecks } } }";
    let composed = gooi.ask(draft).await.data()["regionalDuties"]["draft"].clone();
    assert_eq!(
        composed,
        json!({
            "progress": "Halfjaar van 1 juli 2026 tot en met 31 december 2026.\n\
                Geregistreerd: 2 ambtelijke overleggen; de norm is 4 per jaar.\n\
                Geregistreerd: 1 bestuurlijk overleg; de norm is 2 per jaar.",
            "particulars": "Besluit 1, 5 november 2026 (ter bekrachtiging door de colleges): Eén \
                meldpunt voor de regio.",
            "bottlenecks": "Knelpunt 1, sinds 1 augustus 2026, opgelost op 1 november 2026: Er is \
                geen opvang voor mannen.",
        })
    );
    assert_eq!(
        reviewer.ask(draft).await.data(),
        json!({ "regionalDuties": { "draft": null } })
    );
    let mut report = with("h1", composed);
    report["half"] = json!("2027-1");
    assert_eq!(
        gooi.mistakes("submitRegionalReport", report.clone()).await,
        ["UNKNOWN_HALF half"]
    );
    report["half"] = json!("2026-2");
    report["expectedVersion"] = json!(null);
    gooi.change("submitRegionalReport", report.clone()).await;
    report["idempotencyKey"] = json!("h2");
    assert_eq!(
        gooi.mistakes("submitRegionalReport", report.clone()).await,
        ["CONFLICT expectedVersion"]
    );
    report.as_object_mut().unwrap().remove("expectedVersion");
    gooi.change("submitRegionalReport", report.clone()).await;

    // A member of today reads all of it, the ministry what VNG confirmed, and others nothing.
    let seen = duties(&gooi).await;
    assert_eq!(
        seen["cadence"],
        json!([
            { "kind": "OFFICIAL", "held": 2, "agreed": 4, "remaining": 2 },
            { "kind": "EXECUTIVE", "held": 1, "agreed": 2, "remaining": 1 },
        ])
    );
    assert_eq!(seen["reports"].as_array().unwrap().len(), 2);
    assert_eq!(duties(&app.with(&municipality("GM0402"))).await, seen);
    assert_eq!(duties(&reviewer).await, seen);
    let nothing =
        json!({ "meetings": [], "cadence": [], "bottlenecks": [], "decisions": [], "reports": [] });
    let inspector = app.with(&ministry());
    assert_eq!(duties(&inspector).await, nothing);
    let stranger = duties(&app.with(&municipality("GM0363"))).await;
    assert_eq!(stranger["meetings"], json!([]));
    assert_eq!(stranger["reports"], json!([]));
    assert_eq!(duties(&app.public()).await, Value::Null);
    let version =
        |number: i32, key: &str| with(key, json!({ "half": "2026-2", "version": number }));
    assert_eq!(
        reviewer
            .mistakes("confirmRegionalReport", version(1, "c1"))
            .await,
        ["NOT_THE_LATEST version"]
    );
    assert_eq!(
        reviewer
            .mistakes("confirmRegionalReport", version(3, "c3"))
            .await,
        ["UNKNOWN_VERSION version"]
    );
    reviewer
        .change("confirmRegionalReport", version(2, "c2"))
        .await;
    assert_eq!(
        reviewer
            .mistakes("confirmRegionalReport", version(2, "c4"))
            .await,
        ["ALREADY_CONFIRMED version"]
    );
    let confirmed = duties(&inspector).await;
    assert_eq!(confirmed["reports"].as_array().unwrap().len(), 1);
    assert_eq!(confirmed["reports"][0]["version"], 2);
    assert_eq!(confirmed["meetings"], json!([]));
}

//! A region keeps its duties, and its half-year report is composed from them.

use acceptance::{
    App, Client, a_period, a_reporting_region, ministry, municipality, region, spawn_app,
    spawn_app_without_second_wall, vng,
};
use serde_json::{Value, json};

const DUTIES: &str = "{ regionalDuties(area: \"VR14\") {
    meetings { heldOn kind } cadence(year: 2026) { kind held agreed remaining }
    bottlenecks { number text since resolvedOn }
    decisions { number text decidedOn needsRatification }
    reports { half number progress confirmedAt } } }";

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

/// Meetings against the four a year that the policy prints.
async fn meets(gooi: &Client) {
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
}

/// Bottlenecks and a decision.
async fn raises_and_decides(gooi: &Client) {
    let raised = with(
        "b1",
        json!({ "text": "Er is geen opvang voor mannen.", "since": "2026-08-01" }),
    );
    gooi.change("raiseRegionalBottleneck", raised).await;
    let wrong = with("b2", json!({ "text": " ", "since": "2026-12-01" }));
    assert_eq!(
        gooi.mistakes("raiseRegionalBottleneck", wrong).await,
        ["TEXT_LENGTH text", "DATE_IN_FUTURE since"]
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
}

/// The report is composed from that, for the region alone.
async fn reports(gooi: &Client, reviewer: &Client) {
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
}

#[tokio::test]
async fn a_half_year_is_kept_composed_submitted_and_confirmed() {
    let app = spawn_app();
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    a_reporting_region("VR14").sent_by(&reviewer).await;
    meets(&gooi).await;
    raises_and_decides(&gooi).await;
    reports(&gooi, &reviewer).await;

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
    assert_eq!(confirmed["reports"][0]["number"], 2);
    assert_eq!(confirmed["meetings"], json!([]));
}

/// Each once, and what remains: numbers are not given again, and a meeting may be recorded anew.
async fn records_and_takes_back(gooi: &Client) {
    let meeting = |key: &str| with(key, json!({ "heldOn": "2026-11-05", "kind": "OFFICIAL" }));
    let number = |key: &str| with(key, json!({ "number": 1 }));
    for round in ["first", "second"] {
        gooi.change("recordRegionalMeeting", meeting(&format!("m {round}")))
            .await;
        gooi.change("withdrawRegionalMeeting", meeting(&format!("w {round}")))
            .await;
    }
    let bottleneck = json!({ "text": "Er is geen opvang.", "since": "2026-08-01" });
    gooi.change("raiseRegionalBottleneck", with("b1", bottleneck.clone()))
        .await;
    gooi.change("withdrawRegionalBottleneck", number("wb"))
        .await;
    gooi.change("raiseRegionalBottleneck", with("b2", bottleneck))
        .await;
    let decision = json!({
        "text": "Eén meldpunt.", "decidedOn": "2026-11-05", "needsRatification": false,
    });
    gooi.change("recordRegionalDecision", with("d1", decision.clone()))
        .await;
    gooi.change("withdrawRegionalDecision", number("wd")).await;
    gooi.change("recordRegionalDecision", with("d2", decision))
        .await;
}

#[tokio::test]
async fn what_was_recorded_by_mistake_is_taken_back_and_recorded_anew() {
    let app = spawn_app();
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    a_reporting_region("VR14").sent_by(&reviewer).await;
    records_and_takes_back(&gooi).await;
    let query = "{ regionalDuties(area: \"VR14\") { meetings { heldOn } bottlenecks { number }
        decisions { number } cadence(year: 2026) { held } } }";
    let left = json!({
        "meetings": [], "bottlenecks": [{ "number": 2 }], "decisions": [{ "number": 2 }],
        "cadence": [{ "held": 0 }, { "held": 0 }],
    });
    for client in [&gooi, &reviewer, &app.with(&municipality("GM0402"))] {
        assert_eq!(client.ask(query).await.data()["regionalDuties"], left);
    }
    // What is not there, or not there any more, cannot be taken back.
    let meeting = with(
        "none",
        json!({ "heldOn": "2026-11-05", "kind": "OFFICIAL" }),
    );
    assert_eq!(
        gooi.mistakes("withdrawRegionalMeeting", meeting).await,
        ["UNKNOWN_MEETING heldOn"]
    );
    for (mutation, mistake) in [
        ("withdrawRegionalBottleneck", "UNKNOWN_BOTTLENECK number"),
        ("withdrawRegionalDecision", "UNKNOWN_DECISION number"),
    ] {
        let first = with(mutation, json!({ "number": 1 }));
        assert_eq!(gooi.mistakes(mutation, first).await, [mistake]);
    }
    // Recorded once more, it stands.
    let meeting = with(
        "third",
        json!({ "heldOn": "2026-11-05", "kind": "OFFICIAL" }),
    );
    gooi.change("recordRegionalMeeting", meeting).await;
    let meetings = duties(&gooi).await["meetings"].clone();
    assert_eq!(
        meetings,
        json!([{ "heldOn": "2026-11-05", "kind": "OFFICIAL" }])
    );
}

/// What a bottleneck stands in the way of, and who takes it up, is told as long as it is known.
#[tokio::test]
async fn a_bottleneck_names_an_action_and_a_partner() {
    let app = spawn_app();
    let gooi = app.with(&region("VR14"));
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let bottleneck = |key: &str, action: &str, partner: &str| {
        with(
            key,
            json!({
                "text": "Er is geen opvang voor mannen.", "since": "2026-08-01",
                "action": action, "partner": partner,
            }),
        )
    };
    let unknown = bottleneck("none", "2024/99", "nobody-at-all");
    assert_eq!(
        gooi.mistakes("raiseRegionalBottleneck", unknown).await,
        ["UNKNOWN_ACTION action", "UNKNOWN_PARTNER partner"]
    );
    let known = bottleneck("known", "2024/24", "comensha");
    gooi.change("raiseRegionalBottleneck", known).await;
    let untied = json!({ "text": "Er zijn geen tolken.", "since": "2026-08-01" });
    gooi.change("raiseRegionalBottleneck", with("untied", untied))
        .await;
    let query = "{ regionalDuties(area: \"VR14\") {
        bottlenecks { number action { key } partner { key } resolvedOn } } }";
    let expected = |resolved_on: Value| {
        json!([
            { "number": 2, "action": null, "partner": null, "resolvedOn": null },
            {
                "number": 1, "action": { "key": "2024/24" }, "partner": { "key": "comensha" },
                "resolvedOn": resolved_on,
            },
        ])
    };
    let seen = gooi.ask(query).await.data();
    assert_eq!(seen["regionalDuties"]["bottlenecks"], expected(Value::Null));
    let resolved = with(
        "resolved",
        json!({ "number": 1, "resolvedOn": "2026-11-20" }),
    );
    gooi.change("resolveRegionalBottleneck", resolved).await;
    let seen = gooi.ask(query).await.data();
    assert_eq!(
        seen["regionalDuties"]["bottlenecks"],
        expected(json!("2026-11-20"))
    );
}

/// SG01 is a reporting region of Hilversum and Amsterdam; it met once, answered OH-01 for the whole
/// year, and SK-01 from today on.
async fn a_region_of_two(app: &App) {
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    let source = json!({ "document": "reference-regions", "place": "15" });
    let area = json!({
        "code": "SG01", "kind": "COOPERATION_AREA", "name": "Het Gooi", "source": source,
        "idempotencyKey": "area",
    });
    reviewer.change("registerArea", area).await;
    members(app, "2026-01-01", &["GM0402", "GM0363"]).await;
    a_reporting_region("SG01").sent_by(&reviewer).await;
    let region = app.with(&region("SG01"));
    let meeting = json!({
        "area": "SG01", "heldOn": "2026-11-05", "kind": "OFFICIAL", "idempotencyKey": "meeting",
    });
    region.change("recordRegionalMeeting", meeting).await;
    for (criterion, from) in [("OH-01", "2026-01-01"), ("SK-01", "2026-11-22")] {
        let answer = json!({
            "area": "SG01", "criterion": format!("VOORSTEL-1/{criterion}"), "answer": "MET",
            "explanation": "De regio heeft dit geregeld.", "from": from,
            "idempotencyKey": criterion,
        });
        region.change("submitRegionalAnswer", answer).await;
    }
}

async fn members(app: &App, from: &str, members: &[&str]) {
    let input = json!({
        "area": "SG01", "from": from, "members": members,
        "source": { "document": "reference-regions", "place": "15" },
        "idempotencyKey": format!("{from} {members:?}"),
    });
    app.with(&vng()).change("setAreaMembers", input).await;
}

/// The meetings and the answers of SG01 that a municipality reads at a moment.
async fn read_of_region(app: &App, code: &str, at: &str) -> Value {
    let query = format!(
        "{{ regionalDuties(area: \"SG01\", at: {at}) {{ meetings {{ heldOn }} }}
            regionalAnswers(area: \"SG01\", at: {at}) {{ nodes {{ key }} }} }}"
    );
    let data = app.with(&municipality(code)).ask(&query).await.data();
    let keys = data["regionalAnswers"]["nodes"]
        .as_array()
        .into_iter()
        .flatten();
    let keys: Vec<&Value> = keys.map(|answer| &answer["key"]).collect();
    json!([data["regionalDuties"]["meetings"], keys])
}

/// At an earlier ledger number a membership is known that was taken back or has ended since: it
/// opens nothing that it does not open now. Either wall says so.
#[tokio::test]
async fn a_membership_opens_at_an_earlier_moment_what_it_opens_now() {
    for app in [spawn_app(), spawn_app_without_second_wall()] {
        a_region_of_two(&app).await;
        let (year, today) = ("SG01/VOORSTEL-1/OH-01", "SG01/VOORSTEL-1/SK-01");
        let whole = json!([[{ "heldOn": "2026-11-05" }], [year, today]]);
        let as_member = app.database.count("select number from ledger_head").await;
        let moments = ["null".to_owned(), format!("{{ ledger: {as_member} }}")];
        for code in ["GM0402", "GM0363"] {
            for at in &moments {
                assert_eq!(read_of_region(&app, code, at).await, whole, "{code} {at}");
            }
        }
        // Amsterdam never was a member after all.
        members(&app, "2026-01-01", &["GM0402"]).await;
        for at in &moments {
            let of_amsterdam = read_of_region(&app, "GM0363", at).await;
            assert_eq!(of_amsterdam, json!([[], []]), "{at}");
            assert_eq!(read_of_region(&app, "GM0402", at).await, whole, "{at}");
        }
        // Hilversum was one until today: what counted for it until then is all that it reads.
        members(&app, "2026-11-22", &["GM0376"]).await;
        for at in &moments {
            let of_hilversum = read_of_region(&app, "GM0402", at).await;
            assert_eq!(of_hilversum, json!([[], [year]]), "{at}");
        }
    }
}

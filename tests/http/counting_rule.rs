//! "Every municipality or region": a member counts by its region once that answered all that a
//! region may answer as met, and the member adopted the regional plan; by nothing that the member
//! answers itself, and without touching its own verdict.

use acceptance::{
    App, Client, PERIOD, a_draft, a_release, a_reporting_region, ministry, municipality, region,
    spawn_app, vng,
};
use serde_json::{Value, json};

use crate::{
    rule_set::OWN,
    verdicts::{confirm, open_period, submit},
};

/// The required criteria of VOORSTEL-1 that a region may answer.
const REGIONAL: [&str; 12] = [
    "BB-04", "BB-05", "BB-07", "SV-03", "SV-04", "BW-01", "SK-01", "SK-02", "SK-03", "SK-04",
    "OH-01", "OH-02",
];

fn source() -> Value {
    json!({ "document": "policy-gooi-en-vechtstreek", "place": "25-27" })
}

pub(crate) async fn adopts(app: &App, code: &str, policy: &str, on: &str) {
    let adoption = json!({
        "policy": policy, "municipality": code, "adoptedOn": on, "source": source(),
        "idempotencyKey": format!("{policy} {code}"),
    });
    app.with(&vng()).change("recordAdoption", adoption).await;
}

fn answer(code: &str) -> Value {
    let criterion = format!("VOORSTEL-1/{code}");
    json!({
        "area": "VR14", "criterion": criterion, "answer": "MET", "from": "2026-01-01",
        "idempotencyKey": code,
    })
}

fn picture(basis: &str, rule: &str, more: &str) -> String {
    format!(
        "{{ compliancePicture(period: \"{PERIOD}\", basis: {basis}, countingRule: {rule}, by:
            SAFETY_REGION{more}) {{
            country {{ counts {{ count label }} }} groups {{ code counts {{ count }} }}
            municipalities {{ municipality {{ code }} status countsByRegion }} }} }}"
    )
}

/// The counts of the country: not assessed, not compliant, partly compliant, compliant.
async fn counts(client: &Client, basis: &str, rule: &str, more: &str) -> Vec<i64> {
    let data = client.ask(&picture(basis, rule, more)).await.data();
    let counts = data["compliancePicture"]["country"]["counts"]
        .as_array()
        .cloned();
    let counts = counts.into_iter().flatten();
    counts.map(|one| one["count"].as_i64().unwrap()).collect()
}

const EITHER: &str = "MUNICIPALITY_OR_REGION";
const ITSELF: &str = "EVERY_MUNICIPALITY";

#[tokio::test]
async fn a_member_counts_by_its_region_also_when_it_handed_in_nothing_and_its_own_verdict_stays() {
    let app = spawn_app();
    let (reviewer, gooi) = (app.with(&vng()), app.with(&region("VR14")));
    let of_ministry = app.with(&ministry());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    open_period(&app, "2026-11-30", "2026-12-15").await;
    prepare(&app).await;
    counts_from_the_last_answer_on(&app).await;
    is_listed(&app).await;
    costs_six_statements(&app).await;
    counts_when_confirmed(&app).await;
    // One answer ends: on that day nobody counts by the region any more.
    let end = json!({
        "area": "VR14", "criterion": "VOORSTEL-1/SK-01", "until": "2026-12-20",
        "idempotencyKey": "end",
    });
    gooi.change("endRegionalAnswer", end).await;
    for (day, compliant) in [("2026-12-19", 2), ("2026-12-20", 0)] {
        let counts = counts(
            &reviewer,
            "SUBMITTED",
            EITHER,
            &format!(", at: {{ day: \"{day}\" }}"),
        )
        .await;
        assert_eq!(counts[3], compliant, "{day}");
    }

    // Elsewhere two meet all that a municipality answers itself, and are confirmed so: partly.
    for code in ["GM1706", "GM1950"] {
        submit(&app, code, &OWN).await;
        confirm(&app, code).await;
    }
    // A closed period counts by what was known when it closed: Blaricum decided before, and it is
    // recorded after.
    app.clock.set("2026-12-15T22:59:59Z".parse().unwrap());
    adopts(&app, "GM0376", "gooi-en-vechtstreek-2023", "2026-12-01").await;
    assert_eq!(
        counts(&reviewer, "SUBMITTED", EITHER, "").await,
        [334, 2, 3, 3]
    );
    app.clock.set("2026-12-15T23:00:00Z".parse().unwrap());
    adopts(&app, "GM1942", "gooi-en-vechtstreek-2023", "2026-12-01").await;
    assert_eq!(
        counts(&reviewer, "SUBMITTED", EITHER, "").await,
        [334, 2, 3, 3]
    );
    // To whoever sees totals alone it is given as of the last Monday, when one less was known.
    assert_eq!(
        counts(&of_ministry, "SUBMITTED", EITHER, "").await,
        [335, 2, 3, 2]
    );

    country_is_published(&of_ministry).await;
}

/// Hilversum and Laren adopt the regional plan, Huizen one of its own. Hilversum hands in nothing;
/// Laren says of one criterion that it does not meet it, Huizen meets one itself.
async fn prepare(app: &App) {
    adopts(app, "GM0402", "gooi-en-vechtstreek-2023", "2023-06-01").await;
    adopts(app, "GM0417", "gooi-en-vechtstreek-2023", "2023-06-01").await;
    adopts(app, "GM0406", "de-bilt-2024", "2024-06-01").await;
    let laren = app.with(&municipality("GM0417"));
    let not_met = json!([{ "criterion": "SV-03", "answer": "NOT_MET" }]);
    a_draft("GM0417", not_met).sent_by(&laren).await;
    submit(app, "GM0417", &["SV-01"]).await;
    submit(app, "GM0406", &["SV-01"]).await;
    // Utrecht and Amsterdam have no policy and are confirmed so.
    for code in ["GM0344", "GM0363"] {
        submit(app, code, &["SV-01"]).await;
        confirm(app, code).await;
    }
}

/// A member counts by its region once that has answered all, and not before.
async fn counts_from_the_last_answer_on(app: &App) {
    let (reviewer, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    let gooi = app.with(&region("VR14"));
    let (last, but_last) = REGIONAL.split_last().unwrap();
    for code in but_last {
        gooi.change("submitRegionalAnswer", answer(code)).await;
    }
    let before = app.database.count("select number from ledger_head").await;
    let with_eleven = vec![338, 2, 2, 0];
    assert_eq!(
        counts(&reviewer, "SUBMITTED", EITHER, "").await,
        with_eleven
    );
    gooi.change("submitRegionalAnswer", answer(last)).await;
    // 12 of 18 by the region for Huizen, 11 for Laren, and BB-01 and BB-02 and SV-01 each: partly.
    // By the rule two of them count.
    let (itself, either) = (vec![338, 2, 2, 0], vec![337, 2, 1, 2]);
    assert_eq!(counts(&reviewer, "SUBMITTED", ITSELF, "").await, itself);
    assert_eq!(counts(&reviewer, "SUBMITTED", EITHER, "").await, either);
    for client in [&reviewer, &of_ministry] {
        // Of these VNG confirmed nothing yet.
        assert_eq!(
            counts(client, "CONFIRMED", EITHER, "").await,
            [340, 2, 0, 0]
        );
    }
    let earlier = format!(", at: {{ ledger: {before} }}");
    assert_eq!(
        counts(&reviewer, "SUBMITTED", EITHER, &earlier).await,
        with_eleven
    );
}

/// Who counts by its region is told where the verdict is; the verdict itself is told by every rule
/// alike.
async fn is_listed(app: &App) {
    let reviewer = app.with(&vng());
    let gooi = app.with(&region("VR14"));
    let laren = app.with(&municipality("GM0417"));
    let listed = async |client: &Client, rule: &str| -> Vec<Value> {
        let data = client.ask(&picture("SUBMITTED", rule, "")).await.data();
        let all = data["compliancePicture"]["municipalities"]
            .as_array()
            .unwrap()
            .clone();
        all.into_iter()
            .filter(|one| {
                !one["status"].is_null() && one["status"] != "NOT_ASSESSED"
                    || one["countsByRegion"] == true
            })
            .map(|one| {
                json!([
                    one["municipality"]["code"],
                    one["status"],
                    one["countsByRegion"]
                ])
            })
            .collect()
    };
    let partly = |by_region: bool| json!(["GM0417", "PARTLY_COMPLIANT", by_region]);
    let huizen = json!(["GM0406", "PARTLY_COMPLIANT", false]);
    let hilversum = json!(["GM0402", "NOT_ASSESSED", true]);
    let of_gooi = |rule: &str| match rule {
        EITHER => vec![hilversum.clone(), huizen.clone(), partly(true)],
        _ => vec![huizen.clone(), partly(false)],
    };
    let elsewhere = ["GM0344", "GM0363"].map(|code| json!([code, "NOT_COMPLIANT", false]));
    for rule in [EITHER, ITSELF] {
        assert_eq!(listed(&gooi, rule).await, of_gooi(rule));
        let all = [elsewhere.to_vec(), of_gooi(rule)].concat();
        assert_eq!(listed(&reviewer, rule).await, all);
    }
    let own = app.with(&municipality("GM0402"));
    assert_eq!(listed(&own, EITHER).await, [hilversum]);
    assert_eq!(listed(&laren, EITHER).await, [partly(true)]);
    // A member is told of itself and of nobody else, and neither is the public: no counts of any
    // group.
    for client in [&own, &laren, &app.public()] {
        assert_eq!(counts(client, "SUBMITTED", EITHER, "").await, [0; 0]);
    }
    assert_eq!(listed(&app.public(), EITHER).await, [Value::Null; 0]);
    let verdict = format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: SUBMITTED) {{ \
            status }} }}"
    );
    assert_eq!(
        own.ask(&verdict).await.data()["verdict"]["status"],
        "NOT_ASSESSED"
    );
    let group =
        gooi.ask(&picture("SUBMITTED", EITHER, "")).await.data()["compliancePicture"]["groups"]
            .clone();
    let vr14 = group
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["code"] == "VR14");
    assert_eq!(
        vr14.unwrap()["counts"],
        json!([{ "count": 3 }, { "count": 0 }, { "count": 1 }, { "count": 2 }])
    );
}

/// Six statements more than the other rule, whoever counts; for whoever sees no verdict, and while
/// no Monday is given, none.
async fn costs_six_statements(app: &App) {
    let (reviewer, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    let gooi = app.with(&region("VR14"));
    let own = app.with(&municipality("GM0402"));
    let costs = async |client: &Client, rule: &str| {
        client
            .ask_again(&picture("SUBMITTED", rule, ""))
            .await
            .statements()
    };
    for (client, more) in [
        (&reviewer, 6),
        (&of_ministry, 0),
        (&gooi, 6),
        (&own, 6),
        (&app.public(), 0),
    ] {
        assert_eq!(
            costs(client, EITHER).await,
            costs(client, ITSELF).await + more
        );
    }
}

/// Confirmed, it counts on that basis too, though no version was confirmed; and it is said that the
/// criteria are a proposal.
async fn counts_when_confirmed(app: &App) {
    let (reviewer, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    for code in REGIONAL {
        let mut confirmation = answer(code);
        for name in ["answer", "from"] {
            confirmation.as_object_mut().unwrap().remove(name);
        }
        confirmation["version"] = json!(1);
        reviewer.change("confirmRegionalAnswer", confirmation).await;
    }
    let confirmed = [338, 2, 0, 2];
    for client in [&reviewer, &of_ministry] {
        assert_eq!(counts(client, "CONFIRMED", EITHER, "").await, confirmed);
        assert_eq!(
            counts(client, "CONFIRMED", ITSELF, "").await,
            [340, 2, 0, 0]
        );
    }
    let seen = of_ministry
        .ask(&picture("CONFIRMED", EITHER, ""))
        .await
        .data();
    assert_eq!(
        seen["compliancePicture"]["country"]["counts"][3]["label"],
        "Voldoet, volgens voorlopige criteria"
    );
}

/// So the country is published. Who counts by its region is no secret to the region, so by this
/// rule a group is told by what the others are, and of VR14 too few are left. Once it is public,
/// the other rule would tell beside it what the three are themselves: it is refused.
async fn country_is_published(of_ministry: &Client) {
    let requested = |rule: &str, more: Value| {
        let mut requested =
            json!({ "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "countingRule": rule });
        for (name, value) in more.as_object().unwrap() {
            requested[name] = value.clone();
        }
        requested
    };
    let country = |key: &str| json!({ "level": "COUNTRY", "idempotencyKey": key });
    let prepare = async |input: Value| {
        let selection = "publication { key lines { key values { column text } } \
            manifest { label { nl } withheld { key reason } } }";
        of_ministry
            .call("preparePublication", selection, input)
            .await["publication"]
            .clone()
    };
    let withdraw = async |key: &str| {
        let input = json!({ "publication": key, "reason": "Opnieuw.", "idempotencyKey": key });
        of_ministry.change("withdrawPublication", input).await;
    };
    let withheld = |prepared: &Value, key: &str| -> Vec<Value> {
        let all = prepared["manifest"]["withheld"].as_array().unwrap().iter();
        all.filter(|line| line["key"] == key)
            .map(|line| line["reason"].clone())
            .collect()
    };
    let regions = requested(
        EITHER,
        json!({ "by": "SAFETY_REGION", "idempotencyKey": "regions" }),
    );
    assert_eq!(
        withheld(&prepare(regions).await, "VR14"),
        ["FEWER_THAN_FIVE"]
    );
    withdraw("compliance-2026-2-1").await;
    // Nobody has read that one, so another may be of something else.
    let prepared = prepare(requested(EITHER, country("first"))).await;
    let shown: Vec<&Value> = prepared["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["key"] == "NL")
        .flat_map(|line| line["values"].as_array().unwrap())
        .filter(|value| value["column"] == "compliant" || value["column"] == "not_assessed")
        .map(|value| &value["text"])
        .collect();
    assert_eq!(shown, [&json!("335"), &json!("3")]);
    assert_eq!(
        prepared["manifest"]["label"]["nl"],
        "volgens voorlopige criteria"
    );
    a_release("compliance-2026-2-2").sent_by(of_ministry).await;
    withdraw("compliance-2026-2-2").await;
    let other = requested(ITSELF, country("other"));
    assert_eq!(
        of_ministry.mistakes("preparePublication", other).await,
        ["NOT_A_REPETITION countingRule"]
    );
    assert_eq!(
        withheld(&prepare(requested(EITHER, country("again"))).await, "NL"),
        [Value::Null; 0]
    );
}

//! VNG follows what waits to be accepted, and fills in, claims, returns and confirms the whole
//! country in fewer than ten calls.

use std::fmt::Write as _;

use acceptance::{
    App, Client, PERIOD, a_draft, a_period, a_submission, met, ministry, municipality, region,
    spawn_app, vng, vng_as,
};
use serde_json::{Value, json};

const CSV: &str = "/v1/assessments/2026-2/table.csv";
/// Statements that a list may take, however long it is.
const MOST_STATEMENTS: i64 = 60;

fn table(key: &str, table: &str) -> Value {
    json!({
        "period": PERIOD, "table": table, "reason": "Opgave per brief", "idempotencyKey": key,
    })
}

/// The service with a period, in which Gooise Meren has submitted.
async fn prepared() -> App {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM1942"));
    a_draft("GM1942", met(&["SV-01"])).sent_by(&own).await;
    a_submission("GM1942").sent_by(&own).await;
    app
}

const WAITING: &str = "{ acceptanceQueue { totalCount nodes { municipality { code } period { key } \
    filling channel waitingDays } } }";

#[tokio::test]
async fn what_waits_to_be_accepted_is_listed_until_it_is_accepted_or_passed_by() {
    let app = prepared().await;
    let reviewer = app.with(&vng());
    let rows = "municipality,SV-01\nGM0376,MET\nGM0417,MET\nGM1942,MET\n";
    let head = "select number from ledger_head";
    reviewer
        .change("importAssessments", table("some", rows))
        .await;
    app.clock.set("2026-11-25T12:00:00Z".parse().unwrap());
    let item = |code: &str| {
        json!({
            "municipality": { "code": code }, "period": { "key": PERIOD }, "filling": 1,
            "channel": "TABLE", "waitingDays": 3,
        })
    };
    let queue = |codes: &[&str]| {
        let nodes: Vec<Value> = codes.iter().map(|code| item(code)).collect();
        json!({ "acceptanceQueue": { "totalCount": nodes.len(), "nodes": nodes } })
    };
    let all = ["GM0376", "GM0417", "GM1942"];
    assert_eq!(reviewer.ask(WAITING).await.data(), queue(&all));
    let elsewhere = WAITING.replace("acceptanceQueue", "acceptanceQueue(period: \"2026-1\")");
    assert_eq!(reviewer.ask(&elsewhere).await.codes(), ["NOT_FOUND"]);
    let here = WAITING.replace("acceptanceQueue", "acceptanceQueue(period: \"2026-2\")");
    assert_eq!(reviewer.ask(&here).await.data(), queue(&all));
    // One accepts, one hands in something of its own.
    let own = app.with(&municipality("GM0376"));
    let acceptance = json!({
        "municipality": "GM0376", "period": PERIOD, "filling": 1, "idempotencyKey": "accept",
        "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20",
    });
    own.change("acceptOnBehalf", acceptance).await;
    a_submission("GM1942")
        .sent_by(&app.with(&municipality("GM1942")))
        .await;
    assert_eq!(reviewer.ask(WAITING).await.data(), queue(&["GM0417"]));
    // Once the period has closed nothing is accepted any more.
    app.clock.set("2026-12-16T12:00:00Z".parse().unwrap());
    assert_eq!(reviewer.ask(WAITING).await.data(), queue(&[]));
    let before = app.database.count(head).await;
    for token in [municipality("GM0417"), region("VR14"), ministry()] {
        let withheld = app.with(&token).ask(WAITING).await;
        assert_eq!(withheld.data(), json!({ "acceptanceQueue": null }));
        assert_eq!(
            withheld.json()["extensions"]["withheld"][0]["rule"],
            "REVIEW"
        );
        assert!(!withheld.body.contains("GM0417"), "{}", withheld.body);
    }
    assert_eq!(app.database.count(head).await, before);
}

/// The same from the side of whom it waits for.
#[tokio::test]
async fn what_vng_filled_in_is_a_task_of_its_municipality_until_it_accepts_it() {
    let app = prepared().await;
    let (own, reviewer) = (app.with(&municipality("GM0376")), app.with(&vng()));
    let query = "{ openTasks(kind: ACCEPT_ON_BEHALF) { nodes { subjectKey since due mutation } } }";
    let waiting = async |client: &Client| {
        let data = client.ask(query).await.data();
        data["openTasks"]["nodes"].clone()
    };
    assert_eq!(waiting(&own).await, json!([]));
    let rows = "municipality,SV-01\nGM0376,MET\n";
    reviewer
        .change("importAssessments", table("one", rows))
        .await;
    assert_eq!(
        waiting(&own).await,
        json!([{
            "subjectKey": "GM0376/2026-2", "since": "2026-11-22", "due": "2026-11-30",
            "mutation": "acceptOnBehalf",
        }])
    );
    for other in [municipality("GM0417"), region("VR14"), vng(), ministry()] {
        assert_eq!(waiting(&app.with(&other)).await, json!([]));
    }
    let acceptance = json!({
        "municipality": "GM0376", "period": PERIOD, "filling": 1, "idempotencyKey": "accept",
        "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20",
    });
    own.change("acceptOnBehalf", acceptance).await;
    assert_eq!(waiting(&own).await, json!([]));
}

/// The codes of all municipalities of today.
async fn everybody(client: &Client) -> Vec<String> {
    let table = client.get(CSV).await;
    let lines = table.body.lines().skip(1);
    lines.map(|line| line[..6].to_owned()).collect()
}

/// Carries a list out, within the statements that a list may take; gives its payload.
async fn carried_out(client: &Client, (mutation, done): (&str, &str), input: Value) -> Value {
    let selection = format!("{done} {{ municipality {{ code }} ledger }}");
    let answer = client.send_mutation(mutation, &selection, input).await;
    let payload = answer.data()[mutation].clone();
    assert_eq!(payload["errors"], json!([]), "{mutation}");
    let statements = answer.statements();
    assert!(statements <= MOST_STATEMENTS, "{mutation}: {statements}");
    payload[done].clone()
}

/// 684 calls before, to claim and to confirm alone.
#[tokio::test]
async fn the_whole_country_takes_vng_fewer_than_ten_calls() {
    let app = spawn_app();
    let (clerk, reviewer) = (app.with(&vng()), app.with(&vng_as("colleague")));
    a_period().sent_by(&clerk).await;
    let mut calls = 1;
    let codes = everybody(&clerk).await;
    assert_eq!(codes.len(), 342);
    let mut rows = "municipality,SV-01,SV-02\n".to_owned();
    for code in &codes {
        writeln!(rows, "{code},MET,PARTLY_MET").unwrap();
    }
    // The second call tries, the third fills in, the fourth looks what waits.
    let mut dry = table("dry", &rows);
    dry["dryRun"] = true.into();
    let tried = carried_out(&clerk, ("importAssessments", "filledIn"), dry).await;
    assert_eq!(tried.as_array().unwrap().len(), 342);
    let head = app.database.count("select number from ledger_head").await;
    let filled = carried_out(
        &clerk,
        ("importAssessments", "filledIn"),
        table("all", &rows),
    )
    .await;
    assert_eq!(filled[0]["ledger"], head + 1);
    assert_eq!(filled[341]["ledger"], head + 342);
    let waiting = "{ acceptanceQueue(first: 1) { totalCount } }";
    let waiting = clerk.ask(waiting).await.data();
    assert_eq!(waiting["acceptanceQueue"]["totalCount"], 342);
    calls += 3;
    // What each municipality does itself.
    for code in &codes {
        let acceptance = json!({
            "municipality": code, "period": PERIOD, "filling": 1, "idempotencyKey": "accept",
            "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20",
        });
        let own = app.with(&municipality(code));
        own.change("acceptOnBehalf", acceptance).await;
    }
    let list = |key: &str, items: Vec<Value>| json!({ "period": PERIOD, "items": items, "idempotencyKey": key });
    // The reviewer is another one than who filled in: claims all, returns two, confirms the rest.
    let all = codes.iter().map(|code| json!({ "municipality": code }));
    let claims = list("claim", all.collect());
    let claimed = carried_out(&reviewer, ("claimReviews", "claimed"), claims).await;
    assert_eq!(claimed.as_array().unwrap().len(), 342);
    let versions = codes
        .iter()
        .map(|code| json!({ "municipality": code, "version": 1 }));
    let versions: Vec<Value> = versions.collect();
    let returns = codes[..2]
        .iter()
        .map(|code| json!({ "municipality": code, "version": 1, "reason": "Vul SV-03 aan." }));
    let returns = list("return", returns.collect());
    let returned = carried_out(&reviewer, ("returnAssessments", "returned"), returns).await;
    assert_eq!(returned.as_array().unwrap().len(), 2);
    let head = app.database.count("select number from ledger_head").await;
    let confirms = list("confirm", versions[2..].to_vec());
    let confirm = ("confirmAssessments", "confirmed");
    let confirmed = carried_out(&reviewer, confirm, confirms.clone()).await;
    calls += 3;
    let numbers: Vec<i64> = confirmed
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["ledger"].as_i64())
        .collect();
    let expected: Vec<i64> = (head + 1..=head + 340).collect();
    assert_eq!(numbers, expected);
    let entries = "select count(*) from ledger where operation = 'assessment.confirmed'";
    assert_eq!(app.database.count(entries).await, 340);
    let picture =
        format!("{{ compliancePicture(period: \"{PERIOD}\", basis: CONFIRMED) {{ members }} }}");
    let picture = reviewer.ask(&picture).await;
    assert_eq!(picture.codes(), [""; 0]);
    assert_eq!(picture.data()["compliancePicture"]["members"], 342);
    calls += 1;
    assert!(calls < 10, "{calls}");

    // A call whose answer was lost tells the same list, and changes nothing.
    let again = carried_out(&reviewer, confirm, confirms).await;
    assert_eq!(again, confirmed);
    assert_eq!(app.database.count(entries).await, 340);
}

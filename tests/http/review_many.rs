//! Many reviews in one mutation: all or nothing with every item in the way named, or what fits; each
//! decision an entry of its own; a repeat tells what was done.

use acceptance::{
    App, Client, PERIOD, a_claim, a_draft, a_period, a_reporting_region, a_submission, met,
    ministry, municipality, partner, region, spawn_app, vng, vng_as,
};
use serde_json::{Value, json};

const CODES: [&str; 22] = [
    "GM0402", "GM0376", "GM0406", "GM0417", "GM0014", "GM0034", "GM0080", "GM0106", "GM0114",
    "GM0118", "GM0119", "GM0141", "GM0147", "GM0150", "GM0153", "GM0158", "GM0160", "GM0163",
    "GM0164", "GM0166", "GM0168", "GM0200",
];

const CONFIRMED: &str = "confirmed { municipality { code } period { key } versionNumber ledger } \
    leftOut { code field message { nl } }";

/// The service with a period in which these municipalities have submitted.
async fn submitted(codes: &[&str]) -> App {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    for code in codes {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    app
}

fn list(key: &str, items: Value) -> Value {
    json!({ "period": PERIOD, "items": items, "idempotencyKey": key })
}

fn skipping(key: &str, items: Value) -> Value {
    let mut input = list(key, items);
    input["skipUnfit"] = true.into();
    input
}

/// Items with no more than the municipality.
fn of_codes(codes: &[&str]) -> Value {
    codes
        .iter()
        .map(|code| json!({ "municipality": code }))
        .collect()
}

/// Items with a version each.
fn versions(codes: &[&str], version: i32) -> Value {
    codes
        .iter()
        .map(|code| json!({ "municipality": code, "version": version }))
        .collect()
}

/// Items with a version and a reason each.
fn returns(codes: &[&str], reason: &str) -> Value {
    codes
        .iter()
        .map(|code| json!({ "municipality": code, "version": 1, "reason": reason }))
        .collect()
}

async fn state(client: &Client, code: &str) -> Value {
    let query =
        format!("{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{ state }} }}");
    client.ask(&query).await.data()["assessment"]["state"].clone()
}

/// What a list could have changed.
async fn traces(app: &App) -> i64 {
    app.database
        .count(
            "select (select count(*) from ledger) * 1000000
                + (select count(*) from fact.review_decision) * 10000
                + (select count(*) from work.claim) * 100
                + (select count(*) from work.idempotency_key where field in
                    ('claimReviews', 'confirmAssessments', 'returnAssessments'))",
        )
        .await
}

/// A service where one version is claimed by the reviewer, one by a colleague and one by nobody;
/// and a list of these and others, of which the first alone can be confirmed.
async fn mixed() -> (App, Value) {
    let app = submitted(&CODES[..4]).await;
    let reviewer = app.with(&vng());
    for code in &CODES[..2] {
        a_claim(code).sent_by(&reviewer).await;
    }
    a_claim(CODES[2])
        .sent_by(&app.with(&vng_as("colleague")))
        .await;
    let items = json!([
        { "municipality": "GM0402", "version": 1 },
        { "municipality": "GM0376", "version": 2 },
        { "municipality": "GM0406", "version": 1 },
        { "municipality": "GM0417", "version": 1 },
        { "municipality": "GM9999", "version": 1 },
        { "municipality": "GM0402", "version": 1 },
        { "municipality": "GM0014", "version": 1 },
    ]);
    (app, items)
}

const IN_THE_WAY: [&str; 6] = [
    "NOT_THE_LATEST items.1.version",
    "CLAIMED_BY_ANOTHER items.2",
    "NOT_CLAIMED items.3",
    "UNKNOWN_MUNICIPALITY items.4.municipality",
    "MUNICIPALITY_TWICE items.5.municipality",
    "NOTHING_SUBMITTED items.6",
];

#[tokio::test]
async fn it_is_all_or_nothing_and_every_item_in_the_way_is_named() {
    let (app, items) = mixed().await;
    let reviewer = app.with(&vng());
    let before = traces(&app).await;
    let refused = list("all", items);
    assert_eq!(
        reviewer.mistakes("confirmAssessments", refused).await,
        IN_THE_WAY
    );
    assert_eq!(traces(&app).await, before);
    assert_eq!(state(&reviewer, "GM0402").await, "CLAIMED");
    // The key is free: mended, the list is carried out under it.
    reviewer
        .change("confirmAssessments", list("all", versions(&CODES[..2], 1)))
        .await;
    assert_eq!(state(&reviewer, "GM0402").await, "CONFIRMED");
}

#[tokio::test]
async fn what_does_not_fit_can_be_left_out_and_a_repeat_tells_the_same() {
    let (app, items) = mixed().await;
    let reviewer = app.with(&vng());
    let head = app.database.count("select number from ledger_head").await;
    let input = skipping("some", items);
    let shown = reviewer
        .call("confirmAssessments", CONFIRMED, input.clone())
        .await;
    assert_eq!(
        shown["confirmed"],
        json!([{
            "municipality": { "code": "GM0402" }, "period": { "key": PERIOD }, "versionNumber": 1,
            "ledger": head + 1,
        }])
    );
    let left_out = shown["leftOut"].as_array().unwrap().iter();
    let left_out: Vec<String> = left_out
        .map(|one| {
            let field = one["field"].as_array().unwrap().iter();
            let field: Vec<&str> = field.filter_map(Value::as_str).collect();
            format!("{} {}", one["code"].as_str().unwrap(), field.join("."))
        })
        .collect();
    assert_eq!(left_out, IN_THE_WAY);
    assert_eq!(
        shown["leftOut"][0]["message"],
        json!({ "nl": "De laatste versie is 1." })
    );
    assert_eq!(shown["errors"], json!([]));
    assert_eq!(state(&reviewer, "GM0402").await, "CONFIRMED");
    assert_eq!(state(&reviewer, "GM0376").await, "CLAIMED");

    let before = traces(&app).await;
    let again = reviewer
        .call("confirmAssessments", CONFIRMED, input.clone())
        .await;
    assert_eq!(again, shown);
    let mut other = input;
    other["skipUnfit"] = false.into();
    assert_eq!(
        reviewer.mistake_codes("confirmAssessments", other).await,
        ["KEY_REUSED"]
    );
    // Where nothing is left, nothing was done, and it says why.
    let none = skipping("none", versions(&["GM0417"], 1));
    assert_eq!(
        reviewer.mistakes("confirmAssessments", none).await,
        ["NOT_CLAIMED items.0"]
    );
    assert_eq!(traces(&app).await, before);
}

#[tokio::test]
async fn each_decision_is_an_entry_of_its_own_and_has_its_municipality_judged() {
    let app = submitted(&CODES[..4]).await;
    let reviewer = app.with(&vng());
    let claimed = reviewer
        .call(
            "claimReviews",
            "claimed { municipality { code } versionNumber ledger } expiresAt leftOut { code }",
            list("claim", of_codes(&CODES[..4])),
        )
        .await;
    let items = CODES[..4].iter().map(
        |code| json!({ "municipality": { "code": code }, "versionNumber": 1, "ledger": null }),
    );
    assert_eq!(
        claimed,
        json!({
            "claimed": items.collect::<Vec<_>>(), "expiresAt": "2026-11-22T14:00:00+00:00",
            "leftOut": [], "errors": [],
        })
    );
    let head = app.database.count("select number from ledger_head").await;
    let confirmed = reviewer
        .call(
            "confirmAssessments",
            "confirmed { ledger }",
            list("confirm", versions(&CODES[..2], 1)),
        )
        .await;
    assert_eq!(
        confirmed["confirmed"],
        json!([{ "ledger": head + 1 }, { "ledger": head + 2 }])
    );
    let entries = "select count(*) from ledger l join fact.review_decision d
        on d.ledger_no = l.number and d.subject_key = l.subject_key
        where l.operation = 'assessment.confirmed' and d.outcome = 'CONFIRMED'";
    assert_eq!(app.database.count(entries).await, 2);
    let judged = "select count(distinct (s.municipality, s.ledger_no)) from fact.verdict_span s
        join fact.review_decision d on d.ledger_no = s.ledger_no
            and d.municipality = s.municipality
        where s.basis = 'CONFIRMED'";
    assert_eq!(app.database.count(judged).await, 2);

    // The other two are returned; without a reason neither is.
    let silent = returns(&CODES[2..4], " ");
    assert_eq!(
        reviewer
            .mistakes("returnAssessments", list("return", silent))
            .await,
        ["TEXT_LENGTH items.0.reason", "TEXT_LENGTH items.1.reason"]
    );
    reviewer
        .change(
            "returnAssessments",
            list("return", returns(&CODES[2..4], "Vul SV-02 aan.")),
        )
        .await;
    let query = format!(
        "{{ assessment(municipality: \"{}\", period: \"{PERIOD}\") {{
            state latestVersion {{ returnReason }} }} }}",
        CODES[3]
    );
    let own = app.with(&municipality(CODES[3]));
    assert_eq!(
        own.ask(&query).await.data()["assessment"],
        json!({ "state": "RETURNED", "latestVersion": { "returnReason": "Vul SV-02 aan." } })
    );
}

#[tokio::test]
async fn what_a_colleague_has_in_hand_stands_in_the_way_of_all_claims() {
    let app = submitted(&CODES[..3]).await;
    let reviewer = app.with(&vng());
    a_claim(CODES[1])
        .sent_by(&app.with(&vng_as("colleague")))
        .await;
    let before = traces(&app).await;
    let all = list("all", of_codes(&CODES[..3]));
    assert_eq!(
        reviewer.mistakes("claimReviews", all).await,
        ["CLAIMED_BY_ANOTHER items.1"]
    );
    assert_eq!(traces(&app).await, before);
    let some = skipping("some", of_codes(&CODES[..3]));
    let shown = reviewer
        .call(
            "claimReviews",
            "claimed { versionNumber } leftOut { field }",
            some,
        )
        .await;
    assert_eq!(
        shown,
        json!({
            "claimed": [{ "versionNumber": 1 }, { "versionNumber": 1 }],
            "leftOut": [{ "field": ["items", "1"] }], "errors": [],
        })
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.claim where holder <> ''")
            .await,
        3
    );
}

#[tokio::test]
async fn who_filled_in_on_behalf_confirms_none_of_these() {
    let app = submitted(&CODES[1..2]).await;
    let (own, reviewer) = (app.with(&municipality(CODES[0])), app.with(&vng()));
    let filling = json!({
        "municipality": CODES[0], "period": PERIOD, "reason": "Per telefoon.",
        "channel": "TELEPHONE", "answers": met(&["SV-01"]), "idempotencyKey": "fill",
    });
    reviewer.change("fillOnBehalf", filling).await;
    let acceptance = json!({
        "municipality": CODES[0], "period": PERIOD, "filling": 1, "idempotencyKey": "accept",
        "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20",
    });
    own.change("acceptOnBehalf", acceptance).await;
    reviewer
        .change("claimReviews", list("claim", of_codes(&CODES[..2])))
        .await;
    let both = versions(&CODES[..2], 1);
    assert_eq!(
        reviewer
            .mistakes("confirmAssessments", list("confirm", both))
            .await,
        ["FILLED_IN_BY_YOU items.0"]
    );
}

#[tokio::test]
async fn nobody_but_vng_reviews_many() {
    let app = submitted(&CODES[..1]).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let before = traces(&app).await;
    let clients = [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality(CODES[0])),
        app.with(&region("VR14")),
        app.with(&ministry()),
    ];
    for client in clients {
        for (mutation, items) in [
            ("claimReviews", of_codes(&CODES[..1])),
            ("confirmAssessments", versions(&CODES[..1], 1)),
            ("returnAssessments", returns(&CODES[..1], "Vul aan.")),
        ] {
            let answer = client
                .send_mutation(mutation, "", list("refused", items))
                .await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{mutation}");
            assert!(!answer.body.contains(CODES[0]), "{}", answer.body);
        }
    }
    assert_eq!(traces(&app).await, before);
}

#[tokio::test]
async fn a_list_has_1_to_400_items_of_a_period_that_exists() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    let items = |many: usize| -> Value {
        let codes = (1..=many).map(|number| format!("GM{number:04}"));
        codes.map(|code| json!({ "municipality": code })).collect()
    };
    for many in [0, 401] {
        assert_eq!(
            reviewer
                .mistakes("claimReviews", list("many", items(many)))
                .await,
            ["LIST_LENGTH items"],
            "{many}"
        );
    }
    let most = reviewer
        .mistakes("claimReviews", list("most", items(400)))
        .await;
    assert_eq!(most.len(), 400);
    assert!(most.iter().all(|one| !one.starts_with("LIST_LENGTH")));
    let mut elsewhere = list("elsewhere", items(1));
    elsewhere["period"] = "2031-1".into();
    assert_eq!(
        reviewer.mistakes("claimReviews", elsewhere).await,
        ["UNKNOWN_PERIOD period"]
    );
}

/// The SQL statements of a list that is carried out.
async fn cost(client: &Client, (mutation, done): (&str, &str), input: Value) -> i64 {
    let selection = format!("{done} {{ municipality {{ code }} versionNumber }}");
    let answer = client.send_mutation(mutation, &selection, input).await;
    assert_eq!(answer.data()[mutation]["errors"], json!([]), "{mutation}");
    answer.statements()
}

#[tokio::test]
async fn twenty_items_cost_as_many_statements_as_two() {
    let app = submitted(&CODES).await;
    let reviewer = app.with(&vng());
    // What payloads name is in memory from here on.
    let named = "{ municipalities(first: 1) { nodes { code } } }";
    assert_eq!(reviewer.ask(named).await.codes(), [""; 0]);
    let (few, many) = CODES.split_at(2);
    let claim = ("claimReviews", "claimed");
    assert_eq!(
        cost(&reviewer, claim, list("few", of_codes(few))).await,
        cost(&reviewer, claim, list("many", of_codes(many))).await
    );
    let give_back = ("returnAssessments", "returned");
    assert_eq!(
        cost(&reviewer, give_back, list("few", returns(few, "Vul aan."))).await,
        cost(
            &reviewer,
            give_back,
            list("many", returns(many, "Vul aan."))
        )
        .await
    );
    for code in CODES {
        let own = app.with(&municipality(code));
        a_submission(code).sent_by(&own).await;
    }
    cost(&reviewer, claim, list("again", of_codes(&CODES))).await;
    let confirm = ("confirmAssessments", "confirmed");
    assert_eq!(
        cost(&reviewer, confirm, list("few", versions(few, 2))).await,
        cost(&reviewer, confirm, list("many", versions(many, 2))).await
    );
}

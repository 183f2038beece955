//! A verdict follows its inputs: it is judged anew when one changes, it changes by itself on the
//! days that are known beforehand, and a closed period keeps what it closed with.

use acceptance::{
    App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_submission, edited, met,
    municipality, spawn_app, vng,
};
use serde_json::{Value, json};

use crate::whole_story::by_get;

/// Criteria that a municipality answers itself.
const SEVEN: [&str; 7] = [
    "BB-03", "BB-04", "BB-05", "BB-07", "SV-01", "SV-02", "SV-03",
];

pub(crate) async fn open_period(app: &App, deadline: &str, closes: &str) {
    a_period()
        .with("deadlineOn", deadline)
        .with("lastDay", closes)
        .sent_by(&app.with(&vng()))
        .await;
}

/// The municipality answers these criteria as met and submits.
pub(crate) async fn submit(app: &App, code: &str, criteria: &[&str]) {
    let client = app.with(&municipality(code));
    a_draft(code, met(criteria)).sent_by(&client).await;
    a_submission(code).sent_by(&client).await;
}

pub(crate) async fn confirm(app: &App, code: &str) {
    let reviewer = app.with(&vng());
    a_claim(code).sent_by(&reviewer).await;
    a_confirmation(code, 1).sent_by(&reviewer).await;
}

fn question(arguments: &str) -> String {
    format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", {arguments}) {{
            status since run rerun {{ status since run grounds {{ versionNumber }} }}
            grounds {{ versionNumber }} }} }}"
    )
}

async fn status(client: &Client, arguments: &str) -> Value {
    let verdict = client.ask(&question(arguments)).await.data()["verdict"].clone();
    json!([verdict["status"], verdict["since"]])
}

#[tokio::test]
async fn an_adoption_that_comes_later_judges_anew_and_its_norm_ends_at_midnight() {
    let app = spawn_app();
    open_period(&app, "2026-11-30", "2026-12-15").await;
    submit(&app, "GM0402", &SEVEN).await;
    let hilversum = app.with(&municipality("GM0402"));
    let question = question("basis: SUBMITTED");
    let first = hilversum.ask(&question).await;
    assert_eq!(
        status(&hilversum, "basis: SUBMITTED").await,
        json!(["NOT_COMPLIANT", "2026-11-22"])
    );

    // The college decided on 1 December 2022; the data set tells of it only now.
    let from = "gooi-en-vechtstreek-2023,,MUNICIPAL_EXECUTIVE,2023-05-23";
    let to = "gooi-en-vechtstreek-2023,GM0402,MUNICIPAL_EXECUTIVE,2022-12-01";
    let set = edited(&[("policy_adoptions.csv", from, to)]);
    app.database.import(&set).await;
    assert_eq!(
        status(&hilversum, "basis: SUBMITTED").await,
        json!(["PARTLY_COMPLIANT", "2026-11-22"])
    );
    let judged = hilversum
        .ask("{ ledger(subjectKind: \"Verdict\") { nodes { operation subjectKey } } }")
        .await;
    let entry = json!({ "operation": "verdict.judged", "subjectKey": "GM0402/2026-2" });
    assert_eq!(judged.data()["ledger"]["nodes"], json!([entry]));

    // Nothing new: nothing is judged anew.
    let spans = "select count(*) from fact.verdict_span";
    let before = app.database.count(spans).await;
    app.database.import(&set).await;
    assert_eq!(app.database.count(spans).await, before);

    // 48 months: 9 of 18 are met up to and including 1 December 2026, and 8 from then on, by no
    // write of anybody.
    let head = "select number from ledger_head";
    let ledger = app.database.count(head).await;
    let overdue = json!(["NOT_COMPLIANT", "2026-12-02"]);
    let requested = status(&hilversum, "basis: SUBMITTED, at: { day: \"2026-12-02\" }").await;
    assert_eq!(requested, overdue);
    let picture =
        "{ compliancePicture(period: \"2026-2\", basis: SUBMITTED) { counts { count } } }";
    let counts = async || {
        let data = app.with(&vng()).ask(picture).await.data();
        data["compliancePicture"]["counts"].clone()
    };
    let of = |counts: [i64; 4]| json!(counts.map(|count| json!({ "count": count })));
    app.clock.set("2026-12-01T22:59:59Z".parse().unwrap());
    assert_eq!(
        status(&hilversum, "basis: SUBMITTED").await[0],
        "PARTLY_COMPLIANT"
    );
    assert_eq!(counts().await, of([341, 0, 1, 0]));
    let (_, etag) = by_get(&app, picture, Some(&vng()), "").await;
    let (known, _) = by_get(&app, picture, Some(&vng()), &etag).await;
    assert_eq!(known, 304);
    app.clock.set("2026-12-01T23:00:00Z".parse().unwrap());
    assert_eq!(status(&hilversum, "basis: SUBMITTED").await, overdue);
    assert_eq!(counts().await, of([341, 1, 0, 0]));
    let (known, _) = by_get(&app, picture, Some(&vng()), &etag).await;
    assert_eq!(known, 200);
    let feed = hilversum
        .get("/v1/feeds/fact_verdict_current.csv")
        .await
        .body;
    assert!(
        feed.contains("SUBMITTED,Hilversum,NOT_COMPLIANT") && feed.contains(",2026-12-02,"),
        "{feed}"
    );
    assert_eq!(app.database.count(head).await, ledger);

    // What was known before is told as it was told then.
    let then = question.replace(
        "basis: SUBMITTED",
        &format!(
            "basis: SUBMITTED, at: {{ ledger: {}, day: \"2026-11-22\" }}",
            first.ledger()
        ),
    );
    assert_eq!(hilversum.ask(&then).await.data(), first.data());
}

#[tokio::test]
async fn a_closed_period_keeps_its_verdicts_and_a_rerun_stands_beside() {
    let app = spawn_app();
    open_period(&app, "2026-11-22", "2026-11-22").await;
    submit(&app, "GM0402", &SEVEN).await;
    app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    confirm(&app, "GM0402").await;

    let hilversum = app.with(&municipality("GM0402"));
    let confirmed = hilversum.ask(&question("basis: CONFIRMED")).await.data();
    let rerun = json!({ "status": "NOT_COMPLIANT", "since": "2026-11-23", "run": "AFTER_CLOSING",
        "grounds": { "versionNumber": 1 } });
    assert_eq!(
        confirmed["verdict"],
        json!({
            "status": "NOT_ASSESSED", "since": null, "run": "IN_PERIOD", "rerun": rerun,
            "grounds": null,
        })
    );
    let submitted = hilversum.ask(&question("basis: SUBMITTED")).await.data();
    assert_eq!(
        submitted["verdict"],
        json!({ "status": "NOT_COMPLIANT", "since": "2026-11-22", "run": "IN_PERIOD", "rerun": null,
            "grounds": { "versionNumber": 1 } })
    );
    let history = "{ verdictHistory(municipality: \"GM0402\", basis: SUBMITTED) { nodes {
        municipality { code } period { key } status since run } } }";
    assert_eq!(
        hilversum.ask(history).await.data(),
        json!({
            "verdictHistory": { "nodes": [
                {
                    "municipality": { "code": "GM0402" }, "period": { "key": PERIOD },
                    "status": "NOT_COMPLIANT", "since": "2026-11-22", "run": "IN_PERIOD",
                },
            ] },
        })
    );
    let stranger = app.with(&municipality("GM0363"));
    assert_eq!(
        stranger.ask(history).await.data(),
        json!({ "verdictHistory": { "nodes": [] } })
    );
    // It is counted nowhere.
    let picture = "{ compliancePicture(period: \"2026-2\") { counts { status count } } }";
    let counts = app.with(&vng()).ask(picture).await.data();
    assert_eq!(
        counts["compliancePicture"]["counts"][0],
        json!({ "status": "NOT_ASSESSED", "count": 342 })
    );
}

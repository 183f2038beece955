//! One rule of what is on time: the deadline in force, also when it was moved after handing in.
//! The version, the picture, the queue, the tables and the tasks say the same.

use acceptance::{
    App, Client, PERIOD, a_claim, a_draft, a_period, a_submission, met, municipality, spawn_app,
    vng,
};
use serde_json::{Value, json};

/// What the version, the picture, the queue and the table say of Hilversum.
async fn shown(reviewer: &Client, at: &str) -> [Value; 4] {
    let assessment = reviewer
        .ask(&format!(
            "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\"{at}) {{
                versions {{ onTime }} }} }}"
        ))
        .await;
    let picture = reviewer
        .ask(&format!(
            "{{ compliancePicture(period: \"{PERIOD}\", basis: SUBMITTED{at}) {{
                municipalities {{ municipality {{ code }} submission }} }} }}"
        ))
        .await;
    let municipalities = picture.data()["compliancePicture"]["municipalities"].clone();
    let own = municipalities
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["municipality"]["code"] == "GM0402")
        .unwrap();
    let queue = reviewer
        .ask("{ reviewQueue { nodes { onTime municipality { code } } } }")
        .await;
    let queue = queue.data()["reviewQueue"]["nodes"].clone();
    let waiting = queue
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["municipality"]["code"] == "GM0402")
        .unwrap();
    [
        assessment.data()["assessment"]["versions"][0]["onTime"].clone(),
        own["submission"].clone(),
        waiting["onTime"].clone(),
        json!(in_table(reviewer, "is_on_time").await),
    ]
}

/// A cell of the version of Hilversum, in the table of submissions.
async fn in_table(client: &Client, column: &str) -> String {
    let csv = client.get("/v1/feeds/fact_submission_history.csv").await;
    let mut lines = csv.body.trim_start_matches('\u{feff}').lines();
    let header = lines.next().unwrap();
    let by = if header.contains(';') { ';' } else { ',' };
    let at = header.split(by).position(|name| name == column).unwrap();
    let row = lines.find(|line| line.contains("GM0402")).unwrap();
    row.split(by).nth(at).unwrap().to_owned()
}

async fn submitted_late() -> App {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    app.clock.set("2026-12-02T12:00:00Z".parse().unwrap());
    for code in ["GM0402", "GM0406"] {
        let client = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&client).await;
        a_submission(code).sent_by(&client).await;
    }
    app
}

fn extension(day: &str) -> Value {
    json!({
        "municipality": "GM0402", "period": PERIOD, "deadlineOn": day, "reason": "Ziekte",
        "idempotencyKey": day,
    })
}

#[tokio::test]
async fn an_extension_given_after_handing_in_makes_it_on_time_everywhere() {
    let app = submitted_late().await;
    let reviewer = app.with(&vng());
    let late = [json!(false), json!("LATE"), json!(false), json!("FALSE")];
    assert_eq!(shown(&reviewer, "").await, late);
    let before = app.database.count("select number from ledger_head").await;
    app.clock.set("2026-12-03T12:00:00Z".parse().unwrap());
    reviewer
        .change("extendDeadline", extension("2026-12-05"))
        .await;
    let on_time = [json!(true), json!("ON_TIME"), json!(true), json!("TRUE")];
    assert_eq!(shown(&reviewer, "").await, on_time);
    // What was known before it stays so.
    let [version, picture, ..] = shown(&reviewer, &format!(", at: {{ ledger: {before} }}")).await;
    assert_eq!([version, picture], [json!(false), json!("LATE")]);
    // The row of the table is of the entry of the extension, so that a refresh brings it.
    let entry: i64 = in_table(&reviewer, "ledger_no").await.parse().unwrap();
    assert_eq!(entry, before + 1);
}

#[tokio::test]
async fn what_was_returned_is_due_by_the_deadline_in_force() {
    let app = submitted_late().await;
    let reviewer = app.with(&vng());
    reviewer
        .change("extendDeadline", extension("2026-12-05"))
        .await;
    app.clock.set("2026-12-04T12:00:00Z".parse().unwrap());
    for code in ["GM0402", "GM0406"] {
        a_claim(code).sent_by(&reviewer).await;
        let returned = json!({
            "municipality": code, "period": PERIOD, "version": 1, "reason": "Onvolledig.",
            "idempotencyKey": code,
        });
        reviewer.change("returnAssessment", returned).await;
    }
    // Of Huizen the deadline had passed: it may hand in until the period closes.
    for (code, due) in [("GM0402", "2026-12-05"), ("GM0406", "2026-12-15")] {
        let tasks = app
            .with(&municipality(code))
            .ask("{ openTasks { nodes { kind due } } }")
            .await;
        let tasks = tasks.data()["openTasks"]["nodes"].clone();
        let resubmit = tasks
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["kind"] == "RESUBMIT_ASSESSMENT")
            .unwrap();
        assert_eq!(resubmit["due"], due, "{code}");
    }
}

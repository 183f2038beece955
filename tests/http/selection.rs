//! What a document does not want is not read, and what it wants is the same whatever stands beside
//! it.

use acceptance::{App, Client, a_draft, a_period, a_submission, met, municipality, spawn_app, vng};
use serde_json::{Value, json};

use crate::publications::{confirmed, spawn_with_period};

const CODE: &str = "GM1680";

/// An assessment with two versions, of which the later has one answer more.
async fn twice_submitted() -> App {
    let app = spawn_app();
    let own = app.with(&municipality(CODE));
    a_period().sent_by(&app.with(&vng())).await;
    a_draft(CODE, met(&["SV-01"])).sent_by(&own).await;
    a_submission(CODE).sent_by(&own).await;
    a_draft(CODE, met(&["SV-02"])).sent_by(&own).await;
    a_submission(CODE).sent_by(&own).await;
    app
}

fn document(selection: &str) -> String {
    format!("{{ assessment(municipality: \"{CODE}\", period: \"2026-2\") {{ {selection} }} }}")
}

async fn read(client: &Client, selection: &str) -> Value {
    client.ask(&document(selection)).await.data()["assessment"].clone()
}

#[tokio::test]
async fn the_latest_version_is_the_last_of_all() {
    const ALL: &str = "number hash receipt approvedByFunction approvedOn
        answers { answer explanation explanationState criterion { code } evidence { kind } }";
    let app = twice_submitted().await;
    for client in [app.with(&municipality(CODE)), app.with(&vng())] {
        let versions = read(&client, &format!("versions {{ {ALL} }}")).await["versions"].clone();
        let latest = read(&client, &format!("latestVersion {{ {ALL} }}")).await;
        assert_eq!(versions.as_array().unwrap().len(), 2);
        assert_eq!(versions[1], latest["latestVersion"]);
        let codes = |version: &Value| -> Vec<Value> {
            let answers = version["answers"].as_array().unwrap().iter();
            answers
                .map(|one| one["criterion"]["code"].clone())
                .collect()
        };
        assert_eq!(codes(&versions[0]), [json!("SV-01")]);
        assert_eq!(codes(&versions[1]), [json!("SV-01"), json!("SV-02")]);
        // Each field by itself, the hash also where no answers are wanted.
        for field in [
            "number",
            "hash",
            "receipt",
            "approvedByFunction",
            "approvedOn",
        ] {
            let one = read(&client, &format!("latestVersion {{ {field} }}")).await;
            let own = &versions[1][field];
            assert!(!own.is_null(), "{field}");
            assert_eq!(one["latestVersion"], json!({ field: own }));
        }
        let spread = "latestVersion { ... on AssessmentVersion { a: answers { answer } } }";
        let spread = read(&client, spread).await["latestVersion"]["a"].clone();
        assert_eq!(spread, json!([{ "answer": "MET" }, { "answer": "MET" }]));
    }
}

#[tokio::test]
async fn an_assessment_costs_what_its_document_wants() {
    let app = twice_submitted().await;
    let reviewer = app.with(&vng());
    let costs = async |client: &Client, selection: &str| {
        let answer = client.ask_again(&document(selection)).await;
        assert_eq!(answer.json()["errors"], Value::Null, "{}", answer.body);
        answer.statements()
    };
    let versions = costs(&reviewer, "latestVersion { number submittedAt }").await;
    for (more, selection) in [
        (0, "municipality { name } period { key }"),
        (2, "latestVersion { hash }"),
        (1, "latestVersion { answers { answer } }"),
        // The evidence comes with the answers.
        (1, "latestVersion { answers { answer evidence { kind } } }"),
        (1, "versions { answers { answer evidence { kind } } }"),
        // Nobody gave a reason.
        (0, "latestVersion { reason returnReason withdrawalReason }"),
        // Once, however often it is wanted.
        (
            2,
            "a: latestVersion { hash } b: latestVersion { answers { answer } }",
        ),
        // The questions and the claim, in one statement.
        (1, "state"),
        (1, "state questions { question }"),
        (1, "onBehalf { number }"),
        (0, "draft { answers { answer } }"),
    ] {
        assert_eq!(
            costs(&reviewer, selection).await,
            versions + more,
            "{selection}"
        );
    }
    let own = app.with(&municipality(CODE));
    let versions = costs(&own, "latestVersion { number }").await;
    let draft = costs(&own, "draft { answers { answer } }").await;
    assert_eq!(draft, versions + 1);
}

const WHOLE: &str = "{ compliancePicture(period: \"2026-2\", by: SAFETY_REGION) {
    counts { status count label }
    country { members submissions { received onTime } criteria { met } }
    groups { code members counts { status count label } submissions { received }
        submissionsWithheld criteria { met } }
    municipalities { municipality { code region { code } } availability status since label
        submission submissionLabel waitingSince } } }";

/// Keeps of a tree what another has.
fn like(tree: &Value, part: &Value) -> Value {
    match (tree, part) {
        (Value::Object(tree), Value::Object(part)) => part
            .iter()
            .map(|(name, part)| (name.clone(), like(&tree[name], part)))
            .collect(),
        (Value::Array(tree), Value::Array(part)) => {
            assert_eq!(tree.len(), part.len());
            let pairs = tree.iter().zip(part);
            pairs.map(|(tree, part)| like(tree, part)).collect()
        }
        _ => tree.clone(),
    }
}

#[tokio::test]
async fn a_part_of_a_picture_is_as_in_the_whole() {
    let app = spawn_with_period("PROPOSED").await;
    for code in ["GM0402", "GM0417"] {
        confirmed(&app, code, 1, &["SV-01", "SV-02"]).await;
    }
    a_draft("GM1680", met(&["SV-01"]))
        .sent_by(&app.with(&municipality("GM1680")))
        .await;
    a_submission("GM1680")
        .sent_by(&app.with(&municipality("GM1680")))
        .await;
    for client in [
        app.public(),
        app.with(&vng()),
        app.with(&municipality("GM0402")),
        app.with(&acceptance::ministry()),
    ] {
        let whole = client.ask(WHOLE).await.data();
        for part in [
            "counts { count }",
            "counts { label }",
            "country { members }",
            "country { criteria { met } }",
            "groups { code members counts { status count } }",
            "groups { code counts { label } }",
            "groups { submissions { received } }",
            "groups { submissionsWithheld }",
            "municipalities { municipality { code } status }",
            "municipalities { status since }",
            "municipalities { label }",
            "municipalities { waitingSince }",
            "municipalities { submissionLabel }",
        ] {
            let document = format!(
                "{{ compliancePicture(period: \"2026-2\", by: SAFETY_REGION) {{ {part} }} }}"
            );
            let found = client.ask(&document).await.data();
            assert_eq!(found, like(&whole, &found), "{part}");
        }
    }
}

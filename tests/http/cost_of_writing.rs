//! What a save and a submission cost: exactly so many statements, however many answers they hold.

use acceptance::{App, Client, PERIOD, a_period, municipality, spawn_app, vng};
use serde_json::{Value, json};

/// What a municipality answers itself in VOORSTEL-1.
const OWN: [&str; 22] = [
    "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-01", "SV-02", "SV-03", "SV-04", "SV-05",
    "BW-01", "BW-02", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06", "OH-01", "OH-02", "OH-03",
    "OH-04", "OH-05",
];

const DRAFT: &str = "assessment { state draft { answers { criterion { code } answer revision } } }";

async fn prepared() -> App {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    app
}

/// Saves answers that were seen at a revision; gives the answers of the payload and the statements.
async fn save(client: &Client, codes: &[&str], selection: &str, seen: Option<i32>) -> (Value, i64) {
    let answers: Vec<Value> = codes
        .iter()
        .map(|code| {
            json!({ "criterion": code, "answer": "MET", "explanation": "Beschreven.",
                "revision": seen })
        })
        .collect();
    let input = json!({ "municipality": "GM0402", "period": PERIOD, "answers": answers });
    let answer = client.send_mutation("saveDraft", selection, input).await;
    let payload = answer.data()["saveDraft"].clone();
    assert_eq!(payload["errors"], json!([]));
    (
        payload["assessment"]["draft"]["answers"].clone(),
        answer.statements(),
    )
}

#[tokio::test]
async fn a_save_costs_the_same_for_one_answer_and_for_all() {
    let app = prepared().await;
    let hilversum = app.with(&municipality("GM0402"));
    // The first save also makes the draft, and looks for what the last assessment said.
    save(&hilversum, &["SV-01"], DRAFT, None).await;
    // Who asks, the draft, its answers, and the answers to keep. What is told is of the same moment,
    // and what is named everybody may read.
    let (_, one) = save(&hilversum, &["SV-01"], "", Some(1)).await;
    assert_eq!(one, 4);
    let (_, all) = save(&hilversum, &OWN[..5], "", None).await;
    assert_eq!(all, 4);
    // The versions are read for the payload before the commit. With the begin and the commit that
    // makes seven.
    let (answers, with_payload) = save(&hilversum, &OWN[6..], DRAFT, None).await;
    assert_eq!(answers.as_array().map(Vec::len), Some(22));
    assert_eq!(with_payload, 5);
    // What is told is what is there.
    let question = format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ draft {{ answers {{
           criterion {{ code }} answer revision }} }} }} }}"
    );
    let read = hilversum.ask(&question).await.data();
    assert_eq!(read["assessment"]["draft"]["answers"], answers);
}

#[tokio::test]
async fn a_submission_costs_sixteen_statements() {
    let app = prepared().await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, &OWN, "", None).await;
    let input = |key: &str, reason: Option<&str>| {
        json!({ "municipality": "GM0402", "period": PERIOD, "idempotencyKey": key,
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
            "reason": reason })
    };
    // Who asks, the key, the draft, the ledger, what is named, the answers, the versions before;
    // the version with its texts, the purpose, the cases, what they depend on, the verdicts; the
    // outcome, the facts as they are kept, the seal. Then, in another transaction, who asks.
    let first = hilversum
        .send_mutation("submitAssessment", "", input("one", None))
        .await;
    assert_eq!(first.data()["submitAssessment"]["errors"], json!([]));
    assert_eq!(first.statements(), 16);
    // Of a version before it, also what VNG did with it.
    let second = hilversum
        .send_mutation("submitAssessment", "", input("two", Some("Aangevuld.")))
        .await;
    assert_eq!(second.data()["submitAssessment"]["errors"], json!([]));
    // What came before is compared: one for its hash.
    assert_eq!(second.statements(), 18);
    // A repeat is known by its key: who asks, the key, what is kept under it; and who asks.
    let again = hilversum
        .send_mutation(
            "submitAssessment",
            "version { number }",
            input("two", Some("Aangevuld.")),
        )
        .await;
    assert_eq!(again.data()["submitAssessment"]["version"]["number"], 2);
    let counts = app
        .database
        .count("select count(*) from fact.answer where explanation_text is not null");
    assert_eq!(counts.await, 44);
}

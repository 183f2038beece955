//! What an edition would do to the verdicts of the last period: counted before anybody proposes it,
//! and kept nowhere.

use acceptance::{
    App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_submission, municipality,
    spawn_app, vng,
};
use serde_json::{Value, json};

const VERDICTS: &str =
    "verdicts { period { key } referenceDate counts { basis before after count } }";

/// The criteria of the first edition but for SV-01.
const OTHERS: [&str; 24] = [
    "BB-01", "BB-02", "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-02", "SV-03", "SV-04",
    "SV-05", "BW-01", "BW-02", "SK-01", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06", "OH-01",
    "OH-02", "OH-03", "OH-04", "OH-05",
];

/// An edition of SV-01 alone, tried.
fn of_one() -> Value {
    json!({
        "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
        "normMonths": 48, "inheritanceGraceMonths": 24, "carried": ["SV-01"], "dropped": OTHERS,
        "criteria": [], "idempotencyKey": "tried", "dryRun": true,
    })
}

async fn verdicts(client: &Client, input: Value) -> Value {
    let shown = client
        .change_and_read("proposeEdition", VERDICTS, input)
        .await;
    shown["verdicts"].clone()
}

/// Hilversum says that it meets SV-01, and is confirmed; Blaricum says that it does not.
async fn reported() -> App {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    for (code, answer) in [("GM0402", "MET"), ("GM0376", "NOT_MET")] {
        let own = app.with(&municipality(code));
        let answers = json!([{ "criterion": "SV-01", "answer": answer }]);
        a_draft(code, answers).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    a_claim("GM0402").sent_by(&reviewer).await;
    a_confirmation("GM0402", 1).sent_by(&reviewer).await;
    app
}

#[tokio::test]
async fn a_dry_run_counts_what_the_verdicts_of_the_last_period_would_be() {
    let app = reported().await;
    let reviewer = app.with(&vng());
    let traces = "select (select count(*) from ledger) * 1000
        + (select count(*) from fact.verdict_span)
        + (select count(*) from fact.verdict_rerun)";
    let before = app.database.count(traces).await;
    let count = |basis: &str, after: &str| json!({ "basis": basis, "before": "NOT_COMPLIANT", "after": after, "count": 1 });
    assert_eq!(
        verdicts(&reviewer, of_one()).await,
        json!({
            "period": { "key": PERIOD }, "referenceDate": "2026-11-22",
            "counts": [
                count("CONFIRMED", "COMPLIANT"),
                count("SUBMITTED", "NOT_COMPLIANT"),
                count("SUBMITTED", "COMPLIANT"),
            ],
        })
    );
    assert_eq!(app.database.count(traces).await, before);
    // As it stands it changes nothing; and what the municipalities see is what it was.
    let mut same = of_one();
    same["carried"] = OTHERS.into_iter().chain(["SV-01"]).collect();
    same["dropped"] = json!([]);
    let same = verdicts(&reviewer, same).await;
    assert_eq!(
        same["counts"],
        json!([
            count("CONFIRMED", "NOT_COMPLIANT"),
            { "basis": "SUBMITTED", "before": "NOT_COMPLIANT", "after": "NOT_COMPLIANT",
                "count": 2 },
        ])
    );
    let own = app.with(&municipality("GM0402"));
    let verdict = format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: CONFIRMED) {{ status }} }}"
    );
    assert_eq!(
        own.ask(&verdict).await.data()["verdict"],
        json!({ "status": "NOT_COMPLIANT" })
    );
    // Nobody else tries an edition.
    let answer = own
        .send_mutation("proposeEdition", VERDICTS, of_one())
        .await;
    assert_eq!(answer.codes(), ["FORBIDDEN"]);
    assert!(!answer.body.contains("COMPLIANT"), "{}", answer.body);
    assert_eq!(app.database.count(traces).await, before);
}

#[tokio::test]
async fn without_a_period_there_are_no_verdicts_to_try() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    assert_eq!(verdicts(&reviewer, of_one()).await, Value::Null);
    // What is proposed for good tells of none either.
    let mut proposed = of_one();
    proposed["dryRun"] = false.into();
    assert_eq!(verdicts(&reviewer, proposed).await, Value::Null);
}

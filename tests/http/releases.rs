//! An embargo ends at its instant, once, for every reader, in the name of whoever decided.

use acceptance::{ministry, noon, spawn_app};
use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::json;

#[tokio::test]
async fn a_decision_is_carried_out_at_its_instant_and_once() {
    let app = spawn_app();
    let as_ministry = app.with(&ministry());
    for mutation in [
        r#"mutation { openMonitoringRound(input: { key: "2026-1", titleNl: "Overzicht", titleEn:
            "Overview",
            dateEarliest: "2026-05-01", dateLatest: "2026-10-31", idempotencyKey: "open" }) {
            errors { code } } }"#,
        r#"mutation { reportStatus(input: { round: "2026-1", action: 30, status: COMPLETED,
            idempotencyKey: "30" }) { errors { code } } }"#,
        r#"mutation { reportStatus(input: { round: "2026-1", action: 31, status: COMPLETED,
            idempotencyKey: "31" }) { errors { code } } }"#,
    ] {
        let answer = as_ministry.ask(mutation).await;
        assert!(answer.body.contains("\"errors\":[]"), "{}", answer.body);
    }
    let until = noon() + TimeDelta::hours(1);
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(&format!(
            "insert into work.timed_release (kind, key, release_at, decision, decided_by) values
                ('MONITORING_ROUND', '2026-1',
                '{}', '{}', 'somebody')",
            until.to_rfc3339(),
            json!({
                "kind": "MONITORING_ROUND", "round": "2026-1", "accepted": [30], "left_out": [32],
            })
        ))
        .await
        .unwrap();
    superuser.close().await.unwrap();

    let question = "{ openRounds { nodes { key } } dashboard { round { key } } action(number: 30) { status } \
        other: action(number: 31) { status } }";
    let before = app.public().ask_again(question).await;
    app.clock.set(until - TimeDelta::microseconds(1));
    let still = app.public().ask(question).await;
    assert_eq!(still.data(), before.data());
    assert_eq!(
        still.data()["openRounds"]["nodes"],
        json!([{ "key": "2026-1" }])
    );
    let number = still.json()["extensions"]["ledger"].as_i64().unwrap();

    // At the instant many ask at once: all see it, one entry stands in the ledger.
    app.clock.set(until);
    let client = app.public();
    let (one, two, three, four) = tokio::join!(
        client.ask(question),
        client.ask(question),
        client.ask(question),
        as_ministry.ask(question)
    );
    for answer in [one, two, three, four] {
        assert_eq!(
            answer.data(),
            json!({
                "openRounds": { "nodes": [] }, "dashboard": { "round": { "key": "2026-1" } },
                "action": { "status": "COMPLETED" },
                "other": { "status": before.data()["other"]["status"] },
            })
        );
        assert_eq!(answer.json()["extensions"]["ledger"], number + 3);
    }
    let later = app.public().ask_again(question).await;
    assert_eq!(later.statements(), before.statements());
    let entries = "select count(*) from ledger where operation = 'monitoringRound.closed' and
        actor_role = 'MINISTRY'
        and actor_subject = 'somebody' and number > (select max(number) - 3 from ledger)";
    assert_eq!(app.database.count(entries).await, 1);
    assert_eq!(
        app.database
            .count("select count(*) from work.timed_release")
            .await,
        0
    );
}

#[tokio::test]
async fn a_decision_that_cannot_be_carried_out_closes_nothing_else() {
    let app = spawn_app();
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(&format!(
            "insert into work.timed_release (kind, key, release_at, decision) values \
                ('MONITORING_ROUND', 'x', '{}', '{{}}')",
            noon().to_rfc3339()
        ))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let answer = app.public().ask("{ openRounds { nodes { key } } }").await;
    assert_eq!(answer.data(), json!({ "openRounds": { "nodes": [] } }));
}

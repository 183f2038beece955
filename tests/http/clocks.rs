//! A clock that ran ahead: an instance whose clock and that of the database are more than two
//! seconds apart answers, and writes nothing, releases nothing and is not ready.

use acceptance::{
    App, Instance, a_report, a_round, keep_log_lines, log_lines, ministry, noon, spawn_app, vng,
};
use chrono::TimeDelta;
use database::roles;
use domain::clock::Clock;
use ledger::first_in_the_future;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

/// An instance whose clock is ahead by so much.
fn ahead(app: &App, by: TimeDelta) -> Instance {
    let clock = Clock::settable(app.clock.now() + by);
    clock.set_ahead(by);
    app.beside_with(&clock)
}

async fn head(app: &App) -> i64 {
    app.database.count("select number from ledger_head").await
}

/// A round that closes an hour after noon.
async fn with_release() -> App {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    a_report(30, "COMPLETED").sent_by(&of_ministry).await;
    let until = noon() + TimeDelta::hours(1);
    let decision = json!({
        "kind": "MONITORING_ROUND", "round": "2026-1", "accepted": [30], "left_out": [],
    });
    let superuser = app.database.superuser().await;
    superuser
        .execute_unprepared(&format!(
            "insert into work.timed_release (kind, key, release_at, decision, decided_by) values
                ('MONITORING_ROUND', '2026-1', '{}', '{decision}', 'somebody')",
            until.to_rfc3339()
        ))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    app
}

const OPEN: &str = "{ openRounds { nodes { key } } }";

#[tokio::test]
async fn an_instance_whose_clock_runs_ahead_ends_no_embargo() {
    let app = with_release().await;
    let before = head(&app).await;
    let open = json!({ "openRounds": { "nodes": [{ "key": "2026-1" }] } });
    let closed = json!({ "openRounds": { "nodes": [] } });
    let fast = ahead(&app, TimeDelta::hours(2));
    assert_eq!(fast.public().ask(OPEN).await.data(), open);
    assert_eq!(app.public().ask(OPEN).await.data(), open);
    assert_eq!(head(&app).await, before);
    // At the instant itself the instance whose clock is right ends it.
    app.clock.set(noon() + TimeDelta::hours(1));
    assert_eq!(fast.public().ask(OPEN).await.data(), open);
    assert_eq!(app.public().ask(OPEN).await.data(), closed);
    assert_eq!(fast.public().ask(OPEN).await.data(), closed);
}

#[tokio::test]
async fn beyond_two_seconds_nothing_is_written_and_it_is_not_ready() {
    let app = spawn_app();
    let before = head(&app).await;
    let clock = Clock::settable(noon());
    let beside = app.beside_with(&clock);
    let period = |key: &str| {
        json!({
            "key": key, "edition": "VOORSTEL-1", "idempotencyKey": key,
            "opensOn": "2026-11-01", "deadlineOn": "2026-11-30", "lastDay": "2026-12-15",
        })
    };
    for milliseconds in [2001_i64, -2001, 3_600_000] {
        clock.set_ahead(TimeDelta::milliseconds(milliseconds));
        let ready = beside.public().get("/health/ready").await;
        assert_eq!(ready.status, 503, "{milliseconds}");
        assert_eq!(ready.json()["code"], "UNAVAILABLE");
        assert!(
            ready.body.contains(&format!("{milliseconds} ms")),
            "{}",
            ready.body
        );
        let metrics = beside.public().get("/metrics").await;
        let seconds = milliseconds as f64 / 1000.0;
        let line = format!("stm_clock_ahead_seconds {seconds}\n");
        assert!(metrics.body.contains(&line), "{}", metrics.body);
        let answer = beside
            .with(&vng())
            .send_mutation("openReportingPeriod", "", period("2026-2"))
            .await;
        assert_eq!(answer.codes(), ["UNAVAILABLE"], "{milliseconds}");
        assert!(!answer.body.contains("clock"), "{}", answer.body);
        // Whoever asks is answered, and the other instance goes on.
        let viewer = beside.public().ask("{ viewer { role } }").await;
        assert_eq!(viewer.data(), json!({ "viewer": { "role": "PUBLIC" } }));
        assert_eq!(app.public().get("/health/ready").await.status, 200);
    }
    assert_eq!(head(&app).await, before);
    for milliseconds in [2000, -2000] {
        clock.set_ahead(TimeDelta::milliseconds(milliseconds));
        let ready = beside.public().get("/health/ready").await;
        assert_eq!(ready.status, 200, "{milliseconds}");
    }
    beside
        .with(&vng())
        .change("openReportingPeriod", period("2026-2"))
        .await;
    assert!(head(&app).await > before);
}

/// The reader of the head and every session compare the clocks, and log their turn once together.
#[tokio::test]
async fn a_turn_of_the_clocks_is_logged_once_whoever_finds_it() {
    keep_log_lines();
    let app = spawn_app();
    let clock = Clock::settable(noon());
    let beside = app.beside_with(&clock);
    let kept = beside.public().taking_kept();
    kept.ask(OPEN).await;
    // No other test has a clock that is ahead by so much.
    for milliseconds in [7_777, -7_777] {
        let turns = || -> usize {
            let lines = log_lines("clock.ahead_ms").into_iter();
            lines
                .filter(|line| line["clock.ahead_ms"] == milliseconds)
                .count()
        };
        clock.set_ahead(TimeDelta::milliseconds(milliseconds));
        for _ in 0..3 {
            assert_eq!(kept.ask(OPEN).await.statements(), 1);
            assert_eq!(turns(), 1);
            assert_eq!(beside.public().get("/health/ready").await.status, 503);
            beside.public().ask(OPEN).await;
        }
        assert_eq!(turns(), 1);
        clock.set_ahead(TimeDelta::zero());
        kept.ask(OPEN).await;
        assert_eq!(beside.public().get("/health/ready").await.status, 200);
    }
}

#[tokio::test]
async fn a_head_in_the_future_is_reported() {
    let app = spawn_app();
    let ready = async || -> Value { app.public().get("/health/ready").await.json() };
    let before = ready().await;
    assert_eq!(
        before,
        json!({ "status": "ready", "ledger": head(&app).await })
    );
    let future = async || {
        let auditor = app.database.connect(roles::AUDITOR).await;
        let found = first_in_the_future(&auditor, app.clock.now())
            .await
            .unwrap();
        auditor.close().await.unwrap();
        found.map(|entry| entry.to_string())
    };
    assert_eq!(future().await, None);
    // As a clock that ran an hour ahead left it, before clocks were compared.
    app.clock.set(noon() + TimeDelta::hours(1));
    let first = head(&app).await + 1;
    a_round().sent_by(&app.with(&ministry())).await;
    app.clock.set(noon());
    let last = head(&app).await;
    assert_eq!(
        ready().await,
        json!({ "status": "ready", "ledger": last, "ledgerAheadMs": 3_600_000 })
    );
    let found = future().await.unwrap();
    assert!(
        found.starts_with(&format!(
            "entries {first} to {last} are stamped in the future, from 2026-11-22T13:00:00+00:00"
        )),
        "{found}"
    );
    let metrics = app.public().get("/metrics").await;
    assert!(
        metrics.body.contains("stm_ledger_ahead_seconds 3600\n"),
        "{}",
        metrics.body
    );
    app.clock.set(noon() + TimeDelta::hours(2));
    assert_eq!(ready().await, json!({ "status": "ready", "ledger": last }));
    assert_eq!(future().await, None);
}

//! How often a caller may ask, and what happens while the database goes away.

use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use acceptance::{spawn_app, spawn_app_limited, vng};
use chrono::TimeDelta;
use futures_util::future::join_all;
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use transport::limits::Limits;

use super::{HONEST, OPEN_PERIOD, answer, headers, opens_period, refusal, request};

#[tokio::test]
async fn too_many_requests_are_answered_with_when_to_come_back() {
    let limits = Limits {
        public_per_minute: NonZeroU32::new(3).unwrap(),
        signed_in_per_minute: NonZeroU32::new(2).unwrap(),
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, Default::default());
    let ask = |token: Option<String>| {
        let request = request(&app, Method::POST, "/v1/graphql");
        let request = request.json(&json!({ "query": "{ viewer { role } }" }));
        match token {
            Some(token) => request.bearer_auth(token).send(),
            None => request.send(),
        }
    };
    for left in [2, 1, 0] {
        let response = ask(None).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(
            headers(&response, "ratelimit-policy"),
            ["\"address\";q=3;w=60"]
        );
        let shown = headers(&response, "ratelimit").concat();
        assert!(
            shown.starts_with(&format!("\"address\";r={left};t=")),
            "{shown}"
        );
    }
    let response = ask(None).await.unwrap();
    let seconds: u64 = headers(&response, "retry-after").concat().parse().unwrap();
    assert!((1..=21).contains(&seconds), "{seconds}");
    let error = refusal(&answer(response).await, 429, "RATE_LIMITED");
    assert_eq!(error["extensions"]["limit"], 3);
    assert_eq!(error["extensions"]["retryAfterSeconds"], seconds);
    // A bucket per person: the address is empty, this one is not. A wrong token counts for the
    // address.
    for status in [200, 200, 429] {
        assert_eq!(ask(Some(vng())).await.unwrap().status(), status);
    }
    assert_eq!(ask(Some("wrong".to_owned())).await.unwrap().status(), 429);
    // Feeds and sockets count as well; what is no question does not.
    let feed = app.public().get("/v1/feeds/dim_action.csv").await;
    assert_eq!(
        (feed.status, &feed.json()["code"]),
        (429, &json!("RATE_LIMITED"))
    );
    for path in [
        "/v1/publications/budget-2024-1.json",
        "/v1/deadlines.ics",
        "/v1/receipts",
        "/v1/reminders.csv",
        "/v1/editions/VOORSTEL-1.xlsx",
        "/v1/pictures/dashboard.svg",
        "/wijzigingen.atom",
        "/zoeken?q=loket",
        "/ontvangstbewijs",
        "/werkplek/aanmelden",
        "/docs/begrippen?q=oordeel",
        "/",
    ] {
        let answer = app.public().get(path).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (429, &json!("RATE_LIMITED")),
            "{path}"
        );
    }
    let page = app.public().get("/v1/odata/public/dim_action").await;
    assert_eq!(
        (page.status, &page.json()["error"]["code"]),
        (429, &json!("RATE_LIMITED"))
    );
    for path in ["/health/live", "/docs/begrippen"] {
        assert_eq!(app.public().get(path).await.status, 200, "{path}");
    }
}

/// The connections of the service are cut again and again while it is asked.
#[tokio::test]
async fn a_database_that_goes_away_is_one_clear_answer() {
    let app = spawn_app();
    let client = app.public();
    let expected = client.ask(HONEST).await.data();
    let mut answered = 0;
    for _ in 0..40 {
        let requested = async {
            request(&app, Method::POST, "/v1/graphql")
                .json(&json!({ "query": HONEST }))
                .send()
                .await
                .unwrap()
        };
        let cut = app.database.count(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity
             where datname = current_database() and usename = 'stm_app'",
        );
        let (response, _) = tokio::join!(requested, cut);
        if response.status() == 200 {
            assert_eq!(answer(response).await.data(), expected);
            answered += 1;
        } else {
            assert_eq!(headers(&response, "retry-after"), ["1"]);
            let error = refusal(&answer(response).await, 503, "UNAVAILABLE");
            assert_eq!(
                error["message"],
                "The data cannot be reached for a moment. Please try again."
            );
        }
    }
    assert!(answered > 0);
    assert_eq!(client.ask(HONEST).await.data(), expected);
}

/// A disk that is full refuses what is written and lets reads through. That is no fault of ours and
/// passes: the caller comes back, and whoever shares the load out asks another instance meanwhile.
#[tokio::test]
async fn a_full_disk_is_unavailable_and_heals_by_itself() {
    let app = spawn_app();
    let superuser = app.database.superuser().await;
    let entries = "select count(*) from ledger";
    let before = app.database.count(entries).await;
    superuser
        .execute_unprepared(
            "create function no_room() returns trigger language plpgsql as $$
             begin
                 raise exception 'could not extend file: No space left on device'
                     using errcode = 'disk_full';
             end $$;
             create trigger no_room before insert on ledger execute function no_room()",
        )
        .await
        .unwrap();
    let opens = request(&app, Method::POST, "/v1/graphql")
        .bearer_auth(vng())
        .json(&json!({ "query": OPEN_PERIOD }));
    let response = opens.send().await.unwrap();
    assert_eq!(headers(&response, "retry-after"), ["1"]);
    let error = refusal(&answer(response).await, 503, "UNAVAILABLE");
    assert_eq!(
        error["message"],
        "The data cannot be reached for a moment. Please try again."
    );
    assert_eq!(app.database.count(entries).await, before);

    // Reads go on; who asks whether it is ready hears that it is not, for half a minute.
    assert_eq!(app.public().ask(HONEST).await.codes(), [""; 0]);
    let ready = async || app.public().get("/health/ready").await.status;
    assert_eq!(ready().await, 503);
    app.clock.set(app.clock.now() + TimeDelta::seconds(30));
    assert_eq!(ready().await, 200);

    // The next write finds out, and one that is kept ends it at once.
    let client = app.with(&vng());
    assert_eq!(client.ask(OPEN_PERIOD).await.codes(), ["UNAVAILABLE"]);
    assert_eq!(ready().await, 503);
    superuser
        .execute_unprepared("drop trigger no_room on ledger")
        .await
        .unwrap();
    opens_period(&app).await;
    assert_eq!(ready().await, 200);
    superuser.close().await.unwrap();
}

/// More writers wait for the ledger than there are connections, and half of these stay free for
/// readers.
#[tokio::test]
async fn readers_are_answered_while_writers_wait_for_the_ledger() {
    let app = spawn_app();
    let before = app.database.count("select number from ledger_head").await;
    let lock = app.database.superuser().await;
    lock.execute_unprepared("begin; select number from ledger_head for update")
        .await
        .unwrap();
    let write = async |number: u8| {
        let key = format!("waits-{number}");
        let document = json!({
            "key": key, "kind": "STATEMENT", "titleNl": "Brief", "idempotencyKey": key,
        });
        let client = app.with(&vng());
        let answer = client
            .send_mutation("registerSourceDocument", "", document)
            .await;
        // Whoever waits for four seconds is told to come back.
        let codes = answer.codes();
        assert!(
            codes.is_empty() || codes == ["UNAVAILABLE"],
            "{}",
            answer.body
        );
        i64::from(codes.is_empty())
    };
    let writers = join_all((0..12).map(&write));
    let readers = async {
        let waiting = "select count(*) from pg_stat_activity where datname = current_database()
            and usename = 'stm_app' and xact_start is not null";
        while app.database.count(waiting).await < 4 {}
        let began = Instant::now();
        for _ in 0..5 {
            assert_eq!(app.public().ask(HONEST).await.codes(), [""; 0]);
        }
        assert!(
            began.elapsed() < Duration::from_secs(3),
            "{:?}",
            began.elapsed()
        );
        lock.execute_unprepared("commit").await.unwrap();
    };
    let (written, ()) = tokio::join!(writers, readers);
    let kept: i64 = written.iter().sum();
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        before + kept
    );
    lock.close().await.unwrap();
}

/// Whoever waits for the ledger waits in line first, and for its holder then: each in time, both
/// together longer than a statement may run.
#[tokio::test]
async fn a_write_that_waits_twice_for_the_ledger_may_come_back() {
    let app = spawn_app();
    let numbers = "select number from ledger_head";
    let before = app.database.count(numbers).await;
    let holder = app.database.superuser().await;
    let first_in_line = app.database.superuser().await;
    let lock = "begin; set local lock_timeout = '3s'; select number from ledger_head for update";
    holder.execute_unprepared(lock).await.unwrap();
    let waiting = "select count(*) from pg_stat_activity where datname = current_database()
        and wait_event_type = 'Lock'";
    let second_in_line = async {
        while app.database.count(waiting).await == 0 {}
        let opens = request(&app, Method::POST, "/v1/graphql")
            .bearer_auth(vng())
            .json(&json!({ "query": OPEN_PERIOD }));
        opens.send().await.unwrap()
    };
    let (left, response) = tokio::join!(first_in_line.execute_unprepared(lock), second_in_line);
    assert!(left.is_err());
    assert_eq!(headers(&response, "retry-after"), ["1"]);
    let error = refusal(&answer(response).await, 503, "UNAVAILABLE");
    assert_eq!(
        error["message"],
        "The data cannot be reached for a moment. Please try again."
    );
    assert_eq!(app.database.count(numbers).await, before);
    holder.execute_unprepared("commit").await.unwrap();
    opens_period(&app).await;
    holder.close().await.unwrap();
    first_in_line.close().await.unwrap();
}

/// A reader that waits for a lock is cancelled as soon as its client leaves, and not when its time
/// is over.
#[tokio::test]
async fn what_nobody_waits_for_is_cancelled() {
    let app = spawn_app();
    let lock = app.database.superuser().await;
    lock.execute_unprepared("begin; lock table fact.action in access exclusive mode")
        .await
        .unwrap();
    let waiting = "select count(*) from pg_stat_activity where datname = current_database()
        and usename = 'stm_app' and wait_event_type = 'Lock'";
    let requested = request(&app, Method::POST, "/v1/graphql")
        .json(&json!({ "query": "{ action(number: 1) { key } }" }))
        .send();
    tokio::select! {
        _ = requested => panic!("the table is locked"),
        () = async { while app.database.count(waiting).await == 0 {} } => {}
    }
    let left = Instant::now();
    while app.database.count(waiting).await > 0 {}
    assert!(
        left.elapsed() < Duration::from_secs(3),
        "{:?}",
        left.elapsed()
    );
}

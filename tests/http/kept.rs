//! Answers that are kept: the same bytes by POST and GET, compressed as the client likes, for one
//! read of the head, and gone with the state that they were of.

use std::{
    io::Read as _,
    num::NonZeroU32,
    sync::atomic::{AtomicBool, Ordering},
};

use acceptance::{
    App, Client, Instance, a_draft, a_period, a_report, a_round, a_submission, audit_lines,
    keep_log_lines, met, ministry, municipality, noon, spawn_app, spawn_app_limited, vng,
};
use chrono::TimeDelta;
use compliance::redaction;
use database::{Database, roles};
use domain::clock::Clock;
use flate2::read::GzDecoder;
use futures_util::future::join_all;
use reqwest::{Method, Response, header};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use transport::{TrustedDocuments, limits::Limits};

use crate::audit::{NAME, everybody, found, write_it};

const PERIODS: &str = "{ reportingPeriods { key } }";

/// A number of `/metrics`.
pub(crate) async fn metric(client: &Client, name: &str) -> u64 {
    let text = client.get("/metrics").await.body;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap().trim().parse().unwrap()
}

/// An answer without the number of its statements.
pub(crate) fn without_statements(mut answer: Value) -> Value {
    if let Some(extensions) = answer["extensions"].as_object_mut() {
        extensions.remove("statements");
    }
    answer
}

async fn sent(app: &App, method: Method, headers: &[(&str, &str)]) -> Response {
    let address = format!("{}/v1/graphql", app.address());
    let request = acceptance::http().request(method.clone(), address);
    let request = match method {
        Method::GET => request.query(&[("query", PERIODS)]),
        _ => request.json(&json!({ "query": PERIODS })),
    };
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    response
}

/// The names of all headers, and the values of those that are the same for every request.
fn shown(response: &Response) -> Vec<(String, String)> {
    let differ = ["date", "ratelimit", "traceparent", "x-request-id"];
    // A kept body has its length; one that is compressed while it leaves has none.
    let framing = ["content-length", "transfer-encoding"];
    let mut shown: Vec<_> = response
        .headers()
        .iter()
        .filter(|(name, _)| !framing.contains(&name.as_str()))
        .map(|(name, value)| {
            let value = value.to_str().unwrap();
            let value = if differ.contains(&name.as_str()) {
                ""
            } else {
                value
            };
            (name.to_string(), value.to_owned())
        })
        .collect();
    shown.sort_unstable();
    shown.dedup();
    shown
}

#[tokio::test]
async fn a_kept_answer_has_the_headers_of_a_computed_one_and_is_compressed_as_requested() {
    let app = spawn_app();
    let kept = async || metric(&app.public(), "stm_kept_hits_total").await;
    for accepted in ["gzip", "br", "deflate", "identity", "br;q=0.1, gzip"] {
        let encoding = (header::ACCEPT_ENCODING.as_str(), accepted);
        let computed = [encoding, ("cache-control", "no-cache")];
        let computed = sent(&app, Method::POST, &computed).await;
        let before = kept().await;
        for _ in 0..2 {
            let response = sent(&app, Method::POST, &[encoding]).await;
            assert_eq!(shown(&response), shown(&computed), "{accepted}");
            if accepted.ends_with("gzip") {
                let mut text = String::new();
                let bytes = response.bytes().await.unwrap();
                GzDecoder::new(bytes.as_ref())
                    .read_to_string(&mut text)
                    .unwrap();
                let answer: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(answer["data"], json!({ "reportingPeriods": [] }));
                assert_eq!(answer["extensions"]["statements"], 1);
            }
        }
        assert_eq!(kept().await, before + 2, "{accepted}");
    }
}

#[tokio::test]
async fn get_and_post_give_the_same_bytes_and_get_their_version() {
    let app = spawn_app();
    let computed = sent(&app, Method::GET, &[("cache-control", "no-cache")]).await;
    let kept = sent(&app, Method::GET, &[]).await;
    assert_eq!(metric(&app.public(), "stm_kept_hits_total").await, 1);
    for name in ["etag", "cache-control", "vary", "content-type"] {
        assert_eq!(kept.headers()[name], computed.headers()[name], "{name}");
    }
    assert_eq!(
        kept.headers()["cache-control"],
        "public, max-age=60, must-revalidate"
    );
    // Who sends POST gets the same bytes, and no version to keep.
    let posted = sent(&app, Method::POST, &[]).await;
    assert_eq!(posted.headers()["cache-control"], "no-store");
    assert!(!posted.headers().contains_key("etag"));
    assert_eq!(metric(&app.public(), "stm_kept_hits_total").await, 2);
    assert_eq!(kept.bytes().await.unwrap(), posted.bytes().await.unwrap());
}

#[tokio::test]
async fn a_kept_answer_counts_for_whoever_asks() {
    let limits = Limits {
        public_per_minute: const { NonZeroU32::new(3).unwrap() },
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, TrustedDocuments::default());
    let client = app.public().taking_kept();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(client.ask(PERIODS).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
    assert_eq!(metric(&client, "stm_kept_hits_total").await, 2);
}

#[tokio::test]
async fn a_kept_answer_tells_the_statement_that_it_sent() {
    let app = spawn_app();
    let client = app.public().taking_kept();
    let question = "{ dashboard { day round { key } } }";
    // What everybody may read is in memory once somebody of another role has asked.
    let another = app.with(&vng());
    another.ask(question).await;
    let first = client.ask(question).await;
    let computed = app.public().ask(question).await;
    assert_eq!(first, computed);
    let second = client.ask(question).await;
    assert_eq!(second.statements(), 1);
    assert_eq!(
        without_statements(second.json()),
        without_statements(first.json())
    );
    // The head has moved on: it was read, and then the answer was computed.
    a_period().sent_by(&another).await;
    let third = client.ask(question).await;
    let computed = app.public().ask(question).await;
    assert!(third.ledger() > first.ledger());
    assert_eq!(third.ledger(), computed.ledger());
    assert!(third.statements() > computed.statements());
    assert_eq!(client.ask(question).await.statements(), 1);
    let own = app.with(&municipality("GM0402")).taking_kept();
    let hits = metric(&client, "stm_kept_hits_total").await;
    own.ask(question).await;
    assert_eq!(metric(&client, "stm_kept_hits_total").await, hits);
    // Another text is another document.
    let other = client.ask(" { dashboard { day round { key } } }").await;
    assert_eq!(other.statements(), computed.statements());
}

/// The id of the assessment of Hilversum, as JSON: the same in every database.
async fn id_of_a_draft() -> Value {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    let question = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { id } }";
    own.ask(question).await.data()["assessment"]["id"].clone()
}

#[tokio::test]
async fn what_fails_and_what_has_no_ledger_number_is_computed_each_time() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402")).taking_kept();
    for question in [
        "{ viewer { role } }",
        "{ openTasks { totalCount } }",
        "{ feedKeys { totalCount } }",
        "{ functionalMailboxes { totalCount } }",
        "{ action(number: 33) { may } }",
        "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { state } }",
        "{ municipality(code: \"GM9999\") { label } }",
        "{ dashboard(at: { ledger: 999999 }) { day } }",
    ] {
        let first = own.ask_again(question).await;
        assert_eq!(own.ask(question).await, first, "{question}");
    }
    assert_eq!(metric(&own, "stm_kept_hits_total").await, 0);
    assert_eq!(metric(&own, "stm_kept_bytes").await, 0);
    // A draft has no ledger number, and is told at once; by `node` too, where nothing was before.
    let node = format!("{{ node(id: {}) {{ id }} }}", id_of_a_draft().await);
    assert!(own.ask(&node).await.data()["node"].is_null());
    let question = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { \
        draft { answers { criterion { code } } } } }";
    let before = own.ask(question).await.data();
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    assert_ne!(own.ask(question).await.data(), before);
    assert!(own.ask(&node).await.data()["node"]["id"].is_string());
}

#[tokio::test]
async fn without_room_and_by_no_store_nothing_is_kept() {
    let limits = Limits {
        kept_bytes: 0,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, TrustedDocuments::default());
    let client = app.public().taking_kept();
    let first = client.ask_again(PERIODS).await;
    assert_eq!(client.ask(PERIODS).await, first);
    assert_eq!(metric(&client, "stm_kept_hits_total").await, 0);
    let app = spawn_app();
    sent(&app, Method::POST, &[("cache-control", "no-store")]).await;
    assert_eq!(metric(&app.public(), "stm_kept_bytes").await, 0);
    assert_eq!(metric(&app.public(), "stm_kept_misses_total").await, 1);
}

const ROUND: &str = "{ openRounds { nodes { key } } dashboard { round { key } } \
    action(number: 30) { status } }";

/// A round whose closing is decided, an hour after noon.
pub(crate) async fn with_release() -> App {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    a_report(30, "COMPLETED").sent_by(&of_ministry).await;
    let decision = json!({
        "kind": "MONITORING_ROUND", "round": "2026-1", "accepted": [30], "left_out": [],
    });
    let until = noon() + TimeDelta::hours(1);
    let superuser = app.database.superuser().await;
    let insert = format!(
        "insert into work.timed_release (kind, key, release_at, decision, decided_by) values
            ('MONITORING_ROUND', '2026-1', '{}', '{decision}', 'somebody')",
        until.to_rfc3339(),
    );
    superuser.execute_unprepared(&insert).await.unwrap();
    superuser.close().await.unwrap();
    app
}

#[tokio::test]
async fn no_kept_answer_outlives_an_embargo_or_the_day() {
    let app = with_release().await;
    let second = app.beside();
    let clients = [app.public().taking_kept(), second.public().taking_kept()];
    let open = json!([{ "key": "2026-1" }]);
    for client in &clients {
        client.ask(ROUND).await;
    }
    let until = noon() + TimeDelta::hours(1);
    app.clock.set(until - TimeDelta::microseconds(1));
    for client in &clients {
        let still = client.ask(ROUND).await;
        assert_eq!(still.data()["openRounds"]["nodes"], open);
        assert_eq!(still.statements(), 1);
    }
    // The read of the head tells none while something is due: nobody is given what held a moment
    // before.
    app.clock.set(until);
    let at_once = join_all((0..20).map(|n| clients[n % 2].ask(ROUND))).await;
    for answer in at_once {
        assert_eq!(answer.data()["openRounds"]["nodes"], json!([]));
        assert_eq!(answer.data()["action"]["status"], "COMPLETED");
    }
    let day = "{ dashboard { day } }";
    let today = clients[0].ask(day).await;
    assert_eq!(today.data()["dashboard"]["day"], "2026-11-22");
    assert_eq!(clients[0].ask(day).await.statements(), 1);
    // Midnight in Amsterdam.
    app.clock.set(noon() + TimeDelta::hours(11));
    let tomorrow = clients[0].ask(day).await;
    assert_eq!(tomorrow.data()["dashboard"]["day"], "2026-11-23");
    assert_eq!(tomorrow.statements(), today.statements() + 1);
}

/// What tells the text, of now and of a number at which it stood there.
fn surfaces(head: i64) -> [String; 3] {
    [
        "{ action(number: 33) { explanation statusHistory { explanation } } }".to_owned(),
        "{ search(text: \"zwartkopje\") { nodes { key excerpt } } }".to_owned(),
        format!("{{ action(number: 33, at: {{ ledger: {head} }}) {{ explanation }} }}"),
    ]
}

/// Asks until the text is blanked, and then once more: an answer to a request that was sent
/// afterwards tells nothing of it.
async fn watches(client: &Client, surfaces: &[String; 3], is_blank: &AtomicBool) {
    let mut must_be_gone = false;
    while !must_be_gone {
        must_be_gone = is_blank.load(Ordering::SeqCst);
        for surface in surfaces {
            let body = client.ask(surface).await.body;
            assert!(!(must_be_gone && body.contains(NAME)), "{body}");
        }
    }
}

#[tokio::test]
async fn after_a_redaction_no_instance_tells_the_text_at_any_moment() {
    let app = spawn_app();
    write_it(&app).await;
    let second: Instance = app.beside();
    let head = app.database.count("select number from ledger_head").await;
    let surfaces = surfaces(head);
    let mut clients: Vec<Client> = everybody(&app).into();
    clients.extend([
        second.public(),
        second.with(&vng()),
        second.with(&ministry()),
    ]);
    let clients: Vec<Client> = clients.iter().map(Client::taking_kept).collect();
    // All of them are kept, on both instances.
    for client in &clients {
        for surface in &surfaces {
            client.ask(surface).await;
            let kept = client.ask(surface).await;
            assert_eq!(kept.statements(), 1, "{surface}");
            let is_search = surface.contains("search");
            assert!(is_search || kept.body.contains(NAME), "{}", kept.body);
        }
    }
    let copies = found(&app, "StatusReport", "2026-1/2024/33").await;
    let url = app.database.url(roles::OWNER);
    let owner = Database::connect(&url, 1, Clock::settable(noon()))
        .await
        .unwrap();
    let is_blank = AtomicBool::new(false);
    let blanks = async {
        let done = redaction::redact(&owner, &copies, "Verzoek om wissing").await;
        is_blank.store(true, Ordering::SeqCst);
        done.unwrap();
    };
    let watching = clients
        .iter()
        .map(|client| watches(client, &surfaces, &is_blank));
    tokio::join!(blanks, join_all(watching));
}

#[tokio::test]
async fn each_answer_that_tells_of_others_by_privilege_leaves_its_line() {
    const SUBJECT: &str = "GM0173/2026-2";
    keep_log_lines();
    let app = spawn_app();
    let (own, of_vng) = (
        app.with(&municipality("GM0173")),
        app.with(&vng()).taking_kept(),
    );
    a_period().sent_by(&of_vng).await;
    a_draft("GM0173", met(&["SV-01"])).sent_by(&own).await;
    a_submission("GM0173").sent_by(&own).await;
    let question = "{ verdict(municipality: \"GM0173\", period: \"2026-2\", basis: SUBMITTED) { \
        grounds { criteria { reasons { nl } } } } }";
    let before = audit_lines(SUBJECT).len();
    of_vng.ask(question).await;
    let lines = audit_lines(SUBJECT).len() - before;
    assert!(lines > 0);
    assert_eq!(of_vng.ask(question).await.statements(), 1);
    assert_eq!(audit_lines(SUBJECT).len() - before, 2 * lines);
}

/// However many ask at once, the head is read by the one statement that is under way, and by the
/// one after it.
#[tokio::test]
async fn requests_that_come_at_once_share_one_read_of_the_head() {
    const MANY: usize = 100;
    let app = spawn_app();
    let client = app.public().taking_kept();
    client.ask(PERIODS).await;
    let reads = metric(&client, "stm_head_reads_total").await;
    let superuser = app.database.superuser().await;
    let hold = "begin; lock table ledger_head in access exclusive mode";
    superuser.execute_unprepared(hold).await.unwrap();
    let answers = join_all((0..MANY).map(|_| client.ask(PERIODS)));
    let all_wait = async {
        while metric(&app.public(), "stm_head_waiting").await < 100 {}
        superuser.execute_unprepared("commit").await.unwrap();
    };
    let (answers, ()) = tokio::join!(answers, all_wait);
    for answer in &answers {
        assert_eq!(answer.statements(), 1);
    }
    assert_eq!(metric(&client, "stm_head_reads_total").await, reads + 2);
    assert_eq!(metric(&client, "stm_kept_hits_total").await, 100);
    superuser.close().await.unwrap();
}

//! Subscriptions as server-sent events: the same streams as over a socket, for who has only HTTP.

use std::{num::NonZeroU32, time::Duration};

use acceptance::{App, ministry, municipality, noon, spawn_app, spawn_app_limited, vng};
use chrono::TimeDelta;
use reqwest::{
    Method, RequestBuilder,
    header::{self, HeaderValue},
};
use serde_json::{Value, json};
use transport::limits::Limits;

use super::{answer, headers, opens_period, refusal, request};

const EVENTS: &str = "text/event-stream";
const REPORTED: &str = "subscription ($since: Position) { statusReported(since: $since) {
        ledger position action { key } } }";

fn accepting(app: &App, method: Method, accept: &str) -> RequestBuilder {
    let accept = (header::ACCEPT, HeaderValue::from_str(accept).unwrap());
    request(app, method, "/v1/graphql").headers([accept].into_iter().collect())
}

#[tokio::test]
async fn a_subscription_goes_on_where_it_was_and_a_query_is_one_event() {
    let app = spawn_app();
    let reported = app
        .database
        .count("select count(*) from ledger where subject_kind = 'StatusReport'")
        .await;
    let mut whole = app.public().follow(REPORTED, json!({ "since": 0 })).await;
    for (name, value) in [
        ("content-type", "text/event-stream; charset=utf-8"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(headers(whole.response(), name), [value]);
    }
    let mut shown = Vec::new();
    for _ in 0..reported {
        shown.push(whole.data().await);
    }
    let number = |event: &Value| event["statusReported"]["ledger"].as_i64().unwrap();
    assert!(shown.is_sorted_by(|a, b| number(a) < number(b)));
    for at in [0, 1, 17, shown.len() - 2] {
        let since = json!({ "since": shown[at]["statusReported"]["position"] });
        let mut rest = app.public().follow(REPORTED, since).await;
        for event in &shown[at + 1..] {
            assert_eq!(rest.data().await, *event, "after {}", number(&shown[at]));
        }
    }

    let viewer = "{ viewer { role } }";
    let mut query = app.with(&vng()).follow(viewer, json!({})).await;
    assert_eq!(query.data().await, json!({ "viewer": { "role": "VNG" } }));
    query.completes().await;

    // What is wrong with the document is told in the one event; what is wrong with the request, by
    // its status.
    let since = json!({ "since": 999_999_999 });
    for (query, variables, code) in [
        ("subscription { nothing }", json!({}), "BAD_REQUEST"),
        ("subscription {", json!({}), "BAD_REQUEST"),
        (REPORTED, since, "POSITION_LOST"),
        (
            "subscription { statusReported(action: 47) { ledger } }",
            json!({}),
            "NOT_FOUND",
        ),
    ] {
        let mut events = app.public().follow(query, variables).await;
        let error = events.answer().await["errors"][0].clone();
        assert_eq!(error["extensions"]["code"], code, "{error}");
        assert!(error["extensions"]["messageNl"].is_string(), "{error}");
        events.completes().await;
    }
    let refused = accepting(&app, Method::POST, EVENTS).body("{}").send();
    refusal(&answer(refused.await.unwrap()).await, 415, "BAD_REQUEST");
    // Who names events behind other types means subscriptions; who does not name them gets none.
    for (accept, status) in [
        ("application/json, text/event-stream", 200),
        ("application/graphql-response+json, */*", 400),
    ] {
        let response = accepting(&app, Method::GET, accept)
            .query(&[("query", "subscription { ledgerAdvanced { ledger } }")])
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{accept}");
        let is_stream = headers(&response, "content-type")
            .concat()
            .starts_with(EVENTS);
        assert_eq!(is_stream, status == 200, "{accept}");
    }
}

#[tokio::test]
async fn each_receives_what_it_may_see_until_its_token_ends() {
    let app = spawn_app();
    opens_period(&app).await;
    app.clock.set(noon() + TimeDelta::days(10));
    let changed =
        "subscription { assessmentChanged { operation assessment { municipality { code } } } }";
    let released = "subscription { publicationReleased { publication { key kind state } } }";
    let hilversum = municipality("GM0402");
    let mut own = app.with(&hilversum).follow(changed, json!({})).await;
    let mut other = app
        .with(&municipality("GM0363"))
        .follow(changed, json!({}))
        .await;
    let mut public = app.public().follow(released, json!({})).await;

    let saved = "mutation { saveDraft(input: { municipality: \"GM0402\", period: \"2027-1\",
        answers: [{ criterion: \"SV-01\", answer: MET }] }) { errors { code } } }";
    let submitted = "mutation { submitAssessment(input: { municipality: \"GM0402\", period:
        \"2027-1\",
        idempotencyKey: \"events\", approvedByFunction: \"Wethouder\", approvedOn:
        \"2026-11-20\" }) { errors { code } } }";
    for mutation in [saved, submitted] {
        let answer = app.with(&hilversum).ask(mutation).await;
        assert!(answer.body.contains("\"errors\":[]"), "{}", answer.body);
    }
    assert_eq!(
        own.data().await,
        json!({
            "assessmentChanged": {
                "operation": "assessment.submitted",
                "assessment": { "municipality": { "code": "GM0402" } },
            },
        })
    );

    let prepared = "mutation { preparePublication(input: { kind: BUDGET, about: \"2024\", \
        idempotencyKey: \"a\" }) { errors { code } } }";
    let published = "mutation { publish(input: { publication: \"budget-2024-1\", idempotencyKey: \
        \"b\" }) { errors { code } } }";
    for mutation in [prepared, published] {
        let answer = app.with(&ministry()).ask(mutation).await;
        assert!(answer.body.contains("\"errors\":[]"), "{}", answer.body);
    }
    assert_eq!(
        public.data().await,
        json!({ "publicationReleased": { "publication": {
            "key": "budget-2024-1", "kind": "BUDGET", "state": "RELEASED" } } })
    );

    // The tokens end, and with them their streams; nothing was told to Amsterdam. The public stays.
    app.clock.set(noon() + TimeDelta::days(401));
    assert_eq!(own.next().await, None);
    assert_eq!(other.next().await, None);
    let stops = async {
        assert_eq!(public.next().await, None);
    };
    tokio::join!(app.drain(), stops);
}

#[tokio::test]
async fn streams_are_counted_as_sockets_and_give_their_place_back() {
    let limits = Limits {
        sockets: 1,
        public_per_minute: NonZeroU32::MAX,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, Default::default());
    let subscription = "subscription { ledgerAdvanced { ledger } }";
    let first = app.public().follow(subscription, json!({})).await;
    let ask = || {
        accepting(&app, Method::POST, EVENTS)
            .json(&json!({ "query": subscription }))
            .send()
    };
    let response = ask().await.unwrap();
    assert_eq!(headers(&response, "retry-after"), ["30"]);
    refusal(&answer(response).await, 503, "UNAVAILABLE");
    drop(first);
    let freed = async { while ask().await.unwrap().status() != 200 {} };
    tokio::time::timeout(Duration::from_secs(20), freed)
        .await
        .expect("the place is free again");
}

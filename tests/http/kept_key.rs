//! By what a kept answer is found: by what the question means, by the edition of the service, and by
//! nothing that a caller may add to it.

use acceptance::{App, Instance, noon, spawn_app, spawn_app_published_by};
use chrono::TimeDelta;
use domain::publication::publisher::Publisher;
use futures_util::future::join_all;
use reqwest::{Method, Response};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::kept::metric;

const NAMED: &str = "query periods($first: Int) { reportingPeriods { key } actions(first: $first) \
    { totalCount } }";
const TWO: &str =
    "query periods { reportingPeriods { key } } query other { actionLines { number } }";
const SCHEMA: &str = "{ __schema { queryType { name } } }";

/// A request for a document, by POST or by GET.
async fn send(address: &str, method: &Method, request: &Value, known: Option<&str>) -> Response {
    let url = format!("{address}/v1/graphql");
    let sent = acceptance::http().request(method.clone(), url);
    let sent = if *method == Method::GET {
        let parameters = request.as_object().unwrap().iter();
        let parameters = parameters.map(|(name, value)| {
            let text = value.as_str().map(str::to_owned);
            (name.clone(), text.unwrap_or_else(|| value.to_string()))
        });
        sent.query(&parameters.collect::<Vec<_>>())
    } else {
        sent.json(request)
    };
    let sent = match known {
        Some(known) => sent.header("if-none-match", known),
        None => sent,
    };
    sent.send().await.unwrap()
}

async fn etag(address: &str, request: &Value) -> String {
    let response = send(address, &Method::GET, request, None).await;
    assert_eq!(response.status(), 200);
    response.headers()["etag"].to_str().unwrap().to_owned()
}

async fn hits(app: &App) -> u64 {
    metric(&app.public(), "stm_kept_hits_total").await
}

/// Whoever adds what the document does not declare asks the same question, and fills nothing.
#[tokio::test]
async fn what_a_document_does_not_declare_makes_no_other_question() {
    let app = spawn_app();
    let question = |variables: Value| json!({ "query": NAMED, "variables": variables });
    let with_name = |variables: Value| json!({ "query": NAMED, "variables": variables, "operationName": "periods" });
    let first = send(
        app.address(),
        &Method::POST,
        &question(json!({ "first": 5 })),
        None,
    )
    .await;
    assert_eq!(first.status(), 200);
    let bytes = metric(&app.public(), "stm_kept_bytes").await;
    let tag = etag(app.address(), &question(json!({ "first": 5 }))).await;
    for method in [Method::POST, Method::GET] {
        for same in [
            question(json!({ "first": 5 })),
            question(json!({ "first": 5, "junk": "x" })),
            question(json!({ "first": 5, "junk": { "of": [1, 2, 3] }, "more": null })),
            with_name(json!({ "first": 5 })),
            with_name(json!({ "junk": 7, "first": 5 })),
        ] {
            let before = hits(&app).await;
            let response = send(app.address(), &method, &same, None).await;
            let shown = response.headers().get("etag").cloned();
            let shown = shown.map(|tag| tag.to_str().unwrap().to_owned());
            let tag = Some(tag.clone()).filter(|_| method == Method::GET);
            assert_eq!(shown, tag, "{method} {same}");
            assert_eq!(hits(&app).await, before + 1, "{method} {same}");
        }
    }
    assert_eq!(metric(&app.public(), "stm_kept_bytes").await, bytes);
    let known = question(json!({ "first": 5, "junk": 8 }));
    let known = send(app.address(), &Method::GET, &known, Some(&tag)).await;
    assert_eq!(known.status(), 304);
    // Another value of what it declares is another question, and so is another operation.
    for (method, other) in [
        (Method::POST, question(json!({ "first": 6 }))),
        (Method::GET, question(json!({}))),
        (
            Method::POST,
            json!({ "query": TWO, "operationName": "other" }),
        ),
        (
            Method::GET,
            json!({ "query": TWO, "operationName": "periods" }),
        ),
    ] {
        let before = hits(&app).await;
        let response = send(app.address(), &method, &other, None).await;
        assert_eq!(response.status(), 200);
        assert_eq!(hits(&app).await, before, "{method} {other}");
    }
    // Without a name nobody knows which of the two is meant.
    let unnamed = send(app.address(), &Method::POST, &json!({ "query": TWO }), None).await;
    assert!(unnamed.text().await.unwrap().contains("operationName"));
}

/// What asks too much is refused as often as it is asked, with and without what is kept beside it.
#[tokio::test]
async fn what_costs_too_much_is_refused_each_time_and_drives_nothing_out() {
    let app = spawn_app();
    let dear: String = (0..190)
        .map(|n| format!("a{n}: actions(first: $first) {{ nodes {{ key number }} }} "))
        .collect();
    let dear = format!("query ($first: Int) {{ {dear} }}");
    let cheap = json!({ "query": NAMED, "variables": { "first": 5 } });
    send(app.address(), &Method::POST, &cheap, None).await;
    let bytes = metric(&app.public(), "stm_kept_bytes").await;
    for first in 91..=100 {
        let request = json!({ "query": dear, "variables": { "first": first } });
        for _ in 0..2 {
            let refused = send(app.address(), &Method::POST, &request, None).await;
            let refused: Value = refused.json().await.unwrap();
            assert_eq!(
                refused["errors"][0]["extensions"]["code"], "TOO_COMPLEX",
                "{refused}"
            );
        }
    }
    assert_eq!(metric(&app.public(), "stm_kept_bytes").await, bytes);
    let before = hits(&app).await;
    send(app.address(), &Method::GET, &cheap, None).await;
    assert_eq!(hits(&app).await, before + 1);
}

/// A balancer may choose any instance of one edition, and mixes up no two editions.
#[tokio::test]
async fn equal_settings_give_equal_versions_and_other_settings_others() {
    let publisher = Publisher {
        name: Some("Ministerie van Justitie en Veiligheid".to_owned()),
        ..Publisher::default()
    };
    let app = spawn_app_published_by(publisher, "https://monitor.example.nl");
    let (usual, same): (Instance, Instance) = (app.beside(), app.beside());
    let (known, known_so) = (
        app.beside_known_as("https://monitor.example.nl"),
        app.beside_known_as("https://monitor.example.nl"),
    );
    let question = json!({ "query": "{ dataQuality { gaps { text { nl } } } }" });
    let of = async |address: &str| etag(address, &question).await;
    let tag = of(usual.address()).await;
    assert_eq!(of(same.address()).await, tag);
    assert_eq!(of(known.address()).await, of(known_so.address()).await);
    let tags = [
        tag.clone(),
        of(known.address()).await,
        of(app.address()).await,
    ];
    assert!(
        tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2],
        "{tags:?}"
    );
    // One instance says that its client has this answer, and another that it has not.
    let status = async |address: &str, tag: &str| {
        let response = send(address, &Method::GET, &question, Some(tag)).await;
        response.status().as_u16()
    };
    assert_eq!(status(same.address(), &tag).await, 304);
    assert_eq!(status(app.address(), &tag).await, 200);
}

/// Where nobody can tell of what kind the database is, the answer tells nothing of it, and is not
/// kept as though it had.
#[tokio::test]
async fn a_kind_that_cannot_be_read_is_read_again() {
    let app = spawn_app();
    let superuser = app.database.superuser().await;
    let forbid = "revoke select on database_kind from stm_app";
    superuser.execute_unprepared(forbid).await.unwrap();
    let schema = json!({ "query": SCHEMA });
    for _ in 0..2 {
        let response = send(app.address(), &Method::GET, &schema, None).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert!(!response.headers().contains_key("etag"));
    }
    let page = acceptance::http()
        .get(format!("{}/explorer", app.address()))
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    // It was a demo all the while, and from here on that can be read.
    let demo = "set session_replication_role = replica;
        update database_kind set kind = 'DEMO'; grant select on database_kind to stm_app";
    superuser.execute_unprepared(demo).await.unwrap();
    superuser.close().await.unwrap();
    for method in [Method::POST, Method::GET, Method::GET] {
        let response = send(app.address(), &method, &schema, None).await;
        assert_eq!(
            response.headers().contains_key("etag"),
            method == Method::GET
        );
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["extensions"]["database"], "DEMO", "{method}");
    }
    let question = json!({ "query": NAMED });
    for method in [Method::POST, Method::GET, Method::POST] {
        let response = send(app.address(), &method, &question, None).await;
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["extensions"]["database"], "DEMO", "{method}");
    }
    let explorer = format!("{}/explorer", app.address());
    let page = acceptance::http().get(explorer).send().await.unwrap();
    assert_eq!(page.headers()["cache-control"], "public, max-age=3600");
    assert!(page.text().await.unwrap().contains("<strong>DEMO</strong>"));
}

/// An embargo that is due ends by the ordinary way of whoever asks first, by whichever transport,
/// and a client that has the answer of a moment before gets the new one.
#[tokio::test]
async fn at_the_end_of_an_embargo_no_version_of_before_is_known_any_more() {
    let app = crate::kept::with_release().await;
    let question = json!({ "query": "{ openRounds { nodes { key } } }" });
    let tag = etag(app.address(), &question).await;
    let until = noon() + TimeDelta::hours(1);
    app.clock.set(until - TimeDelta::microseconds(1));
    let known = send(app.address(), &Method::GET, &question, Some(&tag)).await;
    assert_eq!(known.status(), 304);
    app.clock.set(until);
    let sent = [Method::GET, Method::POST].into_iter().cycle().take(20);
    let sent: Vec<Method> = sent.collect();
    let all = sent
        .iter()
        .map(|method| send(app.address(), method, &question, Some(&tag)));
    for (response, method) in join_all(all).await.into_iter().zip(&sent) {
        assert_eq!(response.status(), 200, "{method}");
        let answer: Value = response.json().await.unwrap();
        assert_eq!(
            answer["data"],
            json!({ "openRounds": { "nodes": [] } }),
            "{method}"
        );
    }
    let after = etag(app.address(), &question).await;
    assert_ne!(after, tag);
    for method in [Method::GET, Method::POST] {
        let response = send(app.address(), &method, &question, None).await;
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["extensions"]["statements"], 1, "{method}");
    }
}

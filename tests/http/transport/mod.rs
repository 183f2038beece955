//! What every client meets before its question is read: methods, media types, sizes, headers,
//! pages. What the question itself may be stands in [`documents`], what comes back in [`answers`].
//!
//! Most tests speak through `reqwest` and not through `Client`, because they look at headers.

mod addresses;
mod answers;
mod caching;
mod connections;
mod documents;
mod events;
mod introspection;
mod law_of_ids;
mod limits;
mod moments;
mod origins;
mod sockets;
mod specification;
mod traces;

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use acceptance::{Answer, App, Client, spawn_app, vng};
use flate2::{Compression, write::GzEncoder};
use reqwest::{Method, RequestBuilder, Response, header, redirect::Policy};
use serde_json::{Value, json};

/// A mutation that VNG may do and that would succeed: whoever refuses it, refuses it for another
/// reason.
const OPEN_PERIOD: &str = r#"mutation {
    openReportingPeriod(input: {
        key: "2027-1", edition: "VOORSTEL-1", idempotencyKey: "transport",
        opensOn: "2026-12-01", deadlineOn: "2026-12-31", lastDay: "2027-01-31"
    }) { period { key } errors { code } } }"#;

/// An honest question that touches plan, territory and database.
const HONEST: &str = "{ dashboard { round { key } actionsInPlan } \
    municipality(code: \"GM0402\") { label region { code } } }";

/// The id that a request names and that its errors repeat.
const REQUEST_ID: &str = "test-request";

/// The media type whose status tells whether a document was executed.
const DRAFT: &str = "application/graphql-response+json";

/// Words that only an answer from the inside would have.
const INSIDE: [&str; 12] = [
    "postgres",
    "sql",
    "sea_orm",
    "known.",
    "fact.",
    "relation",
    "constraint",
    "panick",
    "src/",
    ".rs",
    "/work",
    "/tmp",
];

fn request(app: &App, method: Method, path: &str) -> RequestBuilder {
    acceptance::http_builder()
        .redirect(Policy::none())
        .build()
        .expect("a client")
        .request(method, format!("{}{path}", app.address()))
        .header("x-request-id", REQUEST_ID)
        .header(header::ACCEPT, DRAFT)
}

fn headers(response: &Response, name: &str) -> Vec<String> {
    let values = response.headers().get_all(name).iter();
    values
        .map(|value| value.to_str().expect("a text").to_owned())
        .collect()
}

async fn answer(response: Response) -> Answer {
    Answer {
        status: response.status().as_u16(),
        body: response.text().await.expect("a text"),
    }
}

async fn answer_of(sent: impl Future<Output = reqwest::Result<Response>>) -> Answer {
    answer(sent.await.expect("the service answers")).await
}

/// Everything that was ever kept: the ledger and its instants.
async fn kept(app: &App) -> i64 {
    app.database
        .count(
            "select (select count(*) from ledger) * 1000 + (select count(*) from ledger_instant)",
        )
        .await
}

/// Opens a period, to show that nothing but the refusal stood in its way.
async fn opens_period(app: &App) {
    let data = app.with(&vng()).ask(OPEN_PERIOD).await.data();
    assert_eq!(
        data,
        json!({ "openReportingPeriod": { "period": { "key": "2027-1" }, "errors": [] } })
    );
}

/// A refusal in the form of GraphQL: the code, the request's id, nothing of the data and nothing of
/// the inside.
fn refusal(answer: &Answer, status: u16, code: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.codes(), [code], "{}", answer.body);
    let json = answer.json();
    let empty = match &json["data"] {
        Value::Object(fields) => fields.values().all(Value::is_null),
        data => data.is_null(),
    };
    assert!(empty, "{}", answer.body);
    let error = json["errors"][0].clone();
    assert_eq!(error["extensions"]["requestId"], REQUEST_ID);
    assert_outside(answer);
    error
}

fn assert_outside(answer: &Answer) {
    let body = answer.body.to_lowercase();
    for word in INSIDE {
        assert!(!body.contains(word), "{word} in {}", answer.body);
    }
}

fn message(error: &Value) -> (&str, &str) {
    let nl = error["extensions"]["messageNl"].as_str().expect("Dutch");
    (error["message"].as_str().expect("English"), nl)
}

async fn honest(app: &App) -> Value {
    let data = app.public().ask(HONEST).await.data();
    assert_eq!(
        data,
        json!({
            "dashboard": { "round": { "key": "2025-1" }, "actionsInPlan": 46 },
            "municipality": { "label": "Hilversum", "region": { "code": "VR14" } },
        })
    );
    data
}

/// Asks the honest question and says whether it is answered as it was.
async fn still_answers(client: &Client, before: &Value, after_what: &str) {
    let answer = client.ask(HONEST).await;
    assert_eq!(answer.status, 200, "after {after_what}");
    assert_eq!(answer.data(), *before, "after {after_what}");
}

#[tokio::test]
async fn a_mutation_by_get_is_refused_and_changes_nothing() {
    let app = spawn_app();
    let before = kept(&app).await;
    let response = request(&app, Method::GET, "/v1/graphql")
        .query(&[("query", OPEN_PERIOD)])
        .bearer_auth(vng())
        .send()
        .await
        .unwrap();
    assert_eq!(headers(&response, "allow"), ["POST"]);
    let error = refusal(&answer(response).await, 405, "BAD_REQUEST");
    assert_eq!(
        message(&error),
        ("A mutation goes by POST.", "Een wijziging gaat met POST.")
    );
    assert_eq!(kept(&app).await, before);
    opens_period(&app).await;
}

#[tokio::test]
async fn a_query_by_get_is_answered() {
    let app = spawn_app();
    let response = request(&app, Method::GET, "/v1/graphql")
        .query(&[
            (
                "query",
                "query A { viewer { role } } query \
                B($code: String!) { municipality(code: $code) { label } }",
            ),
            ("operationName", "B"),
            ("variables", r#"{"code":"GM0402"}"#),
        ])
        .send()
        .await
        .unwrap();
    assert_eq!(
        headers(&response, "content-type"),
        ["application/graphql-response+json; charset=utf-8"]
    );
    assert_eq!(headers(&response, "x-request-id"), [REQUEST_ID]);
    assert_eq!(
        answer(response).await.data(),
        json!({ "municipality": { "label": "Hilversum" } })
    );
    for (query, en) in [
        ("", "There is no `query`."),
        (
            "query=%7Bviewer%7Brole%7D%7D&variables=%7B",
            "`variables` is no JSON.",
        ),
    ] {
        let response = request(&app, Method::GET, &format!("/v1/graphql?{query}"))
            .send()
            .await
            .unwrap();
        assert_eq!(
            refusal(&answer(response).await, 400, "BAD_REQUEST")["message"],
            en
        );
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let app = spawn_app();
    let before = kept(&app).await;
    let body = json!({ "query": OPEN_PERIOD }).to_string().into_bytes();
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("text/plain; application/json"),
        Some("application/jsonp"),
    ] {
        let answer = app.with(&vng()).post_raw(content_type, body.clone()).await;
        let error = refusal(&answer, 415, "BAD_REQUEST");
        assert_eq!(
            error["message"], "Send `Content-Type: application/json`.",
            "{content_type:?}"
        );
        assert_eq!(kept(&app).await, before);
    }
    let body = json!({ "query": "{ viewer { role } }" })
        .to_string()
        .into_bytes();
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let answer = app
            .public()
            .post_raw(Some(content_type), body.clone())
            .await;
        assert_eq!(answer.data(), json!({ "viewer": { "role": "PUBLIC" } }));
    }
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_as_such() {
    let app = spawn_app();
    for body in [
        "",
        "{",
        "{\"query\":",
        "null",
        "\"{ viewer { role } }\"",
        "\u{0}",
    ] {
        let answer = app
            .public()
            .post_raw(Some("application/json"), body.into())
            .await;
        let error = refusal(&answer, 400, "BAD_REQUEST");
        assert_eq!(
            message(&error),
            (
                "The request is no JSON object with `query`.",
                "Het verzoek is geen JSON-object met `query`."
            ),
            "{body:?}"
        );
    }
    let answer = app
        .public()
        .post_raw(Some("application/json"), vec![0xff, 0xfe, 0x00])
        .await;
    refusal(&answer, 400, "BAD_REQUEST");
}

#[tokio::test]
async fn a_body_has_at_most_256_kb() {
    let app = spawn_app();
    let padded = |length: usize| {
        let mut body = json!({ "query": "{ viewer { role } }" })
            .to_string()
            .into_bytes();
        body.resize(length, b' ');
        body
    };
    let largest = 256 * 1024;
    let answer = app
        .public()
        .post_raw(Some("application/json"), padded(largest))
        .await;
    assert_eq!(answer.data(), json!({ "viewer": { "role": "PUBLIC" } }));
    let answer = app
        .public()
        .post_raw(Some("application/json"), padded(largest + 1))
        .await;
    let error = refusal(&answer, 413, "TOO_COMPLEX");
    assert_eq!(
        message(&error),
        ("The request is too large.", "Het verzoek is te groot.")
    );
    assert_eq!(error["extensions"]["limit"], largest);
}

#[tokio::test]
async fn other_methods_are_refused_and_change_nothing() {
    let app = spawn_app();
    let before = kept(&app).await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let response = request(&app, method.clone(), "/v1/graphql")
            .json(&json!({ "query": OPEN_PERIOD }))
            .bearer_auth(vng())
            .send()
            .await
            .unwrap();
        assert_eq!(
            headers(&response, "allow"),
            ["GET, POST, OPTIONS"],
            "{method}"
        );
        let answer = answer(response).await;
        assert_eq!(
            (answer.status, answer.json()),
            (
                405,
                json!({
                    "type": "about:blank", "title": "Method Not Allowed", "status": 405,
                    "code": "BAD_REQUEST", "detail": "This address does not know that method.",
                })
            )
        );
        assert_eq!(kept(&app).await, before);
    }
}

#[tokio::test]
async fn the_old_address_redirects_and_keeps_the_method() {
    let app = spawn_app();
    for method in [Method::GET, Method::POST] {
        let response = request(&app, method, "/graphql").send().await.unwrap();
        assert_eq!(response.status(), 308);
        assert_eq!(headers(&response, "location"), ["/v1/graphql"]);
    }
    let client = acceptance::http();
    let followed = client
        .post(format!("{}/graphql", app.address()))
        .json(&json!({ "query": "{ viewer { role } }" }))
        .send()
        .await
        .unwrap();
    assert_eq!(
        answer(followed).await.data(),
        json!({ "viewer": { "role": "PUBLIC" } })
    );
}

#[tokio::test]
async fn the_old_address_keeps_the_question_of_a_get() {
    let app = spawn_app();
    let followed = acceptance::http()
        .get(format!(
            "{}/graphql?query=%7Bviewer%7Brole%7D%7D",
            app.address()
        ))
        .send()
        .await
        .unwrap();
    assert_eq!(
        answer(followed).await.data(),
        json!({ "viewer": { "role": "PUBLIC" } })
    );
}

#[tokio::test]
async fn a_client_gets_the_media_type_that_it_accepts() {
    let app = spawn_app();
    let json = "application/json; charset=utf-8";
    let draft = "application/graphql-response+json; charset=utf-8";
    let ask = |accept: Option<&'static str>, body: &'static str| {
        let mut request = acceptance::http()
            .post(format!("{}/v1/graphql", app.address()))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(accept) = accept {
            request = request.header(header::ACCEPT, accept);
        }
        request.body(body).send()
    };
    let good = r#"{"query":"{ viewer { role } }"}"#;
    // Only the newer media type tells by its status that a document was not executed.
    let no_document = r#"{"query":"{ viewer { role }"}"#;
    let not_valid = r#"{"query":"{ nothing }"}"#;
    let malformed = r#"{"query":7}"#;
    for (accept, expected, statuses) in [
        (
            Some("application/graphql-response+json"),
            draft,
            [200, 400, 400, 400],
        ),
        (Some("application/json"), json, [200, 200, 200, 400]),
        (Some("*/*"), json, [200, 200, 200, 400]),
        (None, json, [200, 200, 200, 400]),
        (
            Some("text/html, application/*;q=0.1"),
            json,
            [200, 200, 200, 400],
        ),
        (Some("text/html"), json, [406, 406, 406, 406]),
    ] {
        for (body, status) in [good, no_document, not_valid, malformed]
            .into_iter()
            .zip(statuses)
        {
            let response = ask(accept, body).await.unwrap();
            assert_eq!(
                headers(&response, "content-type"),
                [expected],
                "{accept:?} {body}"
            );
            assert_eq!(headers(&response, "cache-control"), ["no-store"]);
            assert_eq!(response.status(), status, "{accept:?} {body}");
            let answer = answer(response).await;
            let code = if body == good && status == 200 {
                vec![]
            } else {
                vec!["BAD_REQUEST"]
            };
            assert_eq!(answer.codes(), code);
        }
    }
}

#[tokio::test]
async fn one_request_is_one_document_perhaps_compressed() {
    let app = spawn_app();
    let batch = br#"[{"query":"{ viewer { role } }"}]"#.to_vec();
    let answer = app.public().post_raw(Some("application/json"), batch).await;
    assert_eq!(
        refusal(&answer, 400, "BAD_REQUEST")["message"],
        "A request is one document: do not send a list of requests."
    );
    let gzip = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let send = |encoding: &'static str, body: Vec<u8>| {
        request(&app, Method::POST, "/v1/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONTENT_ENCODING, encoding)
            .body(body)
            .send()
    };
    let good = gzip(br#"{"query":"{ viewer { role } }"}"#);
    let shown = answer_of(send("gzip", good.clone())).await;
    assert_eq!(shown.data(), json!({ "viewer": { "role": "PUBLIC" } }));
    let bomb = gzip(&vec![b' '; 64 * 1024 * 1024]);
    assert!(bomb.len() < 256 * 1024);
    let error = refusal(&answer_of(send("gzip", bomb)).await, 413, "TOO_COMPLEX");
    assert_eq!(error["extensions"]["limit"], 256 * 1024);
    refusal(
        &answer_of(send("gzip", b"{}".to_vec())).await,
        400,
        "BAD_REQUEST",
    );
    refusal(&answer_of(send("br", good)).await, 415, "BAD_REQUEST");
}

#[tokio::test]
async fn an_answer_is_compressed_for_who_can_read_that() {
    let app = spawn_app();
    for (accepted, expected) in [("gzip", "gzip"), ("br", "br"), ("identity", "")] {
        let response = request(&app, Method::GET, "/schema.graphql")
            .header(header::ACCEPT_ENCODING, accepted)
            .send()
            .await
            .unwrap();
        assert_eq!(headers(&response, "content-encoding").concat(), expected);
    }
}

#[tokio::test]
async fn a_trace_goes_on_and_what_was_answered_is_counted() {
    let app = spawn_app();
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let response = request(&app, Method::POST, "/v1/graphql")
        .header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))
        .json(&json!({ "query": HONEST }))
        .send()
        .await
        .unwrap();
    let shown = headers(&response, "traceparent").concat();
    assert!(shown.starts_with(&format!("00-{trace}-")) && !shown.contains("00f067aa0ba902b7"));
    let extensions = answer(response).await.json()["extensions"].clone();
    assert_eq!(
        extensions["cost"],
        json!({ "fields": 58, "limit": 25_000, "depth": 3, "deepest": 32 })
    );
    app.public().ask("{ nothing }").await;
    let refused = "{ a: search(text: \"de\") { totalCount } }";
    app.public().ask(refused).await;
    let metrics = app.public().get("/metrics").await;
    assert_eq!(metrics.status, 200);
    for line in [
        "stm_http_requests_total{surface=\"/v1/graphql\",status=\"200\"} 2",
        "stm_http_requests_total{surface=\"/v1/graphql\",status=\"400\"} 1",
        "stm_graphql_operations_total{kind=\"query\",outcome=\"OK\"} 1",
        "stm_graphql_operations_total{kind=\"query\",outcome=\"BAD_REQUEST\"} 1",
    ] {
        assert!(
            metrics.body.lines().any(|shown| shown == line),
            "{line} in {}",
            metrics.body
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = spawn_app();
    let policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                  font-src 'self' data:; \
                  frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    for (method, path, status) in [
        (Method::GET, "/explorer", 200),
        (Method::GET, "/v1/graphql?query=%7Bviewer%7Brole%7D%7D", 200),
        (Method::GET, "/v1/feeds/fact_verdict_current.csv", 401),
        (Method::GET, "/nowhere", 404),
        (Method::PUT, "/v1/graphql", 405),
        (Method::POST, "/v1/graphql", 415),
    ] {
        let response = request(&app, method, path).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("content-security-policy", policy),
            ("access-control-allow-origin", "*"),
        ] {
            assert_eq!(headers(&response, name), [value], "{name} of {path}");
        }
        assert_eq!(headers(&response, "set-cookie"), [""; 0]);
        assert_eq!(headers(&response, "server"), [""; 0]);
    }
}

#[tokio::test]
async fn nothing_at_an_address_is_a_problem_with_a_code() {
    let app = spawn_app();
    let response = request(&app, Method::GET, "/v1/feeds/../../etc/passwd")
        .send()
        .await
        .unwrap();
    assert_eq!(
        headers(&response, "content-type"),
        ["application/problem+json"]
    );
    let answer = answer(response).await;
    assert_eq!(
        (answer.status, answer.json()),
        (
            404,
            json!({
                "type": "about:blank", "title": "Not Found", "status": 404, "code": "NOT_FOUND",
                "detail": "There is nothing at this address. Start at /.",
            })
        )
    );
}

// Open: only an executed question carries the header; 401 and 405 name the request nowhere, not in
// their body either.
#[tokio::test]
async fn every_answer_to_a_question_names_its_request() {
    let app = spawn_app();
    let good = json!({ "query": "{ viewer { role } }" });
    let bad = json!({ "query": "{ viewer { role }" });
    for (name, builder, status) in [
        (
            "answered",
            request(&app, Method::POST, "/v1/graphql").json(&good),
            200,
        ),
        (
            "no GraphQL",
            request(&app, Method::POST, "/v1/graphql").json(&bad),
            400,
        ),
        (
            "no token",
            request(&app, Method::POST, "/v1/graphql")
                .json(&good)
                .bearer_auth("wrong"),
            401,
        ),
        (
            "no such method",
            request(&app, Method::PUT, "/v1/graphql").json(&good),
            405,
        ),
        ("no JSON", request(&app, Method::POST, "/v1/graphql"), 415),
    ] {
        let response = builder.send().await.unwrap();
        assert_eq!(response.status(), status, "{name}");
        assert_eq!(headers(&response, "x-request-id"), [REQUEST_ID], "{name}");
    }
}

/// The answer comes after the ten seconds that a body may take; the read ends with it, or fails by
/// its own limit.
#[test]
fn a_slow_body_is_cut() {
    let app = spawn_app();
    let host = app.address().strip_prefix("http://").unwrap();
    let body = json!({ "query": "{ viewer { role } }" }).to_string();
    let half = body.len() / 2;
    let mut stream = TcpStream::connect(host).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(15)))
        .unwrap();
    write!(
        stream,
        "POST /v1/graphql HTTP/1.1\r\nHost: {host}\r\nContent-Type: \
         application/json\r\nContent-Length: {}\r\n\
         X-Request-Id: {REQUEST_ID}\r\n\r\n{}",
        body.len(),
        &body[..half]
    )
    .unwrap();
    // The connection is closed after the answer: there is no telling where the next request would
    // begin.
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert_eq!(head.lines().next(), Some("HTTP/1.1 408 Request Timeout"));
    let cut = Answer {
        status: 408,
        body: body.to_owned(),
    };
    let error = refusal(&cut, 408, "TIMEOUT");
    assert_eq!(
        message(&error),
        (
            "The request came in too slowly.",
            "Het verzoek kwam te langzaam binnen."
        )
    );
}

#[tokio::test]
async fn the_schema_is_served_as_a_text() {
    let app = spawn_app();
    let response = request(&app, Method::GET, "/schema.graphql")
        .send()
        .await
        .unwrap();
    assert_eq!(
        headers(&response, "content-type"),
        ["application/graphql; charset=utf-8"]
    );
    assert_eq!(
        answer(response).await,
        Answer {
            status: 200,
            body: transport::schema::sdl()
        }
    );
}

#[tokio::test]
async fn the_pages_ask_nothing_of_another_host() {
    let app = spawn_app();
    let own = ["/explorer/explorer.js", "/explorer/explorer.css"];
    for (path, content_type) in [
        ("/explorer", "text/html; charset=utf-8"),
        (own[0], "text/javascript; charset=utf-8"),
        (own[1], "text/css; charset=utf-8"),
        ("/explorer/LICENSES.txt", "text/plain; charset=utf-8"),
    ] {
        let response = request(&app, Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(headers(&response, "content-type"), [content_type]);
        assert_eq!(
            headers(&response, "cache-control"),
            ["public, max-age=3600"]
        );
    }
    let page = app.public().get("/explorer").await.body;
    assert!(!page.contains("://") && !page.contains("\"//"), "{page}");
    // Beside what it loads it leads to the other pages.
    let named = ["data:,", own[0], own[1], "/", "/docs"];
    assert_eq!(loaded(&page), named);
    let sheet = app.public().get(own[1]).await.body;
    for foreign in ["url(http", "url(//", "url(\"http", "url('http", "@import"] {
        assert!(!sheet.contains(foreign), "{foreign}");
    }
    // Of what a page names of the service itself a browser loads its stylesheet alone.
    let start = app.public().get("/").await.body;
    let address = app.address();
    let own = [address, "data:", "/", "#"];
    for loaded in loaded(&start) {
        assert!(own.iter().any(|own| loaded.starts_with(own)), "{loaded}");
    }
    assert!(!start.contains("\"//"), "{start}");
    let scripts = start.matches("<script").count();
    let data = start.matches("<script type=\"application/ld+json\">");
    assert_eq!((scripts, data.count()), (1, 1), "{start}");
}

/// What a page loads, in order.
fn loaded(page: &str) -> Vec<&str> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for attribute in ["src=\"", "href=\""] {
        for (at, _) in page.match_indices(attribute) {
            let value = &page[at + attribute.len()..];
            found.push((at, &value[..value.find('"').expect("a quote")]));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, value)| value).collect()
}

#[tokio::test]
async fn a_name_that_cannot_be_looked_up_is_a_mistake_of_the_client() {
    let app = spawn_app();
    for path in [
        "/v1/publications/a%00b.json",
        "/v1/assessments/GM0402/a%00b/answer-sheet.csv",
    ] {
        let answer = app.with(&vng()).get(path).await;
        assert!(
            (400..=404).contains(&answer.status),
            "{path}: {}",
            answer.body
        );
        assert_outside(&answer);
    }
}

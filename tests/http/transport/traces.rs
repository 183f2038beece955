//! Requests as spans, for a collector of traces.

use acceptance::{municipality, spawn_app_traced};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream},
    net::TcpListener,
};

use super::request;

/// Takes in one batch as a collector does; comes back with the line of its request and with its
/// spans.
async fn batch(collector: &TcpListener) -> (String, Vec<Value>) {
    let mut stream = BufStream::new(collector.accept().await.unwrap().0);
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    let mut length = 0;
    loop {
        let mut header = String::new();
        stream.read_line(&mut header).await.unwrap();
        match header.trim().to_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    stream.write_all(answer).await.unwrap();
    stream.flush().await.unwrap();
    let batch: Value = serde_json::from_slice(&body).unwrap();
    let spans = &batch["resourceSpans"][0]["scopeSpans"][0]["spans"];
    (line.trim().to_owned(), spans.as_array().unwrap().clone())
}

fn attribute(span: &Value, name: &str) -> Option<String> {
    let attributes = span["attributes"].as_array().unwrap();
    let value = &attributes.iter().find(|one| one["key"] == name)?["value"];
    let text = value["stringValue"].as_str().or(value["intValue"].as_str());
    text.map(str::to_owned)
}

#[tokio::test]
async fn a_request_is_a_span_of_its_callers_trace() {
    let collector = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", collector.local_addr().unwrap());
    let app = spawn_app_traced(address);
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let ask = |flags: &str, token: Option<String>| {
        let request = request(&app, Method::POST, "/v1/graphql")
            .header(
                "traceparent",
                format!("00-{trace}-00f067aa0ba902b7-{flags}"),
            )
            .json(&json!({ "query": "query Who { viewer { role } }", "operationName": "Who" }));
        match token {
            Some(token) => request.bearer_auth(token).send(),
            None => request.send(),
        }
    };
    // A caller who does not sample its trace gets no span; the next span is that of the second
    // request.
    assert_eq!(ask("00", None).await.unwrap().status(), 200);
    let response = ask("01", Some(municipality("GM0402"))).await.unwrap();
    let shown = response.headers()["traceparent"]
        .to_str()
        .unwrap()
        .to_owned();
    let (line, spans) = batch(&collector).await;
    assert_eq!(line, "POST /v1/traces HTTP/1.1");
    let [span] = &spans[..] else {
        panic!("one span, and not {spans:?}");
    };
    let id = span["spanId"].as_str().unwrap();
    assert_eq!(shown, format!("00-{trace}-{id}-01"));
    assert_eq!(
        (&span["traceId"], &span["parentSpanId"], &span["name"]),
        (
            &json!(trace),
            &json!("00f067aa0ba902b7"),
            &json!("POST /v1/graphql")
        )
    );
    for (name, value) in [
        ("http.response.status_code", "200"),
        ("graphql.operation.name", "Who"),
        ("graphql.operation.type", "query"),
        ("stm.role", "MUNICIPALITY"),
        ("stm.organisation", "GM0402"),
        ("stm.outcome", "OK"),
    ] {
        assert_eq!(attribute(span, name).as_deref(), Some(value), "{name}");
    }
    // While nobody collects, requests are answered all the same, and what is lost is counted.
    drop(collector);
    assert_eq!(ask("01", None).await.unwrap().status(), 200);
    loop {
        let metrics = app.public().get("/metrics").await.body;
        if metrics.contains("\nstm_spans_lost_total 1\n") {
            break;
        }
        assert!(metrics.contains("\nstm_spans_lost_total 0\n"), "{metrics}");
    }
}

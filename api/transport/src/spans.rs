//! Spans for whoever collects traces: one per request, by OTLP over HTTP in JSON
//! (`OTEL_EXPORTER_OTLP_ENDPOINT`).
//!
//! A span tells what the line of the request tells, and no more. Nobody waits for it: spans wait in
//! a bounded queue, what gathers while one batch is on its way is the next, and while the collector
//! is away they are dropped and counted. A caller who says that its trace is not sampled gets no
//! span.
//!
//! There is no `opentelemetry-otlp` behind it. A span is made of the line of a request once that has
//! ended, so the tracers and contexts of the SDK would have nothing to do, and what is left is one
//! message. For that it brings nine crates (`prost` too, where JSON is sent); it reads `OTEL_…`
//! variables by itself, whereas every setting here is read and checked once; and what it drops it
//! tells in metrics of its own SDK alone, whereas `stm_spans_lost_total` stands in `/metrics`.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use reqwest::{Client, StatusCode, Url, redirect::Policy};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::{metrics::Metrics, trace::Trace};
use domain::error::chain;

/// Spans that may wait.
const WAITING: usize = 2_048;
/// Spans that are sent at a time.
const BATCH: usize = 256;
/// How long the collector may take to take in a batch.
const PATIENCE: Duration = Duration::from_secs(5);

/// A request that was answered.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) trace: Trace,
    pub(super) name: String,
    pub(super) began: DateTime<Utc>,
    pub(super) took: Duration,
    /// Texts and whole numbers by name; what is null is left out.
    pub(super) attributes: Vec<(&'static str, Value)>,
    pub(super) has_failed: bool,
}

/// Where spans go; nowhere unless a collector was named.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Option<mpsc::Sender<Span>>);

/// Why a batch was not taken in.
#[derive(Debug, thiserror::Error)]
enum NotTaken {
    #[error("the collector of traces does not answer")]
    Silent(#[source] reqwest::Error),
    #[error("the collector of traces answers {0}")]
    Status(StatusCode),
}

impl Spans {
    /// Spans for a collector, and the work of sending them, which ends after the last of these is
    /// gone.
    pub(super) fn to(
        collector: &str,
        metrics: Arc<Metrics>,
    ) -> (Self, impl Future<Output = ()> + use<>) {
        let (spans, waiting) = mpsc::channel(WAITING);
        let address = format!("{}/v1/traces", collector.trim_end_matches('/'));
        (Self(Some(spans)), send(waiting, address, metrics))
    }

    /// Whether anybody collects them.
    pub(super) fn are_collected(&self) -> bool {
        self.0.is_some()
    }

    /// Hands a span over.
    pub(super) fn hand_over(&self, span: Span, metrics: &Metrics) {
        let Some(spans) = &self.0 else { return };
        if span.trace.is_sampled() && spans.try_send(span).is_err() {
            metrics.lost_spans(1);
        }
    }
}

async fn send(mut waiting: mpsc::Receiver<Span>, address: String, metrics: Arc<Metrics>) {
    let client = Client::builder()
        .timeout(PATIENCE)
        .redirect(Policy::none())
        .build();
    let (client, address) = match (client, Url::parse(&address)) {
        (Ok(client), Ok(address)) => (client, address),
        _ => {
            tracing::error!("no traces are sent: there is no client for their collector");
            return;
        }
    };
    let mut is_ailing = false;
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        match post(&client, &address, &batch).await {
            Ok(()) if is_ailing => tracing::info!("the collector of traces answers again"),
            Ok(()) => {}
            Err(error) => {
                metrics.lost_spans(batch.len());
                // One line, not one for each batch.
                if !is_ailing {
                    tracing::warn!(error = %chain(&error), "traces are lost");
                }
                is_ailing = true;
                batch.clear();
                continue;
            }
        }
        is_ailing = false;
        batch.clear();
    }
}

async fn post(client: &Client, address: &Url, batch: &[Span]) -> Result<(), NotTaken> {
    let silent = |error: reqwest::Error| NotTaken::Silent(error.without_url());
    let answer = client
        .post(address.clone())
        .header("content-type", "application/json")
        .body(written(batch).to_string())
        .send()
        .await
        .map_err(silent)?;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(NotTaken::Status(answer.status()))
    }
}

/// A batch in the JSON of OTLP: ids as hexadecimal digits, 64-bit numbers as texts, enums as
/// numbers.
fn written(batch: &[Span]) -> Value {
    let resource = [
        ("service.name", json!("stm")),
        ("service.version", json!(env!("CARGO_PKG_VERSION"))),
    ];
    json!({ "resourceSpans": [{
        "resource": { "attributes": attributes(&resource) },
        "scopeSpans": [{
            "scope": { "name": "stm" },
            "spans": batch.iter().map(span).collect::<Vec<_>>(),
        }],
    }] })
}

fn span(span: &Span) -> Value {
    const SERVER: u8 = 2;
    const ERROR: u8 = 2;
    let began = span.began.timestamp_nanos_opt().unwrap_or_default();
    let took = i64::try_from(span.took.as_nanos()).unwrap_or_default();
    let mut written = json!({
        "traceId": span.trace.id(),
        "spanId": span.trace.span(),
        "name": span.name,
        "kind": SERVER,
        "startTimeUnixNano": began.to_string(),
        "endTimeUnixNano": began.saturating_add(took).to_string(),
        "attributes": attributes(&span.attributes),
        "status": if span.has_failed { json!({ "code": ERROR }) } else { json!({}) },
    });
    if let Some(parent) = span.trace.parent() {
        written["parentSpanId"] = parent.into();
    }
    written
}

fn attributes(attributes: &[(&'static str, Value)]) -> Vec<Value> {
    let shown = attributes.iter().filter_map(|(name, value)| {
        let value = match value {
            Value::String(text) => json!({ "stringValue": text }),
            Value::Number(number) => json!({ "intValue": number.to_string() }),
            Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some(json!({ "key": name, "value": value }))
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_written_as_collectors_read_it() {
        let trace = Trace::of(
            Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            true,
        );
        let written = written(&[Span {
            trace: trace.clone(),
            name: "POST /v1/graphql".to_owned(),
            began: DateTime::from_timestamp(1_700_000_000, 5).unwrap(),
            took: Duration::from_millis(2),
            attributes: vec![
                ("http.response.status_code", json!(503)),
                ("stm.role", Value::Null),
            ],
            has_failed: true,
        }]);
        let scope = &written["resourceSpans"][0]["scopeSpans"][0];
        assert_eq!(
            scope["spans"][0],
            json!({
                "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
                "spanId": trace.span(),
                "parentSpanId": "00f067aa0ba902b7",
                "name": "POST /v1/graphql",
                "kind": 2,
                "startTimeUnixNano": "1700000000000000005",
                "endTimeUnixNano": "1700000000002000005",
                "attributes": [
                    { "key": "http.response.status_code", "value": { "intValue": "503" } },
                ],
                "status": { "code": 2 },
            })
        );
        assert_eq!(
            written["resourceSpans"][0]["resource"]["attributes"][0],
            json!({ "key": "service.name", "value": { "stringValue": "stm" } })
        );
    }
}

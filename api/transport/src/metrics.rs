//! `/metrics`: counts of this instance in the text format of Prometheus.
//!
//! Labels come from closed lists of our own (surfaces, statuses, codes), never from a client, so
//! their number is bounded. Nothing here tells whom a request was about.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{HttpResponse, http::header, web};

use super::App;

/// Upper bounds of the buckets of durations, in seconds.
const BUCKETS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

#[derive(Debug, Default, Clone)]
struct Histogram {
    buckets: [u64; BUCKETS.len()],
    count: u64,
    seconds: f64,
}

impl Histogram {
    fn add(&mut self, seconds: f64) {
        for (count, bound) in self.buckets.iter_mut().zip(BUCKETS) {
            *count += u64::from(seconds <= bound);
        }
        self.count += 1;
        self.seconds += seconds;
    }
}

#[derive(Debug, Default)]
struct Counted {
    requests: BTreeMap<(String, u16), u64>,
    durations: BTreeMap<String, Histogram>,
    operations: BTreeMap<(&'static str, String), u64>,
    closes: BTreeMap<u16, u64>,
}

/// What this instance counted since it started.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    counted: Mutex<Counted>,
    statements: AtomicU64,
    events: AtomicU64,
    lost_spans: AtomicU64,
    sockets: AtomicI64,
    streams: AtomicI64,
}

/// Something that is open until this is dropped.
#[derive(Debug)]
pub(super) struct Open<'a>(&'a AtomicI64);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// A request was answered.
    pub(super) fn answered(&self, surface: &str, status: u16, took: Duration) {
        let mut counted = self.counted();
        *counted
            .requests
            .entry((surface.to_owned(), status))
            .or_default() += 1;
        let durations = counted.durations.entry(surface.to_owned()).or_default();
        durations.add(took.as_secs_f64());
    }

    /// An operation came to an outcome: `OK` or the code of its first error.
    pub(super) fn executed(&self, kind: &'static str, outcome: &str, statements: u32) {
        let key = (kind, outcome.to_owned());
        *self.counted().operations.entry(key).or_default() += 1;
        self.statements
            .fetch_add(u64::from(statements), Ordering::Relaxed);
    }

    /// A socket is open.
    pub(super) fn socket(&self) -> Open<'_> {
        self.sockets.fetch_add(1, Ordering::Relaxed);
        Open(&self.sockets)
    }

    /// A stream is open.
    pub(super) fn stream(&self) -> Open<'_> {
        self.streams.fetch_add(1, Ordering::Relaxed);
        Open(&self.streams)
    }

    /// A socket was closed by the service, with this code.
    pub(super) fn closed(&self, code: u16) {
        *self.counted().closes.entry(code).or_default() += 1;
    }

    /// An event was sent to a subscriber.
    pub(super) fn sent_event(&self) {
        self.events.fetch_add(1, Ordering::Relaxed);
    }

    /// So many spans were not taken in by the collector of traces.
    pub(super) fn lost_spans(&self, many: usize) {
        let many = u64::try_from(many).unwrap_or(u64::MAX);
        self.lost_spans.fetch_add(many, Ordering::Relaxed);
    }

    fn counted(&self) -> std::sync::MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything as text.
    pub(super) fn render(&self, ledger: i64, (idle, connections): (usize, u32)) -> String {
        let mut text = String::new();
        let counted = self.counted();
        family(
            &mut text,
            "stm_http_requests_total",
            "counter",
            "Requests answered.",
        );
        for ((surface, status), count) in &counted.requests {
            line(
                &mut text,
                &format!("stm_http_requests_total{{surface=\"{surface}\",status=\"{status}\"}}"),
                count,
            );
        }
        let name = "stm_http_request_duration_seconds";
        family(
            &mut text,
            name,
            "histogram",
            "Time from the first line of a request to its answer.",
        );
        for (surface, durations) in &counted.durations {
            for (bound, count) in BUCKETS.iter().zip(durations.buckets) {
                line(
                    &mut text,
                    &format!("{name}_bucket{{surface=\"{surface}\",le=\"{bound}\"}}"),
                    count,
                );
            }
            line(
                &mut text,
                &format!("{name}_bucket{{surface=\"{surface}\",le=\"+Inf\"}}"),
                durations.count,
            );
            line(
                &mut text,
                &format!("{name}_sum{{surface=\"{surface}\"}}"),
                durations.seconds,
            );
            line(
                &mut text,
                &format!("{name}_count{{surface=\"{surface}\"}}"),
                durations.count,
            );
        }
        family(
            &mut text,
            "stm_graphql_operations_total",
            "counter",
            "Operations by kind and by OK or the code of the first error.",
        );
        for ((kind, outcome), count) in &counted.operations {
            line(
                &mut text,
                &format!("stm_graphql_operations_total{{kind=\"{kind}\",outcome=\"{outcome}\"}}"),
                count,
            );
        }
        family(
            &mut text,
            "stm_socket_closes_total",
            "counter",
            "Sockets closed by the service, by code.",
        );
        for (code, count) in &counted.closes {
            line(
                &mut text,
                &format!("stm_socket_closes_total{{code=\"{code}\"}}"),
                count,
            );
        }
        let single: [(&str, &str, &str, i128); 8] = [
            (
                "stm_sql_statements_total",
                "counter",
                "SQL statements of operations.",
                self.statements.load(Ordering::Relaxed).into(),
            ),
            (
                "stm_events_sent_total",
                "counter",
                "Events sent to subscribers.",
                self.events.load(Ordering::Relaxed).into(),
            ),
            (
                "stm_spans_lost_total",
                "counter",
                "Spans that the collector of traces did not take in.",
                self.lost_spans.load(Ordering::Relaxed).into(),
            ),
            (
                "stm_sockets",
                "gauge",
                "Open sockets.",
                self.sockets.load(Ordering::Relaxed).into(),
            ),
            (
                "stm_streams",
                "gauge",
                "Open streams in sockets.",
                self.streams.load(Ordering::Relaxed).into(),
            ),
            (
                "stm_ledger_number",
                "gauge",
                "The last entry of the ledger, as the listener knows it.",
                ledger.into(),
            ),
            (
                "stm_pool_connections",
                "gauge",
                "Connections to Postgres.",
                connections.into(),
            ),
            (
                "stm_pool_idle",
                "gauge",
                "Connections to Postgres that do nothing.",
                i128::try_from(idle).unwrap_or_default(),
            ),
        ];
        for (name, kind, help, value) in single {
            family(&mut text, name, kind, help);
            line(&mut text, name, value);
        }
        family(
            &mut text,
            "stm_build_info",
            "gauge",
            "The version of the program.",
        );
        line(
            &mut text,
            concat!(
                "stm_build_info{version=\"",
                env!("CARGO_PKG_VERSION"),
                "\"}"
            ),
            1,
        );
        text
    }
}

// Writing to a String cannot fail.
fn family(text: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}").ok();
}

fn line(text: &mut String, name: &str, value: impl std::fmt::Display) {
    writeln!(text, "{name} {value}").ok();
}

/// `GET /metrics`.
pub(super) async fn metrics(app: web::Data<App>) -> HttpResponse {
    let pool = app.db.pool().get_postgres_connection_pool();
    let text = app
        .metrics
        .render(app.heads.now(), (pool.num_idle(), pool.size()));
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let metrics = Metrics::default();
        metrics.answered("/v1/graphql", 200, Duration::from_millis(250));
        metrics.answered("/v1/graphql", 200, Duration::from_millis(500));
        metrics.executed("query", "OK", 7);
        metrics.closed(4401);
        let socket = metrics.socket();
        let text = metrics.render(3, (2, 8));
        for expected in [
            "stm_http_requests_total{surface=\"/v1/graphql\",status=\"200\"} 2\n",
            "stm_http_request_duration_seconds_bucket{surface=\"/v1/graphql\",le=\"0.1\"} 0\n",
            "stm_http_request_duration_seconds_bucket{surface=\"/v1/graphql\",le=\"0.25\"} 1\n",
            "stm_http_request_duration_seconds_bucket{surface=\"/v1/graphql\",le=\"+Inf\"} 2\n",
            "stm_http_request_duration_seconds_sum{surface=\"/v1/graphql\"} 0.75\n",
            "stm_graphql_operations_total{kind=\"query\",outcome=\"OK\"} 1\n",
            "stm_socket_closes_total{code=\"4401\"} 1\n",
            "stm_sql_statements_total 7\n",
            "stm_sockets 1\n",
            "stm_ledger_number 3\n",
            "stm_pool_connections 8\n",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        drop(socket);
        assert!(metrics.render(3, (2, 8)).contains("stm_sockets 0\n"));
    }
}

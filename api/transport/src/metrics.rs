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
use database::Clocks;

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
    pub(super) fn render(&self, ledger: i64, pool: PoolState, kept: KeptState) -> String {
        let mut text = String::new();
        let counted = self.counted();
        write_requests(&mut text, &counted);
        write_durations(&mut text, &counted);
        write_operations(&mut text, &counted);
        write_closes(&mut text, &counted);
        let others = gauges(ledger, pool).into_iter().chain(of_kept(kept));
        for metric in self.totals().into_iter().chain(others) {
            family(&mut text, metric.name, metric.kind, metric.help);
            line(&mut text, metric.name, metric.value);
        }
        let build = concat!(
            "stm_build_info{version=\"",
            env!("CARGO_PKG_VERSION"),
            "\"}"
        );
        family(
            &mut text,
            "stm_build_info",
            "gauge",
            "The version of the program.",
        );
        line(&mut text, build, 1);
        text
    }

    /// What this instance counts with one number each.
    fn totals(&self) -> [Metric; 5] {
        [
            counter(
                "stm_sql_statements_total",
                "SQL statements of operations.",
                &self.statements,
            ),
            counter(
                "stm_events_sent_total",
                "Events sent to subscribers.",
                &self.events,
            ),
            counter(
                "stm_spans_lost_total",
                "Spans that the collector of traces did not take in.",
                &self.lost_spans,
            ),
            gauge(
                "stm_sockets",
                "Open sockets.",
                self.sockets.load(Ordering::Relaxed),
            ),
            gauge(
                "stm_streams",
                "Open streams in sockets.",
                self.streams.load(Ordering::Relaxed),
            ),
        ]
    }
}

/// The connections to Postgres, and its clock beside ours.
#[derive(Debug, Clone, Copy)]
pub(super) struct PoolState {
    /// Those that do nothing.
    pub(super) idle: usize,
    /// All of them.
    pub(super) connections: u32,
    /// What the last transaction found of the clocks.
    pub(super) clocks: Clocks,
}

/// The answers that are kept, and the reads of the head that they are checked against.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KeptState {
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) bytes: usize,
    pub(super) head_reads: u64,
    pub(super) waiting: u64,
}

/// A metric without labels.
struct Metric {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
    value: i128,
}

fn counter(name: &'static str, help: &'static str, count: &AtomicU64) -> Metric {
    counter_of(name, help, count.load(Ordering::Relaxed))
}

fn counter_of(name: &'static str, help: &'static str, count: u64) -> Metric {
    Metric {
        name,
        kind: "counter",
        help,
        value: count.into(),
    }
}

fn gauge(name: &'static str, help: &'static str, value: impl Into<i128>) -> Metric {
    Metric {
        name,
        kind: "gauge",
        help,
        value: value.into(),
    }
}

fn gauges(ledger: i64, pool: PoolState) -> [Metric; 5] {
    let idle = u32::try_from(pool.idle).unwrap_or(u32::MAX);
    [
        gauge(
            "stm_ledger_number",
            "The last entry of the ledger, as the listener knows it.",
            ledger,
        ),
        gauge(
            "stm_pool_connections",
            "Connections to Postgres.",
            pool.connections,
        ),
        gauge(
            "stm_pool_idle",
            "Connections to Postgres that do nothing.",
            idle,
        ),
        gauge(
            "stm_clock_ahead_milliseconds",
            "How far this instance's clock is ahead of that of Postgres; negative when behind.",
            pool.clocks.ahead_ms(),
        ),
        gauge(
            "stm_ledger_ahead_milliseconds",
            "How far the last entry of the ledger lies in the future.",
            pool.clocks.head_ahead_ms(),
        ),
    ]
}

fn of_kept(kept: KeptState) -> [Metric; 5] {
    let bytes = u64::try_from(kept.bytes).unwrap_or(u64::MAX);
    [
        counter_of(
            "stm_kept_hits_total",
            "Answers that were given as they were kept.",
            kept.hits,
        ),
        counter_of(
            "stm_kept_misses_total",
            "Answers that may be kept and were computed.",
            kept.misses,
        ),
        gauge("stm_kept_bytes", "Bytes of answers that are kept.", bytes),
        counter_of(
            "stm_head_reads_total",
            "Statements that read the head, each for all requests that waited for it.",
            kept.head_reads,
        ),
        gauge(
            "stm_head_waiting",
            "Requests that wait for the head to be read.",
            kept.waiting,
        ),
    ]
}

fn write_requests(text: &mut String, counted: &Counted) {
    let name = "stm_http_requests_total";
    family(text, name, "counter", "Requests answered.");
    for ((surface, status), count) in &counted.requests {
        let labelled = format!("{name}{{surface=\"{surface}\",status=\"{status}\"}}");
        line(text, &labelled, count);
    }
}

fn write_durations(text: &mut String, counted: &Counted) {
    let name = "stm_http_request_duration_seconds";
    let help = "Time from the first line of a request to its answer.";
    family(text, name, "histogram", help);
    for (surface, durations) in &counted.durations {
        let label = format!("surface=\"{surface}\"");
        for (bound, count) in BUCKETS.iter().zip(durations.buckets) {
            let bucket = format!("{name}_bucket{{{label},le=\"{bound}\"}}");
            line(text, &bucket, count);
        }
        // The bucket without a bound holds all of them, by the rules of the format.
        let all = format!("{name}_bucket{{{label},le=\"+Inf\"}}");
        line(text, &all, durations.count);
        line(text, &format!("{name}_sum{{{label}}}"), durations.seconds);
        line(text, &format!("{name}_count{{{label}}}"), durations.count);
    }
}

fn write_operations(text: &mut String, counted: &Counted) {
    let name = "stm_graphql_operations_total";
    let help = "Operations by kind and by OK or the code of the first error.";
    family(text, name, "counter", help);
    for ((kind, outcome), count) in &counted.operations {
        let labelled = format!("{name}{{kind=\"{kind}\",outcome=\"{outcome}\"}}");
        line(text, &labelled, count);
    }
}

fn write_closes(text: &mut String, counted: &Counted) {
    let name = "stm_socket_closes_total";
    let help = "Sockets closed by the service, by code.";
    family(text, name, "counter", help);
    for (code, count) in &counted.closes {
        line(text, &format!("{name}{{code=\"{code}\"}}"), count);
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
    let pool = PoolState {
        idle: pool.num_idle(),
        connections: pool.size(),
        clocks: app.db.clocks(),
    };
    let kept = KeptState {
        hits: app.kept.hits.load(Ordering::Relaxed),
        misses: app.kept.misses.load(Ordering::Relaxed),
        bytes: app.kept.bytes(),
        head_reads: app.db.head_reads(),
        waiting: app.db.waiting_for_head(),
    };
    let text = app.metrics.render(app.heads.now(), pool, kept);
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_printed() {
        let metrics = Metrics::default();
        metrics.answered("/v1/graphql", 200, Duration::from_millis(250));
        metrics.answered("/v1/graphql", 200, Duration::from_millis(500));
        metrics.executed("query", "OK", 7);
        metrics.closed(4401);
        let socket = metrics.socket();
        let pool = PoolState {
            idle: 2,
            connections: 8,
            clocks: Clocks::default(),
        };
        let kept = KeptState {
            hits: 9,
            misses: 2,
            bytes: 4_096,
            head_reads: 5,
            waiting: 1,
        };
        let text = metrics.render(3, pool, kept);
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
            "stm_clock_ahead_milliseconds 0\n",
            "stm_ledger_ahead_milliseconds 0\n",
            "stm_kept_hits_total 9\n",
            "stm_kept_misses_total 2\n",
            "stm_kept_bytes 4096\n",
            "stm_head_reads_total 5\n",
            "stm_head_waiting 1\n",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        drop(socket);
        let text = metrics.render(3, pool, kept);
        assert!(text.contains("stm_sockets 0\n"));
    }
}

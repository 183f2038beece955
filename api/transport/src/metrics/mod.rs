//! `/metrics`: counts of this instance in the text format of Prometheus.
//!
//! Labels come from closed lists of our own (surfaces, statuses, codes, rules), never from a client,
//! so their number is bounded. Nothing here tells whom a request was about.
//!
//! Names follow the conventions of Prometheus: base units (seconds, bytes), `_total` for what only
//! grows, an instant as `_timestamp_seconds`. There is no library behind it: most figures are not
//! counted here but read, when they are fetched, from where they live (the pool, the answers that
//! are kept, the listener), which a registry would have us copy into its own counters; what is left
//! is [`text`], a format of two lines. `promtool check metrics` reads the outcome in
//! `tests/clients`.

mod process;
mod state;
mod text;

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{HttpResponse, http::header, web};

use self::{
    process::Process,
    state::State,
    text::{Metric, Text, counter, gauge},
};
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
    refusals: BTreeMap<String, u64>,
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

    /// Something was refused by a rule: its code.
    pub(super) fn refused(&self, rule: &str) {
        let mut counted = self.counted();
        match counted.refusals.get_mut(rule) {
            Some(count) => *count += 1,
            None => {
                counted.refusals.insert(rule.to_owned(), 1);
            }
        }
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

    /// Everything as text: what was counted here, and what is found elsewhere now.
    pub(super) fn render(&self, state: &State, process: Option<&Process>) -> String {
        let mut text = Text::default();
        self.counted().write_to(&mut text);
        for metric in self.totals() {
            text.metric(&metric);
        }
        state.write_to(&mut text);
        if let Some(process) = process {
            process.write_to(&mut text);
        }
        let name = "stm_build_info";
        text.family(name, "gauge", "The version of the program.");
        text.line(name, &[("version", env!("CARGO_PKG_VERSION"))], 1);
        text.finish()
    }

    /// What this instance counts with one number each.
    fn totals(&self) -> [Metric; 5] {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        [
            counter(
                "stm_sql_statements_total",
                "SQL statements of operations.",
                count(&self.statements),
            ),
            counter(
                "stm_events_sent_total",
                "Events sent to subscribers.",
                count(&self.events),
            ),
            counter(
                "stm_spans_lost_total",
                "Spans that the collector of traces did not take in.",
                count(&self.lost_spans),
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

impl Counted {
    fn write_to(&self, text: &mut Text) {
        let name = "stm_http_requests_total";
        text.family(name, "counter", "Requests answered.");
        for ((surface, status), count) in &self.requests {
            let status = status.to_string();
            let labels = [("surface", surface.as_str()), ("status", status.as_str())];
            text.line(name, &labels, count);
        }
        self.write_durations(text);
        let name = "stm_graphql_operations_total";
        let help = "Operations by kind and by OK or the code of the first error.";
        text.family(name, "counter", help);
        for ((kind, outcome), count) in &self.operations {
            let labels = [("kind", *kind), ("outcome", outcome.as_str())];
            text.line(name, &labels, count);
        }
        let name = "stm_refusals_total";
        let help = "Refusals by the rule that refused.";
        text.family(name, "counter", help);
        for (rule, count) in &self.refusals {
            text.line(name, &[("rule", rule.as_str())], count);
        }
        let name = "stm_socket_closes_total";
        text.family(name, "counter", "Sockets closed by the service, by code.");
        for (code, count) in &self.closes {
            let code = code.to_string();
            text.line(name, &[("code", code.as_str())], count);
        }
    }

    fn write_durations(&self, text: &mut Text) {
        let name = "stm_http_request_duration_seconds";
        let help = "Time from the first line of a request to its answer.";
        text.family(name, "histogram", help);
        let bucket = format!("{name}_bucket");
        for (surface, durations) in &self.durations {
            for (bound, count) in BUCKETS.iter().zip(durations.buckets) {
                let bound = bound.to_string();
                let labels = [("surface", surface.as_str()), ("le", bound.as_str())];
                text.line(&bucket, &labels, count);
            }
            // The bucket without a bound holds all of them, by the rules of the format.
            let all = [("surface", surface.as_str()), ("le", "+Inf")];
            text.line(&bucket, &all, durations.count);
            let of = [("surface", surface.as_str())];
            text.line(&format!("{name}_sum"), &of, durations.seconds);
            text.line(&format!("{name}_count"), &of, durations.count);
        }
    }
}

/// `GET /metrics`.
pub(super) async fn metrics(app: web::Data<App>) -> HttpResponse {
    let text = app
        .metrics
        .render(&State::of(&app), Process::read().as_ref());
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
        metrics.refused("READ_WITHIN_SCOPE");
        metrics.refused("READ_WITHIN_SCOPE");
        metrics.closed(4401);
        let socket = metrics.socket();
        let text = metrics.render(&State::default(), None);
        for expected in [
            "stm_http_requests_total{surface=\"/v1/graphql\",status=\"200\"} 2\n",
            "stm_http_request_duration_seconds_bucket{surface=\"/v1/graphql\",le=\"0.1\"} 0\n",
            "stm_http_request_duration_seconds_bucket{surface=\"/v1/graphql\",le=\"0.25\"} 1\n",
            "stm_http_request_duration_seconds_bucket{surface=\"/v1/graphql\",le=\"+Inf\"} 2\n",
            "stm_http_request_duration_seconds_sum{surface=\"/v1/graphql\"} 0.75\n",
            "stm_graphql_operations_total{kind=\"query\",outcome=\"OK\"} 1\n",
            "stm_refusals_total{rule=\"READ_WITHIN_SCOPE\"} 2\n",
            "stm_socket_closes_total{code=\"4401\"} 1\n",
            "stm_sql_statements_total 7\n",
            "stm_sockets 1\n",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert!(!text.contains("process_"), "{text}");
        drop(socket);
        let text = metrics.render(&State::default(), Process::read().as_ref());
        assert!(text.contains("stm_sockets 0\n"));
        assert!(text.contains("\nprocess_resident_memory_bytes "), "{text}");
    }
}

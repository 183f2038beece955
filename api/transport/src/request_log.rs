//! The one line per request, and the id by which it is found.
//!
//! The line tells the surface, the outcome, the role and organisation, milliseconds and statements:
//! never variables, a token, an address, or a person. What only a handler knows, it notes while it
//! works.

use std::{cell::RefCell, rc::Rc, time::Instant};

use actix_web::{
    HttpMessage as _, HttpRequest,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
};
use chrono::{DateTime, Utc};

use super::{App, problem::RefusedBy, spans::Span, trace::Trace};
use database::ids;
use domain::actor::Actor;

/// The id of a request: the caller's own when it is 8 to 64 letters, digits and hyphens, and
/// otherwise a new one. It stands in the header `x-request-id` of every answer, in errors, and in
/// the log.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) String);

impl RequestId {
    fn given(given: Option<&str>) -> Self {
        let fits = |id: &&str| {
            (8..=64).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        Self(
            given
                .filter(fits)
                .map_or_else(|| ids::row_id().to_string(), str::to_owned),
        )
    }

    /// The id that the request was given at the door.
    pub(super) fn of(request: &HttpRequest) -> String {
        let extensions = request.extensions();
        extensions
            .get::<Self>()
            .map(|id| id.0.clone())
            .unwrap_or_default()
    }
}

/// What a handler notes of the request.
#[derive(Debug, Default)]
pub(super) struct RequestLog {
    pub(super) operation_name: Option<String>,
    pub(super) operation_kind: Option<&'static str>,
    pub(super) role: Option<&'static str>,
    pub(super) organisation: Option<String>,
    pub(super) outcome: Option<String>,
    pub(super) statements: u32,
    /// The rules that refused a field.
    pub(super) rules: Vec<String>,
    /// What of the surface is asked for: a table, a publication.
    pub(super) object: Option<String>,
    /// The id of the feed key that was sent; never the key.
    pub(super) feed_key: Option<String>,
}

impl RequestLog {
    /// Where the handler of a request notes it.
    pub(super) fn of(request: &HttpRequest) -> Rc<RefCell<Self>> {
        let mut extensions = request.extensions_mut();
        if let Some(log) = extensions.get::<Rc<RefCell<Self>>>() {
            return log.clone();
        }
        let log = Rc::new(RefCell::new(Self::default()));
        extensions.insert(log.clone());
        log
    }

    /// Notes who asks: never the person.
    pub(super) fn set_actor(&mut self, actor: &Actor) {
        self.role = Some(actor.role.kind().code());
        self.organisation = actor.role.organisation();
    }
}

/// A request under way, from the door on.
pub(super) struct UnderWay {
    pub(super) id: RequestId,
    pub(super) trace: Trace,
    began: Instant,
}

/// What was asked, by which method, and with which status it was answered.
struct Served<'a> {
    surface: &'a str,
    method: &'static str,
    status: u16,
}

/// The longest part of the name of an operation that is logged, in bytes: whoever asks chooses it,
/// and a line that is as long as a document fills the disk.
const NAME_LOGGED: usize = 64;

/// The name of an operation as it is logged.
pub(super) fn name_logged(name: Option<&str>) -> Option<&str> {
    name.map(|name| name.get(..NAME_LOGGED).unwrap_or(name))
}

/// The methods that have a name here.
const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE",
];

/// The name of a method. Others are words of whoever sends them, so they have the one that
/// OpenTelemetry gives them.
fn method_name(method: &Method) -> &'static str {
    let known = METHODS.into_iter().find(|name| *name == method.as_str());
    known.unwrap_or("_OTHER")
}

impl UnderWay {
    /// Gives a request its id and its trace.
    pub(super) fn begin(request: &ServiceRequest, app: &App) -> Self {
        let header = |name: &str| {
            let value = request.headers().get(name)?;
            value.to_str().ok()
        };
        let id = RequestId::given(header("x-request-id"));
        let trace = Trace::of(header("traceparent"), app.spans.are_collected());
        request.extensions_mut().insert(id.clone());
        Self {
            id,
            trace,
            began: Instant::now(),
        }
    }

    /// Counts the request and writes its line.
    pub(super) fn end<B>(&self, response: &ServiceResponse<B>, app: &App) {
        let request = response.request();
        let surface = request.match_pattern();
        let surface = surface.as_deref().unwrap_or("other");
        // What the collector asks itself would be most of what it is told.
        if surface == "/metrics" {
            return;
        }
        let status = response.status().as_u16();
        let took = self.began.elapsed();
        let log = RequestLog::of(request);
        let log = log.borrow();
        app.metrics.answered(surface, status, took);
        for rule in &log.rules {
            app.metrics.refused(rule);
        }
        if let Some(RefusedBy(rule)) = response.response().extensions().get::<RefusedBy>() {
            app.metrics.refused(rule);
        }
        if let Some(kind) = log.operation_kind {
            app.metrics
                .executed(kind, log.outcome.as_deref().unwrap_or("OK"), log.statements);
        }
        // Probes come every few seconds and tell nothing.
        let is_probe = surface.starts_with("/health/");
        if is_probe && status < 400 {
            return;
        }
        if app.spans.are_collected() {
            let ended = app.db.clock().now();
            let served = Served {
                surface,
                method: method_name(request.method()),
                status,
            };
            let span = self.span(ended, &log, &served);
            app.spans.hand_over(span, &app.metrics);
        }
        tracing::info!(
            request_id = %self.id.0,
            trace_id = self.trace.id(),
            surface,
            method = method_name(request.method()),
            operation.name = log.operation_name,
            operation.kind = log.operation_kind,
            role = log.role,
            organisation = log.organisation,
            object = log.object,
            feed_key = log.feed_key,
            outcome = log.outcome,
            status,
            duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            statements = log.statements,
            "request"
        );
    }

    /// The same as a span; of a standard attribute the name is that of OpenTelemetry.
    fn span(&self, ended: DateTime<Utc>, log: &RequestLog, served: &Served<'_>) -> Span {
        let Served {
            surface,
            method,
            status,
        } = *served;
        let took = self.began.elapsed();
        Span {
            trace: self.trace.clone(),
            name: format!("{method} {surface}"),
            began: ended - took,
            took,
            attributes: vec![
                ("http.request.method", method.into()),
                ("http.route", surface.into()),
                ("http.response.status_code", status.into()),
                ("graphql.operation.name", log.operation_name.clone().into()),
                ("graphql.operation.type", log.operation_kind.into()),
                ("stm.request_id", self.id.0.clone().into()),
                ("stm.role", log.role.into()),
                ("stm.organisation", log.organisation.clone().into()),
                ("stm.object", log.object.clone().into()),
                ("stm.outcome", log.outcome.clone().into()),
                ("stm.statements", log.statements.into()),
            ],
            has_failed: status >= 500,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_name_without_end_the_beginning_is_logged() {
        let long = "a".repeat(60_000);
        let logged = name_logged(Some(&long)).map(str::len);
        assert_eq!(
            (logged, name_logged(Some("Counts"))),
            (Some(64), Some("Counts"))
        );
        assert_eq!(name_logged(None), None);
    }

    #[test]
    fn a_method_that_somebody_made_up_is_not_logged() {
        let name = |text: &[u8]| method_name(&Method::from_bytes(text).unwrap());
        assert_eq!((name(b"GET"), name(b"PATCH")), ("GET", "PATCH"));
        assert_eq!((name(b"ANNA-DE-VRIES"), name(b"get")), ("_OTHER", "_OTHER"));
    }
}

//! One exchange over HTTP: how it is answered, and what the log line tells of it.

use std::{cell::RefCell, rc::Rc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, ContentEncoding},
    },
    web::Bytes,
};
use async_graphql::parser::types::OperationType;
use serde_json::json;

use super::{
    accept::Media,
    operation::{Answered, Operation},
    rate::Allowance,
    refusal::Refusal,
    request_log::{RequestId, RequestLog, name_logged},
    version::Version,
};
use domain::actor::Actor;

/// How one request is answered.
pub(super) struct Exchange {
    pub(super) request_id: String,
    pub(super) media: Media,
    /// Whether the client takes the answers of a subscription as events.
    pub(super) takes_events: bool,
    log: Rc<RefCell<RequestLog>>,
}

impl Exchange {
    /// Begins to answer a request, or refuses it with 406.
    #[expect(
        clippy::result_large_err,
        reason = "the refusal is the answer itself, made once a request"
    )]
    pub(super) fn begin(request: &HttpRequest) -> Result<Self, HttpResponse> {
        let accept = || {
            let values = request.headers().get_all(header::ACCEPT);
            values.filter_map(|value| value.to_str().ok())
        };
        let media = Media::accepted(accept());
        let exchange = Self {
            request_id: RequestId::of(request),
            media: media.unwrap_or(Media::Json),
            takes_events: Media::takes_events(accept()),
            log: RequestLog::of(request),
        };
        if media.is_some() {
            return Ok(exchange);
        }
        Err(exchange.refuse(&Refusal::new(
            StatusCode::NOT_ACCEPTABLE,
            graphql::error::Code::BadRequest,
            "Antwoorden zijn application/graphql-response+json, application/json of \
             text/event-stream.",
            "Answers are application/graphql-response+json, application/json or text/event-stream.",
        )))
    }

    /// Notes who asks, for the log line: never the person.
    pub(super) fn set_actor(&self, actor: &Actor) {
        self.log.borrow_mut().set_actor(actor);
    }

    /// Notes what is asked, for the log line: never variables.
    pub(super) fn asks(&self, operation: &Operation) {
        let mut log = self.log.borrow_mut();
        log.operation_name = name_logged(operation.ready.name.as_deref()).map(str::to_owned);
        log.operation_kind = Some(match operation.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        });
    }

    /// Notes the outcome of a request that was answered elsewhere.
    pub(super) fn came_to(&self, outcome: &str) {
        self.log.borrow_mut().outcome = Some(outcome.to_owned());
    }

    /// The same exchange, answered as events.
    pub(super) fn by_events(&self) -> Self {
        Self {
            media: Media::Events,
            log: self.log.clone(),
            request_id: self.request_id.clone(),
            takes_events: true,
        }
    }

    /// Refuses. Who gets events is told of a document that is not valid in the one event, and of
    /// all else by the status, which a stream cannot have.
    pub(super) fn refuse(&self, refusal: &Refusal) -> HttpResponse {
        self.came_to(refusal.code.as_str());
        let (media, status) = match (self.media, refusal.is_of_document) {
            (Media::Json | Media::Events, true) => (self.media, StatusCode::OK),
            (Media::Events, false) => (Media::Json, refusal.status),
            (Media::Json | Media::Response, _) => (self.media, refusal.status),
        };
        let mut response = HttpResponse::build(status);
        if let Some(allow) = refusal.allow {
            response.insert_header((header::ALLOW, allow));
        }
        if let Some(seconds) = refusal.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let body = json!({ "errors": refusal.errors(&self.request_id) }).to_string();
        response
            .content_type(media.content_type())
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(media.written(body))
    }

    /// Refuses who asks too often, and tells what is left.
    pub(super) fn refuse_rate(&self, allowance: &Allowance) -> HttpResponse {
        let mut response = self.refuse(&allowance.refusal());
        allowance.write_to(response.headers_mut());
        response
    }

    /// Answers with what an operation came to; a version where the answer may be kept.
    pub(super) fn answer(&self, answered: &Answered, version: Option<&Version>) -> HttpResponse {
        self.answer_and_keep(answered, version, |_body| {})
    }

    /// The same, and hands the body to whoever keeps it.
    pub(super) fn answer_and_keep(
        &self,
        answered: &Answered,
        version: Option<&Version>,
        keep: impl FnOnce(&str),
    ) -> HttpResponse {
        self.came_to(&answered.outcome());
        {
            let mut log = self.log.borrow_mut();
            log.statements = answered.finished.statements;
            log.rules = answered.rules();
        }
        // By the draft, a request that was never executed is the client's mistake; the older media
        // type says 200.
        let status = if answered.is_request_error() && self.media == Media::Response {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        };
        match serde_json::to_string(&answered.response) {
            Ok(body) => {
                keep(&body);
                let version = version.filter(|_| answered.response.errors.is_empty());
                self.respond(status, body, version)
            }
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                self.refuse(&Refusal::internal())
            }
        }
    }

    /// Answers with a body that was kept, in its encoding.
    pub(super) fn answer_kept(
        &self,
        body: Bytes,
        encoding: ContentEncoding,
        statements: u32,
    ) -> HttpResponse {
        self.came_to("OK");
        self.log.borrow_mut().statements = statements;
        let mut response = HttpResponse::build(StatusCode::OK);
        response
            .content_type(self.media.content_type())
            .insert_header((header::CACHE_CONTROL, "no-store"));
        if encoding != ContentEncoding::Identity {
            response
                .insert_header((header::CONTENT_ENCODING, encoding.to_header_value()))
                .insert_header((header::VARY, "accept-encoding"));
        }
        response.body(body)
    }

    /// Answers that the client has this version already.
    pub(super) fn not_modified(&self, version: &Version, statements: u32) -> HttpResponse {
        self.came_to("NOT_MODIFIED");
        self.log.borrow_mut().statements = statements;
        version.not_modified()
    }

    /// Answers with a body as it stands.
    pub(super) fn respond(
        &self,
        status: StatusCode,
        body: String,
        version: Option<&Version>,
    ) -> HttpResponse {
        let mut response = HttpResponse::build(status)
            .content_type(self.media.content_type())
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(self.media.written(body));
        if let Some(version) = version {
            version.write_to(response.headers_mut());
        }
        response
    }
}

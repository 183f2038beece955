//! Subscriptions as server-sent events, for who has no WebSocket: curl, and networks that let none
//! through.
//!
//! The "distinct connections mode" of GraphQL over SSE: a subscription is a request like any other,
//! with `Accept: text/event-stream`, and each of its answers is an event `next` of the one long
//! answer. `complete` says that nothing follows. Where the connection ends without it, because the
//! service stops, the token ended or the client did not read, the client may come back and go on
//! after the last number that it saw.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use futures_util::{Stream as FuturesStream, stream};
use serde_json::json;
use tokio::sync::mpsc;

use super::{
    App, admission,
    exchange::Exchange,
    operation::Operation,
    refusal::Refusal,
    socket::Place,
    stream::{NotOpened, Opened, Stream, StreamEvent},
};
use auth::Bearer;
use graphql::error::Code;

/// How often time is looked at.
const TICK: Duration = Duration::from_secs(1);
/// After how long a silence the client is told that the stream is still there; proxies cut what is
/// silent.
const SILENCE: Duration = Duration::from_secs(12);
/// Answers that may wait to be written.
const WAITING: usize = 8;
/// Seconds after which to come back where all places are taken.
const COME_BACK: u64 = 30;

/// The event after which nothing follows.
pub(super) const COMPLETE: &str = "event: complete\ndata:\n\n";

/// The event of an answer, which is JSON and so has no line ends.
pub(super) fn next(answer: &str) -> String {
    format!("event: next\ndata: {answer}\n\n")
}

/// Opens a subscription, and answers with its events.
pub(super) async fn open(
    request: &HttpRequest,
    app: &web::Data<App>,
    exchange: &Exchange,
    bearer: &Bearer,
    operation: Operation,
) -> HttpResponse {
    let exchange = exchange.by_events();
    let address = admission::address(request, app.limits.proxies);
    let Some(place) = app.sockets.take(address, &app.limits) else {
        return exchange.refuse(&full());
    };
    let (outlet, answers) = mpsc::channel(WAITING);
    let stream = Stream {
        app: app.clone(),
        db: app.db.at(address),
        actor: bearer.actor.clone(),
        request_id: Arc::from(exchange.request_id.as_str()),
        name: (),
        outlet,
    };
    let opened = match stream.open(&operation).await {
        Ok(opened) => opened,
        Err(NotOpened::Refused(refusal)) => return exchange.refuse(&refusal),
        Err(NotOpened::Answered(answered)) => return exchange.answer(&answered, None),
    };
    exchange.came_to("OK");
    let following = Following {
        stream,
        bearer: bearer.clone(),
        _place: place,
    };
    actix_web::rt::spawn(following.follow(operation, opened));
    HttpResponse::build(StatusCode::OK)
        .content_type(exchange.media.content_type())
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // An event leaves when it is there; compression, here or in a proxy, would wait for more.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(written(answers))
}

fn full() -> Refusal {
    Refusal {
        retry_after: Some(COME_BACK),
        ..Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Unavailable,
            "Er zijn te veel open verbindingen. Probeer het later weer.",
            "There are too many open connections. Try again later.",
        )
    }
}

/// A subscription that is followed.
struct Following {
    stream: Stream<()>,
    bearer: Bearer,
    /// Kept as long as it is followed.
    _place: Place,
}

impl Following {
    async fn follow(self, operation: Operation, opened: Opened) {
        let mut stopping = self.stream.app.drain.follow();
        tokio::select! {
            () = self.stream.carry_on(&operation, opened) => {}
            () = self.until_time_is_up() => {}
            () = self.stream.outlet.closed() => {}
            _ = stopping.changed() => {}
        }
    }

    /// Comes back when the token does not hold any more, or when the client has read nothing for too long.
    async fn until_time_is_up(&self) {
        let app = &self.stream.app;
        let mut ticks = tokio::time::interval(TICK);
        let mut read = Instant::now();
        loop {
            ticks.tick().await;
            let now = app.db.clock().now();
            if self.bearer.still_holds(now).is_err() {
                return;
            }
            if self.stream.outlet.capacity() > 0 {
                read = Instant::now();
            }
            if read.elapsed() > app.limits.slowest_client {
                tracing::info!("a client that does not read is cut");
                return;
            }
        }
    }
}

/// Answers as they are written, with a comment after each silence.
fn written(
    answers: mpsc::Receiver<((), StreamEvent)>,
) -> impl FuturesStream<Item = Result<Bytes, std::convert::Infallible>> {
    // The first sign of life leaves at once, so that the client sees that the stream is open.
    let start = (answers, Some(":\n\n"));
    stream::unfold(start, async |(mut answers, sign)| {
        if let Some(sign) = sign {
            return Some((Ok(Bytes::from_static(sign.as_bytes())), (answers, None)));
        }
        let text = match tokio::time::timeout(SILENCE, answers.recv()).await {
            Ok(Some(((), shown))) => event(&shown),
            Ok(None) => return None,
            Err(_) => ":\n\n".to_owned(),
        };
        Some((Ok(Bytes::from(text)), (answers, None)))
    })
}

fn event(shown: &StreamEvent) -> String {
    match shown {
        StreamEvent::Next(answer) => next(&answer.to_string()),
        StreamEvent::Failed(errors) => next(&json!({ "errors": errors }).to_string()) + COMPLETE,
        StreamEvent::Done => COMPLETE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_written_as_events() {
        let answer = json!({ "data": { "text": "a\nb" } });
        assert_eq!(
            event(&StreamEvent::Next(answer)),
            "event: next\ndata: {\"data\":{\"text\":\"a\\nb\"}}\n\n"
        );
        assert_eq!(
            event(&StreamEvent::Failed(json!([{ "message": "no" }]))),
            "event: next\ndata: {\"errors\":[{\"message\":\"no\"}]}\n\nevent: complete\ndata:\n\n"
        );
        assert_eq!(event(&StreamEvent::Done), "event: complete\ndata:\n\n");
    }
}

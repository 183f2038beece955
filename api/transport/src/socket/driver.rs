//! Drives one socket: reads messages, keeps time, writes what the protocol says.
//!
//! One message is handled before the next is read, so a client that sends faster than it is served
//! fills its own buffers and nobody else's. A message that the client does not take in within its
//! time ends the socket: its streams would pile up here.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::web;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseReason, ProtocolError, Session};
use serde_json::{Map, Value};
use tokio::{sync::mpsc, task::JoinHandle};

use super::{
    Place,
    protocol::{Action, CloseCode, Event, Protocol, StreamId},
};
use crate::{
    App, actor,
    graphql_request::GraphqlRequest,
    operation::Operation,
    rate::Caller,
    refusal::Refusal,
    stream::{Stream, StreamEvent},
};
use auth::{Bearer, Ended};

/// How often time is looked at.
const TICK: Duration = Duration::from_secs(1);
/// How often a silent client is asked whether it is still there.
const PING_EVERY: Duration = Duration::from_secs(15);
/// How long a client may be silent, pongs included.
const SILENT: Duration = Duration::from_secs(45);
/// Answers of streams that may wait to be written.
const WAITING: usize = 8;

/// A socket that was opened.
pub(super) struct Socket {
    pub(super) app: web::Data<App>,
    pub(super) session: Session,
    pub(super) request_id: String,
    /// Who the header of the handshake says it is; the public when there was none.
    pub(super) header: Result<Bearer, actor::Refused>,
    pub(super) address: IpAddr,
    /// Kept as long as the socket is open.
    pub(super) place: Place,
}

/// The client is gone, or does not read.
struct Gone;

impl Socket {
    /// Ends a socket that was asked for with another sub-protocol.
    pub(super) async fn refuse_protocol(self) {
        let code = CloseCode::SubprotocolNotAcceptable;
        self.app.metrics.closed(code.number());
        close(self.session, code, "Subprotocol not acceptable").await;
    }

    /// Serves the socket until one of both ends it.
    pub(super) async fn drive(self, messages: AggregatedMessageStream) {
        let app = self.app.clone();
        let _counted = app.metrics.socket();
        let (outlet, answers) = mpsc::channel(WAITING);
        let mut driven = Driven {
            protocol: Protocol::new(app.limits.streams),
            bearer: Bearer::public(),
            running: HashMap::new(),
            outlet,
            socket: self,
        };
        driven.serve(messages, answers).await;
        for running in driven.running.values() {
            running.abort();
        }
        drop(driven.socket.place);
    }
}

/// A socket under way.
struct Driven {
    socket: Socket,
    protocol: Protocol,
    bearer: Bearer,
    running: HashMap<u64, JoinHandle<()>>,
    outlet: mpsc::Sender<(StreamId, StreamEvent)>,
}

impl Driven {
    async fn serve(
        &mut self,
        mut messages: AggregatedMessageStream,
        mut answers: mpsc::Receiver<(StreamId, StreamEvent)>,
    ) {
        let opened = Instant::now();
        let mut heard = Instant::now();
        let mut pinged = Instant::now();
        let mut ticks = tokio::time::interval(TICK.min(self.socket.app.limits.init_within));
        let mut stopping = self.socket.app.drain.follow();
        while !self.protocol.is_closed() {
            let event = tokio::select! {
                message = messages.recv() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(AggregatedMessage::Text(text))) => {
                            Some(Event::Text(text.to_string()))
                        }
                        Some(Ok(AggregatedMessage::Binary(_))) => Some(Event::Binary),
                        Some(Ok(AggregatedMessage::Ping(bytes))) => {
                            let pong = self.socket.session.pong(&bytes);
                            if timely(pong, &self.socket.app).await.is_err() { return; }
                            None
                        }
                        Some(Ok(AggregatedMessage::Pong(_))) => None,
                        Some(Ok(AggregatedMessage::Close(reason))) => {
                            return self.answer_close(reason).await;
                        }
                        Some(Err(ProtocolError::Overflow)) => Some(Event::Overflow),
                        Some(Err(_)) => Some(Event::Malformed),
                        None => return,
                    }
                }
                Some((stream, shown)) = answers.recv() => Some(match shown {
                    StreamEvent::Next(answer) => Event::Next(stream, answer),
                    StreamEvent::Failed(errors) => Event::Failed(stream, errors),
                    StreamEvent::Done => Event::Done(stream),
                }),
                _ = stopping.changed() => Some(Event::Stopping),
                _ = ticks.tick() => {
                    if heard.elapsed() > SILENT {
                        return;
                    }
                    if heard.elapsed() > PING_EVERY && pinged.elapsed() > PING_EVERY {
                        pinged = Instant::now();
                        let ping = self.socket.session.ping(b"");
                        if timely(ping, &self.socket.app).await.is_err() { return; }
                    }
                    self.time_is_up(opened)
                }
            };
            if let Some(event) = event
                && self.act_on(event).await.is_err()
            {
                return;
            }
        }
    }

    /// What the time brings: no `connection_init`, or a token that does not hold any more.
    fn time_is_up(&self, opened: Instant) -> Option<Event> {
        if self.protocol.is_waiting() {
            let is_late = opened.elapsed() >= self.socket.app.limits.init_within;
            return is_late.then_some(Event::InitTimedOut);
        }
        self.token_ended()
    }

    /// The end of a token that does not hold any more, by its own time or by its issuer's keys.
    fn token_ended(&self) -> Option<Event> {
        let now = self.socket.app.db.clock().now();
        match self.bearer.still_holds(now) {
            Ok(()) => None,
            Err(Ended::Expired) => Some(Event::Refused("The token has expired")),
            Err(Ended::KeyWithdrawn) => Some(Event::Refused("The key of the token was withdrawn")),
        }
    }

    /// Does what the protocol says, and what follows from that.
    async fn act_on(&mut self, event: Event) -> Result<(), Gone> {
        // Nothing is told, or started, on a token that ended a moment ago.
        let event = self.token_ended().unwrap_or(event);
        for action in self.protocol.on(event) {
            match action {
                Action::Send(message) => self.send(message.to_string()).await?,
                Action::Admit(payload) => {
                    let verdict = self.admit(&payload).await;
                    for action in self.protocol.on(verdict) {
                        match action {
                            Action::Send(message) => self.send(message.to_string()).await?,
                            Action::Close(code, why) => self.close(code, &why).await,
                            Action::Admit(_) | Action::Start(..) | Action::Stop(_) => {}
                        }
                    }
                }
                Action::Start(stream, payload) => self.start(stream, payload),
                Action::Stop(stream) => {
                    if let Some(running) = self.running.remove(&stream.number) {
                        running.abort();
                    }
                }
                Action::Close(code, why) => self.close(code, &why).await,
            }
        }
        self.running.retain(|_, running| !running.is_finished());
        Ok(())
    }

    async fn send(&mut self, message: String) -> Result<(), Gone> {
        let app = self.socket.app.clone();
        timely(self.socket.session.text(message), &app).await
    }

    /// Answers the client's farewell with its own words (RFC 6455, 5.5.1): without an answer it
    /// would wait, and take the end for a failure.
    async fn answer_close(&mut self, reason: Option<CloseReason>) {
        let session = self.socket.session.clone();
        let within = self.socket.app.limits.slowest_client;
        tokio::time::timeout(within, session.close(reason))
            .await
            .ok();
    }

    async fn close(&mut self, code: CloseCode, why: &str) {
        self.socket.app.metrics.closed(code.number());
        let session = self.socket.session.clone();
        let within = self.socket.app.limits.slowest_client;
        tokio::time::timeout(within, close(session, code, why))
            .await
            .ok();
    }

    /// Who the client says it is: in the payload, and else in the header of the handshake.
    async fn admit(&mut self, payload: &Map<String, Value>) -> Event {
        let authorization = payload
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let bearer = match authorization {
            None => self.socket.header.clone().map_err(|_| ()),
            Some((_, Value::String(value))) => match value.split_once(' ') {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                    let app = &self.socket.app;
                    actor::of_token(token.trim(), app).await.map_err(|_| ())
                }
                Some(_) | None => Err(()),
            },
            Some(_) => Err(()),
        };
        match bearer {
            Ok(bearer) => {
                self.bearer = bearer;
                Event::Admitted
            }
            Err(()) => {
                // Guessing tokens is bounded as it is by HTTP.
                let caller = Caller::at(self.socket.address);
                self.socket.app.rates.take(&caller).ok();
                Event::Refused("Forbidden")
            }
        }
    }

    fn start(&mut self, stream: StreamId, payload: Map<String, Value>) {
        let number = stream.number;
        let operation = self.operation(payload);
        let stream = Stream {
            app: self.socket.app.clone(),
            db: self.socket.app.db.at(self.socket.address),
            actor: self.bearer.actor.clone(),
            request_id: Arc::from(self.socket.request_id.as_str()),
            name: stream,
            outlet: self.outlet.clone(),
        };
        let running = actix_web::rt::spawn(stream.answer(operation));
        self.running.insert(number, running);
    }

    /// What is asked, within the rate of who asks.
    fn operation(&self, payload: Map<String, Value>) -> Result<Operation, Refusal> {
        let Socket { app, address, .. } = &self.socket;
        let actor = &self.bearer.actor;
        let caller = Caller::of(actor, *address);
        app.rates.take(&caller).map_err(|empty| empty.refusal())?;
        Operation::of(GraphqlRequest::from_members(payload)?, app, actor)
    }
}

/// Writes, unless the client takes too long to take it in.
async fn timely(
    write: impl Future<Output = Result<(), actix_ws::Closed>>,
    app: &App,
) -> Result<(), Gone> {
    match tokio::time::timeout(app.limits.slowest_client, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Gone),
        Err(_) => {
            tracing::info!("a client that does not read is cut");
            Err(Gone)
        }
    }
}

async fn close(session: Session, code: CloseCode, why: &str) {
    let reason = CloseReason {
        code: code.number().into(),
        description: Some(why.to_owned()),
    };
    session.close(Some(reason)).await.ok();
}

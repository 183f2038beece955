//! `graphql-transport-ws` as a state machine without input or output: an event goes in, actions
//! come out.
//!
//! The rules are those of the protocol: nothing before `connection_init`, which comes once and in
//! time; a stream has an id of its own; a document that is not valid is answered with `error` and
//! not with `next`; whatever is no message of the protocol ends the socket. What is ours: a token
//! that ends, ends the socket with 4403, so that a client may come back with a fresh one; and a
//! socket has at most so many streams.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Characters of a client's id that a reason repeats: a reason has at most 123 bytes.
const ID_SHOWN: usize = 32;
/// Bytes that an id may have.
const LONGEST_ID: usize = 256;

/// Why a socket ends, as a close code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CloseCode {
    /// 1001: the service stops; come back.
    GoingAway,
    /// 1002: bytes that are no frame of a WebSocket, or a text that is no UTF-8.
    ProtocolError,
    /// 1009: a message that is too large.
    TooLarge,
    /// 4400: no message of the protocol.
    BadRequest,
    /// 4401: subscribed before `connection_ack`.
    Unauthorized,
    /// 4403: the token does not hold, or not any more.
    Forbidden,
    /// 4406: another sub-protocol.
    SubprotocolNotAcceptable,
    /// 4408: no `connection_init` in time.
    InitialisationTimeout,
    /// 4409: the id of a stream that is still open.
    SubscriberAlreadyExists,
    /// 4429: a second `connection_init`.
    TooManyInitialisationRequests,
}

impl CloseCode {
    /// The number.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::ProtocolError => 1002,
            Self::TooLarge => 1009,
            Self::BadRequest => 4400,
            Self::Unauthorized => 4401,
            Self::Forbidden => 4403,
            Self::SubprotocolNotAcceptable => 4406,
            Self::InitialisationTimeout => 4408,
            Self::SubscriberAlreadyExists => 4409,
            Self::TooManyInitialisationRequests => 4429,
        }
    }
}

/// A stream of the socket. A number tells it from an earlier one with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StreamId {
    pub(super) id: String,
    pub(super) number: u64,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event {
    /// The client sent a text.
    Text(String),
    /// The client sent bytes, which no message is.
    Binary,
    /// The client sent what is no message at all.
    Malformed,
    /// The client sent a message that is too large.
    Overflow,
    /// The time for `connection_init` is over.
    InitTimedOut,
    /// The token of `connection_init` holds.
    Admitted,
    /// The token does not hold, or its time is over.
    Refused(&'static str),
    /// The service stops.
    Stopping,
    /// A stream has an answer.
    Next(StreamId, Value),
    /// A stream cannot go on; these are its errors.
    Failed(StreamId, Value),
    /// A stream is over.
    Done(StreamId),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Action {
    /// Send a message.
    Send(Value),
    /// Check the token in the payload of `connection_init`; tell it with `Admitted` or `Refused`.
    Admit(Map<String, Value>),
    /// Execute what was asked.
    Start(StreamId, Map<String, Value>),
    /// End a stream that the client has had enough of.
    Stop(StreamId),
    /// End the socket.
    Close(CloseCode, String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing came yet.
    Waiting,
    /// `connection_init` is being looked at.
    Admitting,
    /// Acknowledged.
    Open,
    /// Over; nothing matters any more.
    Closed,
}

/// The state of one socket.
#[derive(Debug)]
pub(super) struct Protocol {
    phase: Phase,
    streams: HashMap<String, u64>,
    most_streams: usize,
    started: u64,
}

impl Protocol {
    /// A socket that was just opened.
    pub(super) fn new(most_streams: usize) -> Self {
        Self {
            phase: Phase::Waiting,
            streams: HashMap::new(),
            most_streams,
            started: 0,
        }
    }

    /// Whether the client still has to say who it is.
    pub(super) fn is_waiting(&self) -> bool {
        self.phase == Phase::Waiting
    }

    /// Whether the socket is over.
    pub(super) fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// What follows from an event.
    pub(super) fn on(&mut self, event: Event) -> Vec<Action> {
        if self.phase == Phase::Closed {
            return Vec::new();
        }
        match event {
            Event::Text(text) => self.message(&text),
            Event::Binary => self.close(CloseCode::BadRequest, "Messages are texts"),
            Event::Malformed => self.close(CloseCode::ProtocolError, "This is no WebSocket frame"),
            Event::Overflow => self.close(CloseCode::TooLarge, "The message is too large"),
            Event::InitTimedOut if self.phase == Phase::Waiting => self.close(
                CloseCode::InitialisationTimeout,
                "Connection initialisation timeout",
            ),
            Event::InitTimedOut => Vec::new(),
            Event::Admitted if self.phase == Phase::Admitting => {
                self.phase = Phase::Open;
                vec![Action::Send(json!({ "type": "connection_ack" }))]
            }
            Event::Admitted => Vec::new(),
            Event::Refused(why) => self.close(CloseCode::Forbidden, why),
            Event::Stopping => self.close(CloseCode::GoingAway, "The service stops"),
            Event::Next(stream, payload) if self.has(&stream) => {
                let id = stream.id;
                vec![Action::Send(
                    json!({ "id": id, "type": "next", "payload": payload }),
                )]
            }
            Event::Failed(stream, errors) if self.has(&stream) => {
                self.streams.remove(&stream.id);
                let id = stream.id;
                vec![Action::Send(
                    json!({ "id": id, "type": "error", "payload": errors }),
                )]
            }
            Event::Done(stream) if self.has(&stream) => {
                self.streams.remove(&stream.id);
                vec![Action::Send(json!({ "id": stream.id, "type": "complete" }))]
            }
            // What a stream still had to say when the client had had enough.
            Event::Next(..) | Event::Failed(..) | Event::Done(_) => Vec::new(),
        }
    }

    fn has(&self, stream: &StreamId) -> bool {
        self.streams.get(&stream.id) == Some(&stream.number)
    }

    fn close(&mut self, code: CloseCode, why: &str) -> Vec<Action> {
        self.phase = Phase::Closed;
        self.streams.clear();
        vec![Action::Close(code, why.to_owned())]
    }

    fn message(&mut self, text: &str) -> Vec<Action> {
        match Message::read(text) {
            Err(why) => self.close(CloseCode::BadRequest, why),
            Ok(Message::Init(payload)) => match self.phase {
                Phase::Waiting => {
                    self.phase = Phase::Admitting;
                    vec![Action::Admit(payload)]
                }
                Phase::Admitting | Phase::Open | Phase::Closed => self.close(
                    CloseCode::TooManyInitialisationRequests,
                    "Too many initialisation requests",
                ),
            },
            Ok(Message::Ping(payload)) => {
                let pong = match payload {
                    Some(payload) => json!({ "type": "pong", "payload": payload }),
                    None => json!({ "type": "pong" }),
                };
                vec![Action::Send(pong)]
            }
            Ok(Message::Pong) => Vec::new(),
            Ok(Message::Subscribe { id, payload }) => self.subscribe(id, payload),
            Ok(Message::Complete { id }) => match self.streams.remove(&id) {
                Some(number) => vec![Action::Stop(StreamId { id, number })],
                // It ended by itself while the message was on its way.
                None => Vec::new(),
            },
        }
    }

    fn subscribe(&mut self, id: String, payload: Map<String, Value>) -> Vec<Action> {
        if self.phase != Phase::Open {
            return self.close(CloseCode::Unauthorized, "Unauthorized");
        }
        if self.streams.contains_key(&id) {
            let shown: String = id.chars().take(ID_SHOWN).collect();
            let why = format!("Subscriber for {shown} already exists");
            return self.close(CloseCode::SubscriberAlreadyExists, &why);
        }
        if self.streams.len() >= self.most_streams {
            let most = self.most_streams;
            let error = json!({
                "message": format!("A socket has at most {most} streams at a time."),
                "extensions": {
                    "code": "RATE_LIMITED",
                    "limit": most,
                    "messageNl": format!("Een verbinding heeft hoogstens {most} stromen tegelijk."),
                },
            });
            return vec![Action::Send(
                json!({ "id": id, "type": "error", "payload": [error] }),
            )];
        }
        self.started += 1;
        self.streams.insert(id.clone(), self.started);
        let number = self.started;
        vec![Action::Start(StreamId { id, number }, payload)]
    }
}

/// A message of a client.
#[derive(Debug, PartialEq)]
enum Message {
    Init(Map<String, Value>),
    Ping(Option<Value>),
    Pong,
    Subscribe {
        id: String,
        payload: Map<String, Value>,
    },
    Complete {
        id: String,
    },
}

impl Message {
    /// Reads a message, or says why it is none. What it holds beyond the protocol is left alone.
    fn read(text: &str) -> Result<Self, &'static str> {
        const NONE: &str = "Invalid message received";
        if crate::gate::inspect_json_depth(text.as_bytes(), 34).is_err() {
            return Err("The message is nested too deep");
        }
        let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
            return Err(NONE);
        };
        let payload = message.remove("payload");
        let kind = match message.remove("type") {
            Some(Value::String(kind)) => kind,
            Some(_) | None => return Err(NONE),
        };
        let mut id = || match message.remove("id") {
            Some(Value::String(id)) if !id.is_empty() && id.len() <= LONGEST_ID => Ok(id),
            Some(_) | None => Err("A message of this type has an id"),
        };
        match (kind.as_str(), payload) {
            ("connection_init", None | Some(Value::Null)) => Ok(Self::Init(Map::new())),
            ("connection_init", Some(Value::Object(payload))) => Ok(Self::Init(payload)),
            ("ping", None | Some(Value::Null)) => Ok(Self::Ping(None)),
            ("ping", Some(payload @ Value::Object(_))) => Ok(Self::Ping(Some(payload))),
            ("pong", None | Some(Value::Null | Value::Object(_))) => Ok(Self::Pong),
            ("subscribe", Some(Value::Object(payload))) if is_request(&payload) => {
                Ok(Self::Subscribe { id: id()?, payload })
            }
            ("complete", None | Some(Value::Null)) => Ok(Self::Complete { id: id()? }),
            _ => Err(NONE),
        }
    }
}

/// Whether a payload is formed as a request: each member has its type, and there is a document or
/// the id of one.
fn is_request(payload: &Map<String, Value>) -> bool {
    let member = |name: &str| payload.get(name).filter(|value| !value.is_null());
    let texts = ["query", "operationName", "documentId"];
    let objects = ["variables", "extensions"];
    let hash = || member("extensions")?.pointer("/persistedQuery/sha256Hash");
    texts.into_iter().filter_map(member).all(Value::is_string)
        && objects.into_iter().filter_map(member).all(Value::is_object)
        && (member("query").or(member("documentId")).or_else(hash)).is_some_and(Value::is_string)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(message: Value) -> Event {
        Event::Text(message.to_string())
    }

    fn subscribe(id: &str) -> Event {
        text(json!({ "id": id, "type": "subscribe", "payload": { "query": "{a}" } }))
    }

    fn stream(id: &str, number: u64) -> StreamId {
        StreamId {
            id: id.to_owned(),
            number,
        }
    }

    fn opened() -> Protocol {
        let mut protocol = Protocol::new(2);
        let token = json!({ "type": "connection_init", "payload": { "token": "t" } });
        let Value::Object(payload) = json!({ "token": "t" }) else {
            unreachable!()
        };
        assert_eq!(protocol.on(text(token)), [Action::Admit(payload)]);
        assert_eq!(
            protocol.on(Event::Admitted),
            [Action::Send(json!({ "type": "connection_ack" }))]
        );
        protocol
    }

    fn closes(protocol: &mut Protocol, event: Event) -> u16 {
        match protocol.on(event.clone()).as_slice() {
            [Action::Close(code, why)] => {
                assert!(why.len() <= 123 && protocol.is_closed());
                assert_eq!(protocol.on(subscribe("late")), []);
                code.number()
            }
            other => panic!("{event:?} leads to {other:?}"),
        }
    }

    #[test]
    fn what_is_no_message_ends_the_socket_with_4400() {
        let long = "x".repeat(257);
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        for wrong in [
            "",
            "7",
            "[]",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"start\",\"id\":\"1\"}",
            "{\"type\":\"next\",\"id\":\"1\",\"payload\":{}}",
            "{\"type\":\"connection_ack\"}",
            "{\"type\":\"connection_init\",\"payload\":7}",
            "{\"type\":\"ping\",\"payload\":\"x\"}",
            "{\"type\":\"pong\",\"payload\":[]}",
            "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}",
            "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{}}",
            "{\"type\":\"subscribe\",\"id\":7,\"payload\":{}}",
            "{\"type\":\"subscribe\",\"id\":\"1\"}",
            "{\"type\":\"complete\"}",
            &format!("{{\"type\":\"complete\",\"id\":\"{long}\"}}"),
            &format!("{{\"type\":\"ping\",\"payload\":{{\"a\":{deep}}}}}"),
        ] {
            assert_eq!(
                closes(&mut opened(), Event::Text(wrong.to_owned())),
                4400,
                "{wrong}"
            );
        }
        assert_eq!(closes(&mut opened(), Event::Binary), 4400);
    }

    #[test]
    fn each_close_code_has_its_time() {
        let fresh = || Protocol::new(2);
        let init = || text(json!({ "type": "connection_init" }));
        assert_eq!(closes(&mut fresh(), subscribe("1")), 4401);
        assert_eq!(closes(&mut fresh(), Event::InitTimedOut), 4408);
        let mut admitting = fresh();
        assert_eq!(admitting.on(init()), [Action::Admit(Map::new())]);
        assert_eq!(admitting.on(Event::InitTimedOut), []);
        assert_eq!(closes(&mut admitting, subscribe("1")), 4401);
        let mut refused = fresh();
        refused.on(init());
        assert_eq!(closes(&mut refused, Event::Refused("Forbidden")), 4403);
        assert_eq!(
            closes(&mut opened(), Event::Refused("The token has expired")),
            4403
        );
        assert_eq!(closes(&mut opened(), init()), 4429);
        let mut twice = fresh();
        twice.on(init());
        assert_eq!(closes(&mut twice, init()), 4429);
        let mut open = opened();
        open.on(subscribe("1"));
        assert_eq!(closes(&mut open, subscribe("1")), 4409);
        assert_eq!(closes(&mut opened(), Event::Stopping), 1001);
        assert_eq!(closes(&mut opened(), Event::Overflow), 1009);
        assert_eq!(opened().on(Event::InitTimedOut), []);
    }

    #[test]
    fn a_ping_is_answered_at_any_time_and_a_pong_is_taken() {
        for mut protocol in [Protocol::new(2), opened()] {
            assert_eq!(
                protocol.on(text(json!({ "type": "ping" }))),
                [Action::Send(json!({ "type": "pong" }))]
            );
            assert_eq!(
                protocol.on(text(json!({ "type": "ping", "payload": { "a": 1 } }))),
                [Action::Send(
                    json!({ "type": "pong", "payload": { "a": 1 } })
                )]
            );
            assert_eq!(protocol.on(text(json!({ "type": "pong" }))), []);
        }
    }

    #[test]
    fn a_stream_tells_until_it_ends_or_the_client_has_enough() {
        let mut protocol = opened();
        let Value::Object(payload) = json!({ "query": "{a}" }) else {
            unreachable!()
        };
        let one = stream("1", 1);
        assert_eq!(
            protocol.on(subscribe("1")),
            [Action::Start(one.clone(), payload)]
        );
        assert_eq!(
            protocol.on(Event::Next(one.clone(), json!({ "data": 1 }))),
            [Action::Send(
                json!({ "id": "1", "type": "next", "payload": { "data": 1 } })
            )]
        );
        assert_eq!(
            protocol.on(text(json!({ "id": "1", "type": "complete" }))),
            [Action::Stop(one.clone())]
        );
        // Too late, and not for the next stream of that name either.
        assert_eq!(protocol.on(Event::Next(one.clone(), json!({}))), []);
        protocol.on(subscribe("1"));
        assert_eq!(protocol.on(Event::Next(one.clone(), json!({}))), []);
        assert_eq!(protocol.on(Event::Done(one)), []);
        let two = stream("1", 2);
        assert_eq!(
            protocol.on(Event::Done(two.clone())),
            [Action::Send(json!({ "id": "1", "type": "complete" }))]
        );
        assert_eq!(protocol.on(Event::Next(two, json!({}))), []);
        assert_eq!(
            protocol.on(text(json!({ "id": "1", "type": "complete" }))),
            []
        );
    }

    #[test]
    fn a_document_that_is_not_valid_is_an_error_and_frees_its_id() {
        let mut protocol = opened();
        protocol.on(subscribe("1"));
        assert_eq!(
            protocol.on(Event::Failed(stream("1", 1), json!([{ "message": "no" }]))),
            [Action::Send(
                json!({ "id": "1", "type": "error", "payload": [{ "message": "no" }] })
            )]
        );
        assert!(matches!(
            protocol.on(subscribe("1")).as_slice(),
            [Action::Start(..)]
        ));
    }

    #[test]
    fn a_socket_has_so_many_streams() {
        let mut protocol = opened();
        protocol.on(subscribe("1"));
        protocol.on(subscribe("2"));
        let [Action::Send(message)] = &protocol.on(subscribe("3"))[..] else {
            panic!("one message");
        };
        assert_eq!(message["type"], "error");
        assert_eq!(message["payload"][0]["extensions"]["code"], "RATE_LIMITED");
        protocol.on(text(json!({ "id": "1", "type": "complete" })));
        assert!(matches!(
            protocol.on(subscribe("3")).as_slice(),
            [Action::Start(..)]
        ));
    }

    proptest! {
        #[test]
        fn nothing_starts_before_the_acknowledgement_and_nothing_follows_the_end(
            steps in prop::collection::vec(0_usize..12, 0..40),
        ) {
            let mut protocol = Protocol::new(3);
            let mut acknowledged = false;
            let mut closed = false;
            for step in steps {
                let event = match step {
                    0 => text(json!({ "type": "connection_init" })),
                    1 => Event::Admitted,
                    2 => subscribe("1"),
                    3 => subscribe("2"),
                    4 => text(json!({ "id": "1", "type": "complete" })),
                    5 => Event::Next(stream("1", 1), json!({})),
                    6 => Event::Done(stream("2", 2)),
                    7 => Event::Failed(stream("1", 3), json!([])),
                    8 => text(json!({ "type": "ping" })),
                    9 => Event::InitTimedOut,
                    10 => Event::Text("x".to_owned()),
                    _ => Event::Refused("Forbidden"),
                };
                for action in protocol.on(event) {
                    prop_assert!(!closed, "nothing follows the end");
                    match action {
                        Action::Start(..) => prop_assert!(acknowledged),
                        Action::Close(..) => closed = true,
                        Action::Send(message) => {
                            acknowledged |= message["type"] == "connection_ack";
                        }
                        Action::Admit(_) | Action::Stop(_) => {}
                    }
                }
                prop_assert_eq!(protocol.is_closed(), closed);
            }
        }
    }
}

//! Sockets by `graphql-transport-ws`: their close codes, who is told what, going on without gap or
//! repeat, and bounds.

use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use acceptance::{
    Answers, App, KeyServer, SigningKey, ministry, municipality, noon, spawn_app,
    spawn_app_limited, spawn_app_trusting, vng,
};
use chrono::TimeDelta;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest as _,
        http::{HeaderValue, StatusCode},
        protocol::{
            CloseFrame,
            frame::{
                Frame,
                coding::{CloseCode, Data, OpCode},
            },
        },
    },
};
use transport::limits::Limits;

use super::{OPEN_PERIOD, opens_period};

/// One socket.
struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn try_open(app: &App, headers: &[(&'static str, &str)]) -> Result<Self, Error> {
        let address = app.address().replace("http://", "ws://") + "/v1/graphql";
        let mut request = address.into_client_request().unwrap();
        for (name, value) in headers {
            let value = HeaderValue::from_str(value).unwrap();
            request.headers_mut().insert(*name, value);
        }
        Ok(Self(connect_async(request).await?.0))
    }

    async fn open(app: &App) -> Self {
        Self::try_open(app, &[("sec-websocket-protocol", "graphql-transport-ws")])
            .await
            .unwrap()
    }

    /// Opened and acknowledged.
    async fn acknowledged(app: &App, token: Option<&str>) -> Self {
        let mut socket = Self::open(app).await;
        let payload = token.map(|token| json!({ "authorization": format!("Bearer {token}") }));
        socket
            .send(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(socket.next().await, json!({ "type": "connection_ack" }));
        socket
    }

    async fn send(&mut self, message: Value) {
        self.0
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        let payload = json!({ "query": query });
        self.send(json!({ "id": id, "type": "subscribe", "payload": payload }))
            .await;
    }

    /// The next message of the protocol.
    async fn next(&mut self) -> Value {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(20), self.0.next()).await;
            match message.expect("a message in time") {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("a message, and not {other:?}"),
            }
        }
    }

    /// The data of the next message, which is one of this stream.
    async fn data(&mut self, id: &str) -> Value {
        let message = self.next().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("next"), &json!(id)),
            "{message}"
        );
        message["payload"]["data"].clone()
    }

    /// The code with which the service ends the socket, with nothing before it.
    async fn closed(&mut self) -> u16 {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(20), self.0.next()).await;
            match message.expect("the end in time") {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("the end, and not {other:?}"),
            }
        }
    }

    /// Shows that nothing else was on its way: the answer to a ping comes next.
    async fn is_silent(&mut self) {
        self.send(json!({ "type": "ping" })).await;
        assert_eq!(self.next().await, json!({ "type": "pong" }));
    }
}

fn subscribe(payload: Value) -> Message {
    Message::text(json!({ "id": "1", "type": "subscribe", "payload": payload }).to_string())
}

/// A client that says goodbye is answered at once, with its own words; without an answer it waits,
/// and takes the end for a failure.
#[tokio::test]
async fn a_farewell_is_answered() {
    let app = spawn_app();
    for (is_acknowledged, code) in [(false, CloseCode::Normal), (true, CloseCode::Away)] {
        let mut socket = if is_acknowledged {
            Socket::acknowledged(&app, None).await
        } else {
            Socket::open(&app).await
        };
        let frame = CloseFrame {
            code,
            reason: "done".into(),
        };
        let sent = Instant::now();
        socket.0.close(Some(frame)).await.unwrap();
        assert_eq!(socket.closed().await, u16::from(code));
        assert!(sent.elapsed() < Duration::from_secs(2));
    }
    // A text that is no UTF-8 ends the socket by the rules of WebSockets.
    let mut socket = Socket::acknowledged(&app, None).await;
    let opcode = OpCode::Data(Data::Text);
    let frame = Frame::message(vec![0xff], opcode, true);
    socket.0.send(Message::Frame(frame)).await.unwrap();
    assert_eq!(socket.closed().await, 1002);
}

#[tokio::test]
async fn each_close_code_comes_at_its_time() {
    let limits = Limits {
        init_within: Duration::from_millis(200),
        streams: 2,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, Default::default());

    let mut late = Socket::open(&app).await;
    assert_eq!(late.closed().await, 4408);

    let mut unauthorized = Socket::open(&app).await;
    unauthorized.subscribe("1", "{ viewer { role } }").await;
    assert_eq!(unauthorized.closed().await, 4401);

    let mut forbidden = Socket::open(&app).await;
    forbidden
        .send(json!({ "type": "connection_init", "payload": { "Authorization": "Bearer wrong" } }))
        .await;
    assert_eq!(forbidden.closed().await, 4403);
    let with_header = [
        ("sec-websocket-protocol", "graphql-transport-ws"),
        ("authorization", "Bearer wrong"),
    ];
    let mut forbidden = Socket::try_open(&app, &with_header).await.unwrap();
    forbidden.send(json!({ "type": "connection_init" })).await;
    assert_eq!(forbidden.closed().await, 4403);

    let mut other = Socket::try_open(&app, &[]).await.unwrap();
    assert_eq!(other.closed().await, 4406);

    let mut twice = Socket::acknowledged(&app, None).await;
    twice.send(json!({ "type": "connection_init" })).await;
    assert_eq!(twice.closed().await, 4429);

    let mut same = Socket::acknowledged(&app, None).await;
    same.subscribe("1", "subscription { ledgerAdvanced { ledger } }")
        .await;
    same.subscribe("1", "subscription { ledgerAdvanced { ledger } }")
        .await;
    assert_eq!(same.closed().await, 4409);
}

#[tokio::test]
async fn what_is_no_message_of_the_protocol_closes_the_socket() {
    let app = spawn_app();
    for wrong in [
        Message::text("{\"type\":\"start\"}"),
        Message::binary(vec![1]),
        subscribe(json!({})),
        subscribe(json!({ "query": null })),
        subscribe(json!({ "query": 7 })),
        subscribe(json!({ "query": "{ viewer { role } }", "variables": [] })),
        subscribe(json!({ "extensions": { "persistedQuery": {} } })),
    ] {
        let mut socket = Socket::acknowledged(&app, None).await;
        socket.0.send(wrong).await.unwrap();
        assert_eq!(socket.closed().await, 4400);
    }
    let mut large = Socket::acknowledged(&app, None).await;
    large.0.send(Message::text(" ".repeat(300_000))).await.ok();
    assert_eq!(large.closed().await, 1009);
}

#[tokio::test]
async fn a_mistake_ends_its_operation_and_not_the_socket() {
    let limits = Limits {
        streams: 2,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, Default::default());
    let mut socket = Socket::acknowledged(&app, Some(&vng())).await;
    socket.subscribe("q", "{ viewer { role } }").await;
    assert_eq!(
        socket.data("q").await,
        json!({ "viewer": { "role": "VNG" } })
    );
    assert_eq!(
        socket.next().await,
        json!({ "id": "q", "type": "complete" })
    );
    let deep = "{a".repeat(5_000);
    for (query, code) in [
        ("subscription { nothing }", "BAD_REQUEST"),
        (
            "subscription { ledgerAdvanced { ledger } other: ledgerAdvanced { ledger } }",
            "BAD_REQUEST",
        ),
        (
            "subscription { ledgerAdvanced(since: -1) { ledger } }",
            "BAD_REQUEST",
        ),
        (
            "subscription { ledgerAdvanced(since: 999999999) { ledger } }",
            "POSITION_LOST",
        ),
        (
            "subscription { statusReported(action: 47) { ledger } }",
            "NOT_FOUND",
        ),
        (
            "subscription { assessmentChanged(municipality: \"x\") { ledger } }",
            "NOT_FOUND",
        ),
        ("{ nothing }", "BAD_REQUEST"),
        (deep.as_str(), "TOO_COMPLEX"),
    ] {
        socket.subscribe("e", query).await;
        let message = socket.next().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("error"), &json!("e")),
            "{message}"
        );
        assert_eq!(
            message["payload"][0]["extensions"]["code"], code,
            "{message}"
        );
        assert!(message["payload"][0]["extensions"]["requestId"].is_string());
    }
    for id in ["1", "2"] {
        socket
            .subscribe(id, "subscription { ledgerAdvanced { ledger } }")
            .await;
    }
    socket
        .subscribe("3", "subscription { ledgerAdvanced { ledger } }")
        .await;
    let message = socket.next().await;
    assert_eq!(
        message["payload"][0]["extensions"]["code"], "RATE_LIMITED",
        "{message}"
    );
    socket.is_silent().await;
}

async fn submit(app: &App, code: &str) {
    let client = app.with(&municipality(code));
    let saved = format!(
        "mutation {{ saveDraft(input: {{ municipality: \"{code}\", period: \"2027-1\",
            answers: [{{ criterion: \"SV-01\", answer: MET }}] }}) {{ errors {{ code }} }} }}"
    );
    assert_eq!(
        client.ask(&saved).await.data(),
        json!({ "saveDraft": { "errors": [] } })
    );
    let submitted = format!(
        "mutation {{ submitAssessment(input: {{ municipality: \"{code}\", period: \"2027-1\",
            idempotencyKey: \"{code}\",
            approvedByFunction: \"Wethouder\", approvedOn: \"2026-11-20\" }}) {{
            errors {{ code }} }} }}"
    );
    assert_eq!(
        client.ask(&submitted).await.data(),
        json!({ "submitAssessment": { "errors": [] } })
    );
}

#[tokio::test]
async fn each_receives_what_it_may_see() {
    let app = spawn_app();
    opens_period(&app).await;
    app.clock.set(noon() + TimeDelta::days(10));
    let changed = "subscription { assessmentChanged {
        ledger operation assessment { state municipality { code } } } }";
    let advanced = "subscription { ledgerAdvanced { ledger } }";
    let mut sees = Socket::acknowledged(&app, Some(&vng())).await;
    let mut own = Socket::acknowledged(&app, Some(&municipality("GM0402"))).await;
    let mut others = Vec::new();
    for token in [None, Some(ministry()), Some(municipality("GM0363"))] {
        others.push(Socket::acknowledged(&app, token.as_deref()).await);
    }
    for socket in [&mut sees, &mut own].into_iter().chain(&mut others) {
        socket.subscribe("a", changed).await;
        // Both streams are open once the second has answered: what is asked after them comes after
        // them.
        socket.subscribe("q", "{ viewer { role } }").await;
        assert_eq!(socket.next().await["id"], "q");
        assert_eq!(socket.next().await["type"], "complete");
    }
    let [public, ..] = &mut others[..] else {
        panic!("three sockets");
    };
    public.subscribe("l", advanced).await;
    public.is_silent().await;

    submit(&app, "GM0402").await;
    let event = sees.data("a").await;
    let number = event["assessmentChanged"]["ledger"].as_i64().unwrap();
    assert_eq!(
        event,
        json!({ "assessmentChanged": {
            "ledger": number, "operation": "assessment.submitted",
            "assessment": { "state": "SUBMITTED", "municipality": { "code": "GM0402" } },
        } })
    );
    assert_eq!(own.data("a").await, event);
    // Everybody may know that the ledger grew, and nothing else.
    let head = app
        .public()
        .ask("{ action(number: 1) { key } }")
        .await
        .ledger();
    assert_eq!(
        others[0].data("l").await,
        json!({ "ledgerAdvanced": { "ledger": head } })
    );
    for socket in &mut others {
        socket.is_silent().await;
    }
    submit(&app, "GM0363").await;
    assert_eq!(
        sees.data("a").await["assessmentChanged"]["operation"],
        "assessment.submitted"
    );
    let other = others[2].data("a").await["assessmentChanged"].clone();
    assert_eq!(other["assessment"]["municipality"]["code"], "GM0363");
    own.is_silent().await;
}

/// The ledger number of the last entry.
async fn head(app: &App) -> i64 {
    let answer = app.public().ask("{ action(number: 1) { key } }").await;
    answer.ledger()
}

#[tokio::test]
async fn a_subscription_goes_on_where_it_was() {
    let app = spawn_app();
    opens_period(&app).await;
    app.clock.set(noon() + TimeDelta::days(10));
    let before = head(&app).await;
    let mut sees = Socket::acknowledged(&app, Some(&vng())).await;
    let changed = "subscription { assessmentChanged { ledger } }";
    sees.subscribe("a", changed).await;
    sees.subscribe("q", "{ viewer { role } }").await;
    assert_eq!(sees.next().await["id"], "q");
    assert_eq!(sees.next().await["type"], "complete");
    let mut numbers = Vec::new();
    for code in ["GM0402", "GM0363"] {
        submit(&app, code).await;
        let event = sees.data("a").await["assessmentChanged"]["ledger"].clone();
        numbers.push(event.as_i64().unwrap());
    }
    let (number, later) = (numbers[0], numbers[1]);
    // Going on from a position: no gap, no repeat, and nobody sees more by going back.
    let ask =
        |from: &str| format!("subscription {{ assessmentChanged(since: {from}) {{ ledger }} }}");
    for (token, from, expected) in [
        (vng(), before, vec![number, later]),
        (vng(), number - 1, vec![number, later]),
        (vng(), number, vec![later]),
        (vng(), later, vec![]),
        (municipality("GM0402"), 0, vec![number]),
        (municipality("GM0363"), 0, vec![later]),
        (ministry(), 0, vec![]),
    ] {
        let mut socket = Socket::acknowledged(&app, Some(&token)).await;
        let from = match from {
            0 => "0".to_owned(),
            number => format!("\"{}\"", app.database.position(number).await),
        };
        socket.subscribe("s", &ask(&from)).await;
        for number in expected {
            assert_eq!(
                socket.data("s").await,
                json!({ "assessmentChanged": { "ledger": number } })
            );
        }
        socket.subscribe("q", "{ viewer { role } }").await;
        assert_eq!(socket.next().await["id"], "q");
    }
}

#[tokio::test]
async fn each_status_that_was_ever_reported_comes_once_and_in_order() {
    let app = spawn_app();
    // Each is read as it was known at its entry.
    let reported = app
        .database
        .count("select count(*) from ledger where subject_kind = 'StatusReport'")
        .await;
    let mut socket = Socket::acknowledged(&app, None).await;
    socket
        .subscribe(
            "r",
            "subscription { statusReported(since: 0) { ledger round { key } action { key status } } }",
        )
        .await;
    let mut last = 0;
    for _ in 0..reported {
        let event = socket.data("r").await["statusReported"].clone();
        let ledger = event["ledger"].as_i64().unwrap();
        assert!(
            ledger > last
                && event["round"]["key"] == "2025-1"
                && event["action"]["key"].is_string(),
            "{event}"
        );
        last = ledger;
    }
    socket.is_silent().await;
}

#[tokio::test]
async fn a_socket_outlives_its_listener_and_not_its_token() {
    let app = spawn_app();
    opens_period(&app).await;
    app.clock.set(noon() + TimeDelta::days(10));
    let mut sees = Socket::acknowledged(&app, Some(&vng())).await;
    let mut public = Socket::acknowledged(&app, None).await;
    let changed = "subscription { assessmentChanged { assessment { municipality { code } } } }";
    sees.subscribe("a", changed).await;
    public
        .subscribe("l", "subscription { ledgerAdvanced { ledger } }")
        .await;
    for socket in [&mut sees, &mut public] {
        socket.subscribe("q", "{ viewer { role } }").await;
        assert_eq!(socket.next().await["id"], "q");
        assert_eq!(socket.next().await["type"], "complete");
    }
    // The listener is cut, and what happened meanwhile is told all the same.
    app.database
        .count(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity
             where datname = current_database() and usename = 'stm_app'",
        )
        .await;
    submit(&app, "GM0406").await;
    let event = sees.data("a").await["assessmentChanged"].clone();
    assert_eq!(event["assessment"]["municipality"]["code"], "GM0406");

    public.data("l").await;

    // A token that ends, ends its socket; who has none stays.
    app.clock.set(noon() + TimeDelta::days(401));
    assert_eq!(sees.closed().await, 4403);
    public_stays(&mut public).await;
}

/// What goes on after its request goes on by the keys that its issuer has at the moment.
#[tokio::test]
async fn a_withdrawn_key_ends_what_was_opened_with_it() {
    let (key, next) = (SigningKey::ec("stolen"), SigningKey::ec("next"));
    let server = KeyServer::start(Answers::keys(&[&key, &next]));
    let app = spawn_app_trusting(&format!(
        r#"[[issuer]]
        issuer = "https://login.example.nl"
        jwks = "{}"
        audience = "stm"
        algorithms = ["ES256"]
        roles.VNG = "any"
        "#,
        server.url()
    ));
    let claims = json!({
        "iss": "https://login.example.nl", "aud": "stm", "sub": "anna", "role": "vng",
        "exp": (noon() + TimeDelta::days(1)).timestamp(),
    });
    let (stolen, good) = (key.sign(&claims), next.sign(&claims));
    let mut ends = Socket::acknowledged(&app, Some(&stolen)).await;
    let mut goes_on = Socket::acknowledged(&app, Some(&good)).await;
    let query = "subscription { ledgerAdvanced { __typename } }";
    let mut ending = app.with(&stolen).follow(query, json!({})).await;
    let mut going_on = app.with(&good).follow(query, json!({})).await;

    server.set(Answers::keys(&[&next]));
    app.clock.set(noon() + TimeDelta::seconds(601));
    assert_eq!(ends.closed().await, 4403);
    assert_eq!(ending.next().await, None);
    // It was accepted twice before.
    assert_eq!(
        app.with(&stolen).ask("{ viewer { role } }").await.status,
        401
    );
    goes_on.is_silent().await;
    let opened = app.with(&good).ask(OPEN_PERIOD).await.data();
    assert_eq!(opened["openReportingPeriod"]["errors"], json!([]));
    assert_eq!(
        going_on.data().await,
        json!({ "ledgerAdvanced": { "__typename": "LedgerAdvanced" } })
    );

    // Another key under the old id is not the one that signed.
    server.set(Answers::keys(&[&SigningKey::ec("next")]));
    app.clock.set(noon() + TimeDelta::seconds(1202));
    assert_eq!(goes_on.closed().await, 4403);
    assert_eq!(going_on.next().await, None);
}

async fn public_stays(socket: &mut Socket) {
    while socket.next_is_data().await {}
    socket.is_silent().await;
}

impl Socket {
    /// Takes in what is there already.
    async fn next_is_data(&mut self) -> bool {
        self.send(json!({ "type": "ping" })).await;
        self.next().await["type"] == "next" && self.next().await["type"] == "next"
    }
}

#[tokio::test]
async fn sockets_are_bounded_and_who_does_not_read_is_cut() {
    let limits = Limits {
        sockets: 2,
        slowest_client: Duration::from_millis(500),
        streams: 100,
        public_per_minute: NonZeroU32::MAX,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, Default::default());
    let mut idle = Socket::acknowledged(&app, None).await;
    let mut slow = Socket::acknowledged(&app, None).await;
    let third = Socket::try_open(&app, &[("sec-websocket-protocol", "graphql-transport-ws")]).await;
    match third {
        Err(Error::Http(response)) => {
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(response.headers()["retry-after"], "30");
        }
        other => panic!("a refusal, and not {:?}", other.map(|_| ())),
    }
    // Answers of hundreds of kilobytes that nobody takes in.
    let large = "{ __schema { types { name description fields { name description } } } }";
    for id in 0..90 {
        let payload = json!({ "query": large });
        let message = json!({ "id": id.to_string(), "type": "subscribe", "payload": payload });
        if slow
            .0
            .send(Message::text(message.to_string()))
            .await
            .is_err()
        {
            break;
        }
    }
    // Its place is free again only once it was cut.
    let mut freed = None;
    let began = Instant::now();
    while freed.is_none() && began.elapsed() < Duration::from_secs(30) {
        let headers = [("sec-websocket-protocol", "graphql-transport-ws")];
        freed = Socket::try_open(&app, &headers).await.ok();
        idle.is_silent().await;
    }
    assert!(freed.is_some());
}

#[tokio::test]
async fn the_end_comes_in_order() {
    let app = spawn_app();
    let mut socket = Socket::acknowledged(&app, None).await;
    socket
        .subscribe("l", "subscription { ledgerAdvanced { ledger } }")
        .await;
    socket.is_silent().await;
    let looks = async {
        assert_eq!(socket.closed().await, 1001);
        let ready = app.public().get("/health/ready").await;
        assert_eq!(
            (ready.status, &ready.json()["code"]),
            (503, &json!("UNAVAILABLE"))
        );
        // Who still asks is answered.
        let answer = app.public().ask("{ viewer { role } }").await;
        assert_eq!(answer.data(), json!({ "viewer": { "role": "PUBLIC" } }));
    };
    tokio::join!(app.drain(), looks);
}

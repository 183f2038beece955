//! What a client reads of the connection itself: bytes as they come over the wire.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use acceptance::{App, spawn_app};

fn connect(app: &App) -> TcpStream {
    let host = app.address().strip_prefix("http://").unwrap();
    let stream = TcpStream::connect(host).unwrap();
    let within = Some(Duration::from_secs(15));
    stream.set_read_timeout(within).unwrap();
    stream
}

/// Reads up to the end of a head.
fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}

/// Python's `gql` looks for `Sec-WebSocket-Protocol` by its letters.
#[test]
fn a_handshake_writes_its_headers_as_the_standard_does() {
    let app = spawn_app();
    for protocols in [
        "Sec-WebSocket-Protocol: graphql-transport-ws\r\n",
        "Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws\r\n",
        "",
    ] {
        let mut stream = connect(&app);
        write!(
            stream,
            "GET /v1/graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{protocols}\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .unwrap();
        let head = read_head(&mut stream);
        let mut lines = head.lines();
        assert_eq!(lines.next(), Some("HTTP/1.1 101 Switching Protocols"));
        let lines: Vec<&str> = lines.collect();
        for line in ["Upgrade: websocket", "Connection: Upgrade"] {
            assert!(lines.contains(&line), "{line} in {head}");
        }
        let values_of = |name: &str| {
            let lines = lines.iter().filter_map(|line| line.split_once(": "));
            let named = lines.filter(|(given, _)| given.eq_ignore_ascii_case(name));
            named.map(|(_, value)| value.to_owned()).collect::<Vec<_>>()
        };
        // The example of RFC 6455, section 1.3.
        assert_eq!(
            values_of("sec-websocket-accept"),
            ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="]
        );
        let protocol = "Sec-WebSocket-Protocol: graphql-transport-ws";
        let is_spoken = !protocols.is_empty();
        assert_eq!(lines.contains(&protocol), is_spoken, "{head}");
        assert_eq!(
            values_of("sec-websocket-protocol").len(),
            usize::from(is_spoken)
        );
    }
}

/// What Java's own client sends with every request, to say that it speaks HTTP/2 as well.
const OFFER: &str = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\
                     HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n";
const BODY: &str = r#"{"query":"{ viewer { role } }"}"#;
const ANSWER: &str = r#"{"data":{"viewer":{"role":"PUBLIC"}},"#;

/// A question that offers another protocol.
fn question(offer: &str) -> String {
    let length = BODY.len();
    format!(
        "POST /v1/graphql HTTP/1.1\r\n{offer}Host: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{BODY}"
    )
}

/// The values of a header.
fn values_of<'a>(head: &'a str, name: &str) -> Vec<&'a str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let named = lines.filter(|(given, _)| given.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value).collect()
}

/// Reads one answer: its head and its body.
fn read_answer(stream: &mut TcpStream) -> (String, String) {
    let head = read_head(stream);
    let lengths = values_of(&head, "content-length");
    let mut body = vec![0; lengths.first().unwrap().parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}

#[track_caller]
fn assert_answered(stream: &mut TcpStream) {
    let (head, body) = read_answer(stream);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for name in ["connection", "upgrade"] {
        assert_eq!(values_of(&head, name), [""; 0], "{head}");
    }
    assert!(body.starts_with(ANSWER), "{body}");
}

#[test]
fn an_upgrade_that_is_not_done_is_passed_over_and_the_connection_goes_on() {
    let app = spawn_app();
    let mut stream = connect(&app);
    stream.set_nodelay(true).unwrap();
    for offer in [
        OFFER,
        "",
        "connection: UPGRADE\r\nupgrade: TLS/1.0\r\n",
        "Upgrade: h2c\r\nConnection: keep-alive, upgrade\r\n",
        "Connection: Upgrade\r\n",
    ] {
        stream.write_all(question(offer).as_bytes()).unwrap();
        assert_answered(&mut stream);
    }
    // In pieces of which none is a whole line.
    for piece in question(OFFER).as_bytes().chunks(3) {
        stream.write_all(piece).unwrap();
    }
    assert_answered(&mut stream);
    // A body without a length of its own, and what stands behind it.
    let (head, body) = BODY.split_at(7);
    let (first, last) = (head.len(), body.len());
    write!(
        stream,
        "POST /v1/graphql HTTP/1.1\r\n{OFFER}Host: localhost\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n{first:x}\r\n{head}\r\n{last:x}\r\n{body}\r\n0\r\n\r\n"
    )
    .unwrap();
    assert_answered(&mut stream);
    // Several at once.
    let several = [OFFER, "", OFFER, OFFER].map(question).concat();
    stream.write_all(several.as_bytes()).unwrap();
    for _ in 0..4 {
        assert_answered(&mut stream);
    }
}

#[test]
fn who_asks_for_the_end_of_the_connection_gets_it() {
    let app = spawn_app();
    let mut stream = connect(&app);
    let offer = "Connection: upgrade, close\r\nUpgrade: h2c\r\n";
    stream.write_all(question(offer).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, answer) = text.split_once("\r\n\r\n").unwrap();
    assert_eq!(values_of(head, "connection"), ["close"]);
    assert!(answer.starts_with(ANSWER), "{answer}");
}

#[test]
fn a_socket_is_opened_however_it_is_offered() {
    let app = spawn_app();
    for (offer, connection) in [
        ("WEBSOCKET", "UPGRADE"),
        ("h2c, websocket", "keep-alive, Upgrade"),
        ("WebSocket, h2c", "Upgrade, HTTP2-Settings"),
    ] {
        let mut stream = connect(&app);
        write!(
            stream,
            "GET /v1/graphql HTTP/1.1\r\nConnection: {connection}\r\nHost: localhost\r\n\
             Upgrade: {offer}\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Protocol: graphql-transport-ws\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .unwrap();
        let head = read_head(&mut stream);
        assert!(head.starts_with("HTTP/1.1 101 "), "{offer}: {head}");
        assert_eq!(values_of(&head, "connection"), ["Upgrade"], "{offer}");
        // A ping of two bytes under a mask of zeros, and its pong.
        stream.write_all(b"\x89\x82\0\0\0\0hi").unwrap();
        let mut pong = [0; 4];
        stream.read_exact(&mut pong).unwrap();
        assert_eq!(&pong, b"\x8a\x02hi", "{offer}");
    }
}

#[test]
fn a_socket_that_is_not_opened_ends_the_connection_with_a_word() {
    let app = spawn_app();
    for (path, status) in [
        ("/health/live", "200 OK"),
        ("/v1/graphql", "400 Bad Request"),
    ] {
        let mut stream = connect(&app);
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
             Upgrade: websocket\r\n\r\n"
        )
        .unwrap();
        let head = read_head(&mut stream);
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status}\r\n")),
            "{head}"
        );
        assert_eq!(values_of(&head, "connection"), ["close"], "{path}");
    }
}

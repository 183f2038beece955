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

/// Java's own client offers HTTP/2 with its first request, and sends the next one on the same
/// connection unless it is told that it ends.
#[test]
fn an_upgrade_that_is_not_done_is_answered_and_ends_with_a_word() {
    let app = spawn_app();
    let body = r#"{"query":"{ viewer { role } }"}"#;
    let length = body.len();
    let mut stream = connect(&app);
    write!(
        stream,
        "POST /v1/graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n\
         Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let (head, answer) = text.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200 ok\r\n"), "{head}");
    let connection: Vec<&str> = head
        .lines()
        .filter_map(|line| line.strip_prefix("connection: "))
        .collect();
    assert_eq!(connection, ["close"]);
    assert!(answer.contains(r#""role":"PUBLIC""#), "{answer}");
}

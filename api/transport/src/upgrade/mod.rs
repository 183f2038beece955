//! An upgrade that is not done is passed over, and the connection goes on (RFC 9110, section 7.8).
//!
//! actix-http takes `Connection: upgrade` as the end of HTTP on a connection, whatever protocol is
//! offered: it answers and closes, and a client that sends its next request meanwhile, as Java's
//! does after an offer of `h2c`, loses it. No response can change that, so the word is altered
//! before actix-http reads it: in the head of each request the last letter of the option `upgrade`
//! becomes another, and of the protocols only those that may be `websocket` are left.
//! [`restore`] gives a request for a WebSocket its option back.
//!
//! Bodies stay as they are: [`heads`] knows where each head begins.

mod heads;

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{
    dev::RequestHead,
    http::header::{CONNECTION, HeaderMap, HeaderValue, UPGRADE},
    rt::net::{TcpStream, UnixStream},
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use self::heads::Heads;

/// The option `upgrade` as actix-http reads it.
const MASKED: &str = "upgrad_";

/// What a connection runs over.
#[derive(Debug)]
enum Stream {
    Tcp(TcpStream),
    /// A socket of this machine.
    Unix(UnixStream),
}

/// A connection of a client, of which the offers of other protocols are passed over.
#[derive(Debug)]
pub(super) struct Connection {
    io: Stream,
    heads: Heads,
}

impl From<TcpStream> for Connection {
    fn from(io: TcpStream) -> Self {
        Self {
            io: Stream::Tcp(io),
            heads: Heads::default(),
        }
    }
}

impl From<UnixStream> for Connection {
    fn from(io: UnixStream) -> Self {
        Self {
            io: Stream::Unix(io),
            heads: Heads::default(),
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        ready!(match &mut this.io {
            Stream::Tcp(io) => Pin::new(io).poll_read(context, buffer),
            Stream::Unix(io) => Pin::new(io).poll_read(context, buffer),
        })?;
        this.heads.alter(&mut buffer.filled_mut()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().io {
            Stream::Tcp(io) => Pin::new(io).poll_write(context, bytes),
            Stream::Unix(io) => Pin::new(io).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().io {
            Stream::Tcp(io) => Pin::new(io).poll_flush(context),
            Stream::Unix(io) => Pin::new(io).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().io {
            Stream::Tcp(io) => Pin::new(io).poll_shutdown(context),
            Stream::Unix(io) => Pin::new(io).poll_shutdown(context),
        }
    }
}

/// Whether a request offers a WebSocket.
pub(super) fn is_socket(headers: &HeaderMap) -> bool {
    let mut offered = headers.get_all(UPGRADE);
    offered.any(|value| {
        value
            .as_bytes()
            .trim_ascii()
            .eq_ignore_ascii_case(b"websocket")
    })
}

/// Gives a request for a WebSocket the option `upgrade` back.
pub(super) fn restore(head: &mut RequestHead) {
    if !is_socket(head.headers()) {
        return;
    }
    let is_masked = head
        .headers()
        .get_all(CONNECTION)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|option| option.trim().eq_ignore_ascii_case(MASKED));
    if is_masked {
        let option = HeaderValue::from_static("upgrade");
        head.headers_mut().append(CONNECTION, option);
    }
}

//! The server below the service: its workers, and how long a connection may be silent.
//!
//! It is set up as `actix_web::HttpServer` does it, which takes no other stream than that of TCP:
//! here each connection is one of [`upgrade`](super::upgrade), from a port or from a socket of the
//! machine.

use std::{
    fmt::Debug,
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::net::UnixListener,
    time::Duration,
};

use actix_http::{HttpService, Protocol, Request, Response};
use actix_service::{
    IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt as _, fn_service, map_config,
};
use actix_web::{
    Error,
    body::MessageBody,
    dev::{AppConfig, Server},
    rt::net::{TcpStream, UnixStream},
};

use super::upgrade::Connection;

/// How long the requests that are under way may take when the server stops, in seconds.
const SHUTDOWN: u64 = 10;

/// What requests come in by, bound.
#[derive(Debug)]
pub enum Listener {
    /// A port of the machine.
    Tcp(TcpListener),
    /// A socket of the machine. Who asks there has no address; a proxy before it may name one
    /// (`STM_PROXIES`).
    Unix(UnixListener),
}

impl From<TcpListener> for Listener {
    fn from(listener: TcpListener) -> Self {
        Self::Tcp(listener)
    }
}

impl Listener {
    /// Where it listens; of a socket the machine itself, since actix-http wants an address.
    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Tcp(listener) => listener.local_addr(),
            Self::Unix(_) => Ok((Ipv4Addr::LOCALHOST, 0).into()),
        }
    }

    /// The host by which a request without one is answered.
    pub(super) fn host(&self) -> io::Result<String> {
        match self {
            Self::Tcp(listener) => Ok(listener.local_addr()?.to_string()),
            Self::Unix(_) => Ok("localhost".to_owned()),
        }
    }
}

/// A server on a bound listener, with so many threads that answer.
///
/// # Errors
/// When the listener cannot be used.
pub(super) fn listen<F, I, S, B>(
    listener: Listener,
    workers: usize,
    factory: F,
) -> io::Result<Server>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<Error> + 'static,
    S::InitError: Debug,
    S::Response: Into<Response<B>> + 'static,
    <S::Service as Service<Request>>::Future: 'static,
    S::Service: 'static,
    B: MessageBody + 'static,
{
    let builder = Server::build()
        .workers(workers)
        .shutdown_timeout(SHUTDOWN)
        .disable_signals();
    let stopping = builder.graceful_shutdown_signal();
    let address = listener.address()?;
    let http = move || {
        let stopping = stopping.clone();
        let service = factory()
            .into_factory()
            .map_err(|error| error.into().error_response());
        HttpService::<Connection, _, _>::build()
            .graceful_shutdown_signal(move || {
                let stopping = stopping.clone();
                async move { stopping.notified().await }
            })
            .client_request_timeout(Duration::from_secs(10))
            .client_disconnect_timeout(Duration::from_secs(5))
            .keep_alive(Duration::from_secs(30))
            // Who closes its half has left: what it asked is dropped, and cancelled where it was.
            .h1_allow_half_closed(false)
            .local_addr(address)
            .finish(map_config(service, |()| AppConfig::default()))
    };
    let builder = match listener {
        Listener::Tcp(listener) => builder.listen("http", listener, move || {
            fn_service(|io: TcpStream| async move {
                // A compressed answer leaves in several pieces; each would wait some 40 ms for the
                // word that the one before has arrived.
                io.set_nodelay(true).ok();
                let peer = io.peer_addr().ok();
                Ok((Connection::from(io), Protocol::Http1, peer))
            })
            .and_then(http())
        })?,
        Listener::Unix(listener) => builder.listen_uds("http", listener, move || {
            fn_service(|io: UnixStream| async move {
                Ok((Connection::from(io), Protocol::Http1, None::<SocketAddr>))
            })
            .and_then(http())
        })?,
    };
    Ok(builder.run())
}

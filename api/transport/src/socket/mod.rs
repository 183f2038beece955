//! WebSockets at `/v1/graphql`, by the protocol `graphql-transport-ws`.
//!
//! [`protocol`] knows the rules and does nothing; [`driver`] reads, writes and keeps time;
//! [`super::stream`] executes what was asked. A query or a mutation may come by a socket as well,
//! under the same gate, costs and rates as by HTTP.
//!
//! Who it is, a client says in `connection_init` (`{"authorization": "Bearer …"}`), because a
//! browser cannot set headers on a socket; other clients may as well send the header. Bounds:
//! sockets in all and per address, streams per socket, bytes per message, the time of a client that
//! does not read.

mod driver;
mod protocol;

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};

use super::{
    App, actor, admission, body, problem,
    rate::{self, Caller},
};
use crate::limits::Limits;
use graphql::error::Code;

/// The one protocol spoken here.
const PROTOCOL: &str = "graphql-transport-ws";
/// What stands behind the status of a handshake, with the header that names the protocol. Python's
/// `gql` looks for that header by these very letters. The server writes every name in lower case,
/// or with a capital after each hyphen and none inside `WebSocket`; the phrase alone it writes as
/// it stands.
const SWITCHING_TO_PROTOCOL: &str =
    "Switching Protocols\r\nSec-WebSocket-Protocol: graphql-transport-ws";

/// Opens a socket, or says in HTTP why not. A wrong token is told inside, by 4403, because a
/// browser shows no status.
pub(super) async fn open(
    request: &HttpRequest,
    payload: web::Payload,
    app: &web::Data<App>,
) -> HttpResponse {
    let address = admission::address(request, app.limits.proxies);
    if let Err(allowance) = app.rates.take(&Caller::at(address)) {
        return allowance.problem();
    }
    let Some(place) = app.sockets.take(address, &app.limits) else {
        let mut response = problem::problem(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Unavailable.as_str(),
            "There are too many open sockets. Try again later, or ask by HTTP.",
        );
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, header::HeaderValue::from_static("30"));
        return response;
    };
    let bearer = actor::bearer_of(request, app).await;
    let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL);
    let speaks = offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|protocol| protocol.trim() == PROTOCOL);
    match actix_ws::handle(request, payload) {
        Ok((mut response, session, messages)) => {
            let head = response.head_mut();
            head.set_camel_case_headers(true);
            head.reason = speaks.then_some(SWITCHING_TO_PROTOCOL);
            let messages = messages
                .max_frame_size(body::LARGEST)
                .aggregate_continuations()
                .max_continuation_size(body::LARGEST);
            let socket = driver::Socket {
                app: app.clone(),
                session,
                request_id: super::request_log::RequestId::of(request),
                header: bearer,
                address,
                place,
            };
            if speaks {
                actix_web::rt::spawn(socket.drive(messages));
            } else {
                actix_web::rt::spawn(socket.refuse_protocol());
            }
            response
        }
        Err(_) => problem::problem(
            StatusCode::BAD_REQUEST,
            Code::BadRequest.as_str(),
            "This is no handshake of a WebSocket (RFC 6455).",
        ),
    }
}

/// The open sockets of this instance, by address; a stream of events is counted as one.
#[derive(Debug, Clone, Default)]
pub(super) struct Sockets(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// The place of one socket, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    sockets: Sockets,
    address: IpAddr,
}

impl Sockets {
    pub(super) fn take(&self, address: IpAddr, limits: &Limits) -> Option<Place> {
        let address = rate::network(address);
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.entry(address).or_default();
        if all >= limits.sockets || *own >= limits.sockets_of_an_address {
            return None;
        }
        *own += 1;
        Some(Place {
            sockets: self.clone(),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self
            .sockets
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_in_all_and_per_address() {
        let limits = Limits {
            sockets: 3,
            sockets_of_an_address: 2,
            ..Limits::default()
        };
        let sockets = Sockets::default();
        let take = |last| sockets.take([192, 0, 2, last].into(), &limits);
        let places = [take(1).unwrap(), take(1).unwrap()];
        assert!(take(1).is_none());
        let third = take(2).unwrap();
        assert!(take(3).is_none());
        drop(places);
        assert!(take(1).is_some());
        drop(third);
    }
}

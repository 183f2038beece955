//! Who comes in, and how often: the token, then the bucket of its person or of the address.
//!
//! A token that is refused counts for the address, so that guessing tokens is bounded as well.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::{HttpRequest, HttpResponse};

use super::{
    App, actor,
    rate::{Allowance, Caller},
};
use auth::Bearer;

/// Somebody who may ask now.
#[derive(Debug, Clone)]
pub(super) struct Admitted {
    pub(super) bearer: Bearer,
    pub(super) allowance: Allowance,
}

/// Why somebody may not come in.
#[derive(Debug)]
pub(super) enum Refused {
    /// The header or its token does not hold.
    Token(actor::Refused),
    /// Too often.
    TooOften(Allowance),
}

impl Refused {
    /// The answer outside GraphQL.
    pub(super) fn response(&self) -> HttpResponse {
        match self {
            Self::Token(refused) => refused.response(),
            Self::TooOften(allowance) => allowance.problem(),
        }
    }
}

/// Lets a request in.
pub(super) async fn admit(request: &HttpRequest, app: &App) -> Result<Admitted, Refused> {
    let address = address(request, app.limits.proxies);
    let (caller, bearer) = match actor::bearer_of(request, app).await {
        Ok(bearer) => (Caller::of(&bearer.actor, address), Ok(bearer)),
        Err(refused) => (Caller::at(address), Err(refused)),
    };
    let allowance = app.rates.take(&caller).map_err(Refused::TooOften)?;
    Ok(Admitted {
        bearer: bearer.map_err(Refused::Token)?,
        allowance,
    })
}

/// Lets in whoever is answered as the public, whatever token comes along: only the address counts.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer itself, made once a request"
)]
pub(super) fn admit_address(request: &HttpRequest, app: &App) -> Result<(), HttpResponse> {
    let caller = Caller::at(address(request, app.limits.proxies));
    let taken = app.rates.take(&caller);
    taken.map(drop).map_err(|allowance| allowance.problem())
}

/// The address that asks: that of the connection, or the one that the outermost of our own proxies
/// saw.
pub(super) fn address(request: &HttpRequest, proxies: u8) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |address| address.ip());
    let headers = request.headers().get_all("x-forwarded-for");
    let forwarded = headers.filter_map(|value| value.to_str().ok());
    seen_by_proxy(forwarded, proxies).unwrap_or(peer)
}

/// The n-th address from the end: each proxy appends the one that it saw.
fn seen_by_proxy<'a>(headers: impl Iterator<Item = &'a str>, proxies: u8) -> Option<IpAddr> {
    let addresses: Vec<&str> = headers.flat_map(|header| header.split(',')).collect();
    let at = addresses.len().checked_sub(usize::from(proxies))?;
    addresses.get(at)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxies_saw_is_believed() {
        let seen = |header: &str, proxies| {
            seen_by_proxy([header].into_iter(), proxies).map(|address| address.to_string())
        };
        let header = "198.51.100.7, 192.0.2.1, 10.0.0.1";
        assert_eq!(seen(header, 0), None);
        assert_eq!(seen(header, 1).as_deref(), Some("10.0.0.1"));
        assert_eq!(seen(header, 2).as_deref(), Some("192.0.2.1"));
        assert_eq!(seen(header, 9), None);
        assert_eq!(seen("unknown", 1), None);
    }
}

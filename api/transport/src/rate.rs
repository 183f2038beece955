//! How often a caller may ask: per person where a token tells one, and else per address.
//!
//! A bucket per caller (GCRA) fills over a minute; who finds it empty is told when to come back,
//! and everybody is told what is left (`RateLimit` and `RateLimit-Policy` of
//! draft-ietf-httpapi-ratelimit-headers). Every instance counts for itself: behind a balancer the
//! bounds multiply by the number of instances.

use std::{
    collections::HashMap,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
};
use governor::{
    Quota, RateLimiter, clock::Clock as _, clock::DefaultClock,
    middleware::StateInformationMiddleware, state::keyed::DashMapStateStore,
};

use super::refusal::Refusal;
use crate::limits::Limits;
use domain::actor::Actor;
use graphql::error::Code;

/// How long a bucket takes to fill.
const WINDOW: u64 = 60;
/// How long it is remembered of a session whose it is.
const SESSION_REMEMBERED: Duration = Duration::from_secs(10 * 60);

type Buckets<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// Whose bucket a request is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Caller {
    /// An address; of IPv6 the network of 64 bits, since one caller has many addresses in it.
    Address(IpAddr),
    /// The pseudonym of somebody signed in.
    Person(String),
}

impl Caller {
    /// The caller behind an actor at an address.
    pub(super) fn of(actor: &Actor, address: IpAddr) -> Self {
        match &actor.pseudonym {
            Some(pseudonym) => Self::Person(pseudonym.clone()),
            None => Self::at(address),
        }
    }

    /// The caller at an address.
    pub(super) fn at(address: IpAddr) -> Self {
        Self::Address(network(address))
    }
}

/// An address as it is counted.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => address.into(),
            None => std::net::Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        },
    }
}

/// What is left to a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    policy: &'static str,
    limit: u32,
    left: u32,
    retry_after: u64,
}

/// The buckets of all callers.
#[derive(Debug)]
pub(super) struct Rates {
    addresses: Buckets<IpAddr>,
    persons: Buckets<String>,
    /// Sessions of the workplace that opened here, by their id: whose they are, and since when that
    /// is known.
    sessions: Mutex<HashMap<String, (Caller, Instant)>>,
    clock: DefaultClock,
}

impl Rates {
    /// Full buckets for everybody.
    pub(super) fn new(limits: &Limits) -> Self {
        fn buckets<K: std::hash::Hash + Eq + Clone>(a_minute: NonZeroU32) -> Buckets<K> {
            RateLimiter::dashmap(Quota::per_minute(a_minute)).with_middleware()
        }
        Self {
            addresses: buckets(limits.public_per_minute),
            persons: buckets(limits.signed_in_per_minute),
            sessions: Mutex::default(),
            clock: DefaultClock::default(),
        }
    }

    /// Takes a request from the caller's bucket; inside is what is left, or that it was empty.
    pub(super) fn take(&self, caller: &Caller) -> Result<Allowance, Allowance> {
        let (policy, taken) = match caller {
            Caller::Address(address) => ("address", self.addresses.check_key(address)),
            Caller::Person(pseudonym) => ("person", self.persons.check_key(pseudonym)),
        };
        match taken {
            Ok(state) => Ok(Allowance {
                policy,
                limit: state.quota().burst_size().get(),
                left: state.remaining_burst_capacity(),
                retry_after: 0,
            }),
            Err(until) => Err(Allowance {
                policy,
                limit: until.quota().burst_size().get(),
                left: 0,
                retry_after: whole_seconds(until.wait_time_from(self.clock.now())),
            }),
        }
    }

    /// Whose session this is, where it opened here a short time ago.
    pub(super) fn whose(&self, session: &str) -> Option<Caller> {
        let sessions = self.sessions();
        let (caller, since) = sessions.get(session)?;
        (since.elapsed() < SESSION_REMEMBERED).then(|| caller.clone())
    }

    /// Remembers of a session that opened whose it is.
    pub(super) fn remember(&self, session: String, caller: Caller) {
        self.sessions().insert(session, (caller, Instant::now()));
    }

    /// Forgets a session that opens nothing any more.
    pub(super) fn forget(&self, session: &str) {
        self.sessions().remove(session);
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<String, (Caller, Instant)>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets callers whose buckets are full again, and sessions that opened long ago.
    pub(super) fn tidy(&self) {
        self.sessions()
            .retain(|_, (_, since)| since.elapsed() < SESSION_REMEMBERED);
        self.addresses.retain_recent();
        self.persons.retain_recent();
        self.addresses.shrink_to_fit();
        self.persons.shrink_to_fit();
    }
}

/// At least one, so that nobody comes back too early.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + 1
}

impl Allowance {
    /// Tells the caller what is left.
    pub(super) fn write_to(&self, headers: &mut HeaderMap) {
        // Seconds until the bucket is full again.
        let full = (u64::from(self.limit - self.left) * WINDOW).div_ceil(u64::from(self.limit));
        let policy = self.policy;
        for (name, value) in [
            (
                "ratelimit-policy",
                format!("\"{policy}\";q={};w={WINDOW}", self.limit),
            ),
            (
                "ratelimit",
                format!("\"{policy}\";r={};t={full}", self.left),
            ),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        if self.retry_after > 0 {
            headers.insert(header::RETRY_AFTER, self.retry_after.into());
        }
    }

    /// The refusal of who asks too often.
    pub(super) fn refusal(&self) -> Refusal {
        let refusal = Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            Code::RateLimited,
            &format!(
                "U vraagt te vaak; probeer het over {} s weer.",
                self.retry_after
            ),
            &format!("You ask too often; try again in {} s.", self.retry_after),
        );
        Refusal {
            retry_after: Some(self.retry_after),
            ..refusal
        }
        .with("limit", self.limit)
        .with("retryAfterSeconds", self.retry_after)
    }

    /// The same, outside GraphQL.
    pub(super) fn problem(&self) -> HttpResponse {
        let mut response = super::problem::problem(
            StatusCode::TOO_MANY_REQUESTS,
            Code::RateLimited.as_str(),
            "You ask too often. Try again after the seconds of Retry-After.",
        );
        self.write_to(response.headers_mut());
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(public: u32, signed_in: u32) -> Rates {
        Rates::new(&Limits {
            public_per_minute: NonZeroU32::new(public).unwrap(),
            signed_in_per_minute: NonZeroU32::new(signed_in).unwrap(),
            ..Limits::default()
        })
    }

    #[test]
    fn each_caller_has_a_bucket_of_its_own() {
        let rates = rates(2, 1);
        let here = Caller::at("192.0.2.1".parse().unwrap());
        assert_eq!(rates.take(&here).unwrap().left, 1);
        assert_eq!(rates.take(&here).unwrap().left, 0);
        let empty = rates.take(&here).unwrap_err();
        assert_eq!((empty.limit, empty.left), (2, 0));
        assert!((1..=31).contains(&empty.retry_after), "{empty:?}");
        let there = Caller::at("192.0.2.2".parse().unwrap());
        let person = Caller::Person("p".to_owned());
        assert!(rates.take(&there).is_ok() && rates.take(&person).is_ok());
        assert!(rates.take(&person).is_err());
        rates.tidy();
        assert!(
            rates.take(&here).is_err(),
            "who asked too often is not forgotten"
        );
    }

    #[test]
    fn a_session_that_opened_is_remembered_until_it_ends() {
        let rates = rates(2, 1);
        let person = || Caller::Person("p".to_owned());
        assert_eq!(rates.whose("one"), None);
        rates.remember("one".to_owned(), person());
        rates.tidy();
        assert_eq!(
            (rates.whose("one"), rates.whose("two")),
            (Some(person()), None)
        );
        rates.forget("one");
        assert_eq!(rates.whose("one"), None);
    }

    #[test]
    fn an_ipv6_network_is_one_caller() {
        let caller = |text: &str| Caller::at(text.parse().unwrap());
        assert_eq!(caller("2001:db8::1"), caller("2001:db8::ffff:1"));
        assert_ne!(caller("2001:db8::1"), caller("2001:db8:0:1::1"));
        assert_eq!(caller("::ffff:192.0.2.1"), caller("192.0.2.1"));
    }

    #[test]
    fn the_headers_tell_what_is_left() {
        let allowance = Allowance {
            policy: "address",
            limit: 600,
            left: 590,
            retry_after: 0,
        };
        let mut headers = HeaderMap::new();
        allowance.write_to(&mut headers);
        assert_eq!(
            headers.get("ratelimit-policy").unwrap(),
            "\"address\";q=600;w=60"
        );
        assert_eq!(headers.get("ratelimit").unwrap(), "\"address\";r=590;t=1");
        assert_eq!(headers.get("retry-after"), None);
    }
}

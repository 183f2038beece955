//! A bearer token becomes an actor, or is refused by a rule that can be told.
//!
//! The service is a resource server by the Dutch profile of OAuth 2.0: it only knows the issuers it
//! was told of, and checks every token whole. `kid`, `iss`, `aud`, `exp` and `sub` are required.
//! The library checks the signature and nothing else, because it would check a claim only where it
//! is there. The issuer is chosen by `iss` before that can be trusted, its key by `kid`; then the
//! signature must hold under that issuer's own key, with an algorithm that configuration and key
//! allow both. Times are compared with our own clock, so that tests can move it. The module
//! `proven` keeps what a signature proved, so that one token costs one signature and not one each
//! request.

mod browser;
mod proven;

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde_json::Value;

use self::proven::{Proven, ProvenTokens, TokenHash};
use super::{
    IssuerSettings, PseudonymKey, TokenError,
    claims::Claims,
    keys::{Key, Keys, KeysError},
    settings::Allowed,
    sign_in::Entrance,
};
use domain::{
    actor::{Actor, Role, RoleKind},
    clock::{self, Clock},
};

/// The audience of tokens for this service, unless an issuer's configuration names others.
pub(crate) const AUDIENCE: &str = "samen-tegen-mensenhandel";

/// How far away the end of a token may be, unless it is set.
pub const LONGEST_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// A longer token is refused unread.
const LONGEST_TOKEN: usize = 8 * 1024;

/// A party whose tokens we accept, with its keys.
#[derive(Debug)]
pub struct Issuer {
    settings: IssuerSettings,
    keys: Arc<Keys>,
    /// How people sign in there with a browser, where they may.
    entrance: Option<Entrance>,
}

impl Issuer {
    /// An issuer as configured. Its keys are read by [`Issuers::prepare`], or when the first token
    /// comes.
    ///
    /// # Errors
    /// When no client for https can be made.
    pub fn new(settings: IssuerSettings) -> Result<Self, KeysError> {
        let keys = Keys::new(
            &settings.name,
            settings.keys.clone(),
            &settings.algorithms,
            settings.pace,
        )?;
        let browser = settings.browser.clone();
        let renewal = settings.pace.renewal;
        let entrance = browser.map(|browser| Entrance::new(&settings.name, browser, renewal));
        Ok(Self {
            entrance: entrance.transpose()?,
            settings,
            keys: Arc::new(keys),
        })
    }
}

/// All issuers that this service trusts; with none of them every token is refused.
#[derive(Debug, Clone)]
pub struct Issuers {
    all: Arc<[Issuer]>,
    longest: TimeDelta,
    proven: Arc<ProvenTokens>,
}

impl Default for Issuers {
    fn default() -> Self {
        Self::new(Vec::new(), LONGEST_LIFETIME)
    }
}

impl Issuers {
    /// The issuers to trust, and how far away the end of a token of theirs may be at most.
    #[must_use]
    pub fn new(issuers: Vec<Issuer>, longest: TimeDelta) -> Self {
        Self {
            all: issuers.into(),
            longest,
            proven: Arc::default(),
        }
    }

    /// How far away the end of a token may be.
    #[must_use]
    pub fn longest(&self) -> TimeDelta {
        self.longest
    }

    /// Reads the keys of all issuers, so that the first token need not wait. A key server that does
    /// not answer is logged and asked again later.
    pub async fn prepare(&self, clock: &Clock) {
        let now = clock.now();
        futures_util::future::join_all(self.all.iter().map(|issuer| issuer.keys.prepare(now)))
            .await;
    }

    /// Checks a token and says who carries it.
    ///
    /// # Errors
    /// [`TokenError`], for every reason to answer 401.
    pub async fn bearer(
        &self,
        token: &str,
        clock: &Clock,
        pseudonyms: &PseudonymKey,
    ) -> Result<Bearer, TokenError> {
        if token.len() > LONGEST_TOKEN {
            return Err(TokenError::TooLong);
        }
        let now = clock.now();
        let hash = TokenHash::of(token);
        if let Some(proven) = self.proven.find(&hash, &self.all, now) {
            return self.admit(&proven, now, pseudonyms);
        }
        let proven = Arc::new(self.prove(token, now).await?);
        let bearer = self.admit(&proven, now, pseudonyms)?;
        self.proven.keep(hash, proven, token.len());
        Ok(bearer)
    }

    /// Checks what no time changes: the form of a token, and its signature under the key that its
    /// issuer has now.
    async fn prove(&self, token: &str, now: DateTime<Utc>) -> Result<Proven, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Header)?;
        if header.crit.is_some() {
            return Err(TokenError::Header);
        }
        let kid = header
            .kid
            .filter(|kid| !kid.is_empty())
            .ok_or(TokenError::KeyId)?;
        let named = unproven_issuer(token)?;
        let mut issuers = self.all.iter().enumerate();
        let (place, issuer) = issuers
            .find(|(_, issuer)| issuer.settings.name == named)
            .ok_or(TokenError::Issuer)?;
        // Before the keys, so that a token which cannot hold asks no key server anything.
        if !issuer.settings.algorithms.contains(&header.alg) {
            return Err(TokenError::Algorithm);
        }
        let key = issuer
            .keys
            .find(&kid, now)
            .await
            .ok_or(TokenError::UnknownKey)?;
        let claims = proven_claims(token, &key, header.alg)?;
        if !issuer.settings.is_type(header.typ.as_deref()) {
            return Err(TokenError::Type);
        }
        Ok(Proven {
            issuer: place,
            kid,
            key,
            claims,
        })
    }

    /// Checks what a time changes, and says who carries the token.
    fn admit(
        &self,
        proven: &Proven,
        now: DateTime<Utc>,
        pseudonyms: &PseudonymKey,
    ) -> Result<Bearer, TokenError> {
        let Proven {
            kid, key, claims, ..
        } = proven;
        let issuer = self.all.get(proven.issuer).ok_or(TokenError::Issuer)?;
        let role = issuer.settings.role(claims, now)?;
        let until = issuer.settings.until(claims, now + self.longest)?;
        let subject = subject(claims)?;
        Ok(Bearer {
            actor: pseudonyms.actor(role, (&issuer.settings.name, subject), now),
            signed: Some(Signed {
                until,
                kid: kid.clone(),
                key: Arc::clone(key),
                keys: Arc::clone(&issuer.keys),
            }),
        })
    }
}

/// Who carries a token, and as long as which they carry it.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The role and the person.
    pub actor: Actor,
    /// The token; none for the public.
    signed: Option<Signed>,
}

/// What a token that held rests on.
#[derive(Debug, Clone)]
struct Signed {
    /// Its end, with the leeway of its issuer.
    until: DateTime<Utc>,
    kid: String,
    key: Arc<Key>,
    keys: Arc<Keys>,
}

/// Why a token that held does not hold any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Ended {
    /// Its end has come.
    #[error("The token has expired")]
    Expired,
    /// Its issuer withdrew the key that it is signed with, or gave the key id to another one.
    #[error("The key of the token was withdrawn")]
    KeyWithdrawn,
}

impl Bearer {
    /// Nobody signed in.
    #[must_use]
    pub fn public() -> Self {
        Self {
            actor: Actor::public(),
            signed: None,
        }
    }

    /// The end of the token, with the leeway of its issuer; none for the public.
    #[must_use]
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.signed.as_ref().map(|signed| signed.until)
    }

    /// Whether the token holds at this instant as well, by the keys that its issuer has now. What
    /// goes on after the request, as a subscription does, asks this as long as it goes on.
    ///
    /// # Errors
    /// [`Ended`], when it does not.
    pub fn still_holds(&self, now: DateTime<Utc>) -> Result<(), Ended> {
        let Some(signed) = &self.signed else {
            return Ok(());
        };
        if now > signed.until {
            return Err(Ended::Expired);
        }
        if signed.keys.has(&signed.kid, &signed.key, now) {
            Ok(())
        } else {
            Err(Ended::KeyWithdrawn)
        }
    }
}

/// What the token says of its issuer: good for choosing the keys to check it with, and for nothing
/// else.
fn unproven_issuer(token: &str) -> Result<String, TokenError> {
    let mut parts = token.split('.');
    let (Some(_), Some(payload), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenError::Header);
    };
    let json = URL_SAFE_NO_PAD
        .decode(payload)
        .map_err(|_| TokenError::Claims)?;
    let mut claims: Claims = serde_json::from_slice(&json).map_err(|_| TokenError::Claims)?;
    match claims.remove("iss") {
        Some(Value::String(issuer)) => Ok(issuer),
        Some(_) | None => Err(TokenError::Issuer),
    }
}

/// The claims of a token whose signature holds.
fn proven_claims(token: &str, key: &Key, algorithm: Algorithm) -> Result<Claims, TokenError> {
    if !key.algorithms.contains(&algorithm) {
        return Err(TokenError::Algorithm);
    }
    let mut signature_only = Validation::new(algorithm);
    signature_only.required_spec_claims.clear();
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    match decode::<Claims>(token, &key.key, &signature_only) {
        Ok(data) => Ok(data.claims),
        Err(_) => Err(TokenError::Signature),
    }
}

fn subject(claims: &Claims) -> Result<&str, TokenError> {
    match claims.get("sub") {
        Some(Value::String(subject)) if !subject.is_empty() => Ok(subject),
        Some(_) | None => Err(TokenError::Subject),
    }
}

/// Whether the claims are those of a token that an issuer makes for another use than access, and
/// may sign with the same key and type: an ID token has the hash of its access token, a logout
/// token has events (OpenID Connect), and Keycloak writes what a token is for into `typ`.
fn is_for_something_else(claims: &Claims) -> bool {
    let has = |name: &str| claims.get(name).is_some_and(|value| !value.is_null());
    let kind = claims.get("typ").and_then(Value::as_str);
    has("at_hash")
        || has("c_hash")
        || has("events")
        || kind.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer"))
}

/// A point in time as tokens write it: seconds since 1970, perhaps with a fraction.
fn seconds(claims: &Claims, name: &str) -> Result<Option<f64>, TokenError> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_f64().map(Some).ok_or(TokenError::Claims),
    }
}

impl IssuerSettings {
    /// The role that proven claims of this issuer give at an instant.
    fn role(&self, claims: &Claims, now: DateTime<Utc>) -> Result<Role, TokenError> {
        let is_ours = |audience: &Value| {
            audience
                .as_str()
                .is_some_and(|audience| self.audience.iter().any(|own| own == audience))
        };
        let for_us = match claims.get("aud") {
            Some(Value::Array(list)) => list.iter().any(is_ours),
            Some(audience) => is_ours(audience),
            None => false,
        };
        if !for_us {
            return Err(TokenError::Audience);
        }
        if is_for_something_else(claims) {
            return Err(TokenError::Type);
        }
        subject(claims)?;
        let leeway = self.leeway.as_seconds_f64();
        let instant = (now - DateTime::UNIX_EPOCH).as_seconds_f64();
        let expiry = seconds(claims, "exp")?.ok_or(TokenError::Expiry)?;
        if instant > expiry + leeway {
            return Err(TokenError::Expired);
        }
        if seconds(claims, "nbf")?.is_some_and(|start| instant < start - leeway) {
            return Err(TokenError::NotYetValid);
        }
        let role = self.mapping.role(claims, clock::day_of(now))?;
        self.may_assert(&role)?;
        Ok(role)
    }

    /// The instant after which proven claims do not hold any more, at most this one with the
    /// leeway.
    fn until(&self, claims: &Claims, latest: DateTime<Utc>) -> Result<DateTime<Utc>, TokenError> {
        let expiry = seconds(claims, "exp")?.ok_or(TokenError::Expiry)?;
        let lifetime = Duration::try_from_secs_f64(expiry + self.leeway.as_seconds_f64());
        lifetime
            .ok()
            .and_then(|lifetime| TimeDelta::from_std(lifetime).ok())
            .and_then(|lifetime| DateTime::UNIX_EPOCH.checked_add_signed(lifetime))
            .filter(|until| *until <= latest + self.leeway)
            .ok_or(TokenError::Lifetime)
    }

    /// Whether a token with this `typ` is an access token of this issuer. A media type may be
    /// written with or without its first part (RFC 7515, section 4.1.9).
    fn is_type(&self, given: Option<&str>) -> bool {
        given.is_some_and(|given| {
            let given = given.to_ascii_lowercase();
            let short = given.strip_prefix("application/").unwrap_or(&given);
            self.types.iter().any(|own| own.eq_ignore_ascii_case(short))
        })
    }

    /// Whether this issuer was given the role, for every one of its organisations.
    fn may_assert(&self, role: &Role) -> Result<(), TokenError> {
        let kind = role.kind();
        let (_, allowed) = self
            .may_assert
            .iter()
            .find(|(own, _)| *own == kind)
            .ok_or(TokenError::RoleNotAllowed)?;
        let is_allowed = |code: &str| match allowed {
            Allowed::Any => true,
            Allowed::Only(codes) => codes.iter().any(|own| own == code),
        };
        let all_are_allowed = match role {
            Role::Municipality(codes) => codes.iter().all(|code| is_allowed(code.as_str())),
            Role::Region(area) => is_allowed(area.as_str()),
            Role::Partner(key) => is_allowed(key.as_str()),
            Role::Vng => is_allowed(RoleKind::Vng.code()),
            Role::Ministry => is_allowed(RoleKind::Ministry.code()),
            Role::Public | Role::System => false,
        };
        if all_are_allowed {
            Ok(())
        } else {
            Err(TokenError::OrganisationNotAllowed)
        }
    }
}

#[cfg(test)]
mod tests;

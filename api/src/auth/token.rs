//! A bearer token becomes an actor, or is refused.
//!
//! The service is a resource server: it only knows the issuers it was told of, each with its public keys, and
//! checks every token whole. `kid`, `iss`, `aud`, `exp` and `sub` are required (the library alone would check a
//! claim only if it is there); the algorithm comes from the issuer's key and never from the token. Times are
//! compared with our own clock, so that tests can move it.

use std::collections::BTreeMap;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header, jwk::JwkSet};
use serde::Deserialize;

use super::{Actor, PartnerKey, PseudonymKey, Role, RoleKind};
use crate::{
    clock::Clock,
    territory::{AreaCode, MunicipalityCode},
};

/// The audience that every token must name.
pub const AUDIENCE: &str = "samen-tegen-mensenhandel";

/// Seconds by which the clocks of issuer and service may differ.
const LEEWAY_SECONDS: i64 = 60;
/// A longer token is refused unread.
const LONGEST_TOKEN: usize = 8 * 1024;

/// Why a token was refused. The text is safe to show: it never repeats the token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Longer than any honest token.
    #[error("the token is longer than 8192 bytes")]
    TooLong,
    /// Not a JWT with the right header.
    #[error("the token has no readable header with a key id (kid)")]
    Header,
    /// No issuer that we know has this key.
    #[error("the token was signed with a key that this service does not know")]
    UnknownKey,
    /// Signature, issuer, audience or a missing claim.
    #[error("the token's signature, issuer, audience or required claims do not hold")]
    Invalid,
    /// `exp` has passed.
    #[error("the token has expired")]
    Expired,
    /// `nbf` has not come.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// The role does not exist, lacks its organisation, or has another one.
    #[error("the token's role and organisation do not belong together")]
    Role,
    /// The issuer asserts a role that it was not given.
    #[error("the issuer of this token may not assert this role")]
    NotForThisIssuer,
}

/// A party whose tokens we accept.
#[derive(Debug, Clone)]
pub struct Issuer {
    name: String,
    audience: String,
    keys: BTreeMap<String, (Algorithm, DecodingKey)>,
    may_assert: Vec<RoleKind>,
}

impl Issuer {
    /// An issuer with the RSA keys of a key set that carry a `kid`.
    ///
    /// # Errors
    /// When a key of the set cannot be used.
    pub fn new(
        name: &str,
        audience: &str,
        keys: &JwkSet,
        may_assert: Vec<RoleKind>,
    ) -> Result<Self, jsonwebtoken::errors::Error> {
        let mut by_id = BTreeMap::new();
        for jwk in &keys.keys {
            if let Some(kid) = &jwk.common.key_id {
                by_id.insert(kid.clone(), (Algorithm::RS256, DecodingKey::from_jwk(jwk)?));
            }
        }
        Ok(Self {
            name: name.to_owned(),
            audience: audience.to_owned(),
            keys: by_id,
            may_assert,
        })
    }
}

/// All issuers that this service trusts; with none of them every token is refused.
#[derive(Debug, Clone, Default)]
pub struct Issuers(Vec<Issuer>);

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    role: Option<String>,
    municipality: Option<OneOrMore>,
    area: Option<String>,
    partner: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Issuers {
    /// The issuers to trust.
    #[must_use]
    pub fn new(issuers: Vec<Issuer>) -> Self {
        Self(issuers)
    }

    /// Checks a token and says who carries it.
    ///
    /// # Errors
    /// [`TokenError`], for every reason to answer 401.
    pub fn actor(
        &self,
        token: &str,
        clock: &Clock,
        pseudonyms: &PseudonymKey,
    ) -> Result<Actor, TokenError> {
        if token.len() > LONGEST_TOKEN {
            return Err(TokenError::TooLong);
        }
        let header = decode_header(token).map_err(|_| TokenError::Header)?;
        let kid = header.kid.ok_or(TokenError::Header)?;
        let mut refused = TokenError::UnknownKey;
        for issuer in &self.0 {
            let Some((algorithm, key)) = issuer.keys.get(&kid) else {
                continue;
            };
            let mut validation = Validation::new(*algorithm);
            validation.set_issuer(&[&issuer.name]);
            validation.set_audience(&[&issuer.audience]);
            validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
            validation.validate_exp = false; // below, by our own clock
            match decode::<Claims>(token, key, &validation) {
                Ok(data) => return issuer.actor(data.claims, clock, pseudonyms),
                Err(_) => refused = TokenError::Invalid,
            }
        }
        Err(refused)
    }
}

impl Issuer {
    fn actor(
        &self,
        claims: Claims,
        clock: &Clock,
        pseudonyms: &PseudonymKey,
    ) -> Result<Actor, TokenError> {
        let now = clock.now();
        if claims.exp.saturating_add(LEEWAY_SECONDS) < now.timestamp() {
            return Err(TokenError::Expired);
        }
        if claims
            .nbf
            .is_some_and(|nbf| nbf > now.timestamp().saturating_add(LEEWAY_SECONDS))
        {
            return Err(TokenError::NotYetValid);
        }
        if claims.sub.is_empty() {
            return Err(TokenError::Invalid);
        }
        let pseudonym = pseudonyms.pseudonym(&claims.iss, &claims.sub, now);
        let role = role_of(claims)?;
        if !self.may_assert.contains(&role.kind()) {
            return Err(TokenError::NotForThisIssuer);
        }
        Ok(Actor {
            role,
            pseudonym: Some(pseudonym),
        })
    }
}

/// A role needs exactly its own kind of organisation: one too many is as wrong as one too few.
fn role_of(claims: Claims) -> Result<Role, TokenError> {
    let organisations = (claims.municipality, claims.area, claims.partner);
    match (claims.role.as_deref(), organisations) {
        (Some("municipality"), (Some(codes), None, None)) => {
            let codes = match codes {
                OneOrMore::One(code) => vec![code],
                OneOrMore::More(codes) => codes,
            };
            let parsed: Option<Vec<_>> = codes
                .iter()
                .map(|code| MunicipalityCode::parse(code))
                .collect();
            match parsed {
                Some(mut codes) if !codes.is_empty() => {
                    codes.sort();
                    codes.dedup();
                    Ok(Role::Municipality(codes))
                }
                Some(_) | None => Err(TokenError::Role),
            }
        }
        (Some("region"), (None, Some(area), None)) => AreaCode::parse(&area)
            .map(Role::Region)
            .ok_or(TokenError::Role),
        (Some("partner"), (None, None, Some(key))) => PartnerKey::parse(&key)
            .map(Role::Partner)
            .ok_or(TokenError::Role),
        (Some("vng"), (None, None, None)) => Ok(Role::Vng),
        (Some("ministry"), (None, None, None)) => Ok(Role::Ministry),
        (Some(_) | None, _) => Err(TokenError::Role),
    }
}

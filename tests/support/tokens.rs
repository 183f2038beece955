//! Tokens of a development issuer whose key stands in the build folder.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

use chrono::TimeDelta;

use auth::{DevIssuer, Issuer, TokenRequest};
use domain::actor::{PartnerKey, Role};
use domain::clock::Clock;
use domain::territory::{AreaCode, MunicipalityCode};

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::Value;

use crate::noon;

fn dev_issuer() -> &'static DevIssuer {
    static ISSUER: OnceLock<DevIssuer> = OnceLock::new();
    ISSUER.get_or_init(|| DevIssuer::open(&folder()).expect("a key can be made"))
}

/// The development issuer once more, for a service that signs people in with it.
pub(crate) fn dev_issuer_again() -> DevIssuer {
    dev_issuer();
    DevIssuer::open(&folder()).expect("the key stands there")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test")
}

pub(crate) fn issuer() -> Issuer {
    dev_issuer().issuer().expect("the key can verify")
}

/// How far away the end of a token may be in tests, which move their clock by months.
pub const LONGEST_LIFETIME: TimeDelta = TimeDelta::days(400);

/// A token for a role, valid for 400 days from the tests' first instant.
#[must_use]
pub fn token(role: Role, subject: &str) -> String {
    let request = TokenRequest {
        role,
        subject: subject.to_owned(),
        lifetime_seconds: LONGEST_LIFETIME.num_seconds(),
    };
    dev_issuer()
        .token(&request, &Clock::settable(noon()))
        .expect("the token is signed")
}

/// A token for a municipality.
#[must_use]
pub fn municipality(code: &str) -> String {
    let code = MunicipalityCode::parse(code).expect("a code");
    token(Role::Municipality(vec![code]), "officer")
}

/// A token for a region.
#[must_use]
pub fn region(code: &str) -> String {
    token(
        Role::Region(AreaCode::parse(code).expect("a code")),
        "coordinator",
    )
}

/// A token for a partner.
#[must_use]
pub fn partner(key: &str) -> String {
    token(
        Role::Partner(PartnerKey::parse(key).expect("a key")),
        "partner",
    )
}

/// A token for VNG.
#[must_use]
pub fn vng() -> String {
    vng_as("reviewer")
}

/// A token for one reviewer of VNG.
#[must_use]
pub fn vng_as(subject: &str) -> String {
    token(Role::Vng, subject)
}

/// A token for the ministry.
#[must_use]
pub fn ministry() -> String {
    token(Role::Ministry, "policy officer")
}

/// The development key itself, to sign what the development issuer never would.
fn key() -> EncodingKey {
    dev_issuer();
    let pem = std::fs::read(folder().join("dev-issuer.pem")).expect("the key stands there");
    EncodingKey::from_rsa_pem(&pem).expect("the key is one")
}

/// A token with any header and any claims, signed with the development key.
///
/// # Panics
/// When the header's algorithm is not one of RSA.
#[must_use]
pub fn sign(header: &Header, claims: &Value) -> String {
    encode(header, claims, &key()).expect("the token is signed")
}

/// The public half of the development key, as everybody may know it.
///
/// # Panics
/// When the key has no public half.
#[must_use]
pub fn public_key() -> Jwk {
    Jwk::from_encoding_key(&key(), Algorithm::RS256).expect("a public key")
}

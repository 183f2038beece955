//! The public keys of an issuer: read from its key set, kept, and read again when a token names one
//! that is not known.
//!
//! A known key never waits for anything. An unknown key id makes one request to the key server per
//! cool-down, whatever the number of tokens; those that come meanwhile wait for that one. A key
//! server that is down or answers nonsense costs a line in the log and nothing else: the known keys
//! go on. Beside that the set is read again in the background when it is old, so that a key which
//! its issuer withdrew stops opening doors. Keys come from the configured place alone; what a token
//! says of keys (`jwk`, `jku`, `x5u`, `x5c`) is never looked at.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use reqwest::{Client, Url, header};
use serde::Deserialize;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::outside::{self, LARGEST};
use domain::error::chain;

/// The smallest and the largest modulus of an RSA key, in bytes: 2048 and 8192 bits.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;
/// Bytes of a coordinate on the curve P-256.
const P256_BYTES: usize = 32;

/// Why a key set cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The client for https cannot be made.
    #[error("cannot make a client for https")]
    Client(#[source] reqwest::Error),
    /// The key server was not reached, was too slow, or broke off.
    #[error("the key server does not answer")]
    Silent(#[source] reqwest::Error),
    /// The key server answered something else than 200. It is never followed to another address.
    #[error("the key server answers {0}")]
    Status(u16),
    /// The file cannot be read.
    #[error("the file cannot be read")]
    File(#[source] io::Error),
    /// Larger than any honest key set.
    #[error("the key set is larger than {LARGEST} bytes")]
    TooLarge,
    /// Not a key set.
    #[error("this is no JSON object with a list \"keys\"")]
    NotKeys(#[source] serde_json::Error),
    /// No key of the set can prove a signature with an algorithm of this issuer.
    #[error("no key can be used ({})", .0.join("; "))]
    NoKey(Vec<String>),
}

/// Where the keys of an issuer are read.
#[derive(Debug, Clone)]
pub(super) enum Source {
    /// The address of a key server.
    Address(Url),
    /// A file that somebody else keeps up to date.
    File(PathBuf),
    /// Ours: they never change.
    Given(Vec<u8>),
}

/// A public key, and what it may prove.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) key: DecodingKey,
    /// By which it is compared with the key of the same id in a later set.
    public: AlgorithmParameters,
}

/// The usable keys of a set, by key id.
#[derive(Debug, Clone, Default)]
pub(super) struct KeySet {
    keys: HashMap<String, Arc<Key>>,
    /// Why each other entry of the set is not used.
    left_out: Vec<String>,
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<serde_json::Value>,
}

impl KeySet {
    /// How many of its keys another set has not, by their names.
    fn lacking_in(&self, other: &Self) -> usize {
        let lacking = self
            .keys
            .keys()
            .filter(|kid| !other.keys.contains_key(*kid));
        lacking.count()
    }

    /// Reads a key set (RFC 7517) for an issuer with these algorithms. Keys that do not fit are
    /// left out one by one, so that a key for encryption or of a new kind does not take the others
    /// with it.
    pub(super) fn read(json: &[u8], algorithms: &[Algorithm]) -> Result<Self, KeysError> {
        let document: Document = serde_json::from_slice(json).map_err(KeysError::NotKeys)?;
        let mut keys = HashMap::new();
        let mut left_out = Vec::new();
        for (at, value) in document.keys.into_iter().enumerate() {
            match usable(value, algorithms) {
                Ok((kid, _)) if keys.contains_key(&kid) => {
                    left_out.push(format!("key {} has the kid of another", at + 1));
                }
                Ok((kid, key)) => {
                    keys.insert(kid, Arc::new(key));
                }
                Err(why) => left_out.push(format!("key {} {why}", at + 1)),
            }
        }
        if keys.is_empty() {
            if left_out.is_empty() {
                left_out.push("the list is empty".to_owned());
            }
            return Err(KeysError::NoKey(left_out));
        }
        Ok(Self { keys, left_out })
    }
}

/// The key id and the key of an entry, or why it is not used.
fn usable(
    value: serde_json::Value,
    algorithms: &[Algorithm],
) -> Result<(String, Key), &'static str> {
    let mut jwk: Jwk =
        serde_json::from_value(value).map_err(|_| "is no key of a kind known here")?;
    let kid = jwk
        .common
        .key_id
        .clone()
        .filter(|kid| !kid.is_empty())
        .ok_or("has no kid")?;
    if !matches!(
        jwk.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    ) {
        return Err("is not for signatures (use)");
    }
    if let Some(operations) = &jwk.common.key_operations
        && !operations.contains(&KeyOperations::Verify)
    {
        return Err("is not for verifying (key_ops)");
    }
    let own: Vec<Algorithm> = algorithms_of(&jwk.algorithm)?
        .iter()
        .copied()
        .filter(|algorithm| algorithms.contains(algorithm))
        .filter(|algorithm| {
            jwk.common
                .key_algorithm
                .is_none_or(|own| own == KeyAlgorithm::from(*algorithm))
        })
        .collect();
    if own.is_empty() {
        return Err("is for no algorithm of this issuer (kty, alg)");
    }
    if let AlgorithmParameters::RSA(rsa) = &mut jwk.algorithm {
        rsa.n = without_zeros(&rsa.n).ok_or("has an unreadable modulus")?;
        rsa.e = without_zeros(&rsa.e).ok_or("has an unreadable exponent")?;
    }
    let key = DecodingKey::from_jwk(&jwk).map_err(|_| "cannot be used")?;
    let key = Key {
        algorithms: own,
        key,
        public: jwk.algorithm,
    };
    Ok((kid, key))
}

/// A number as RFC 7518, section 2, wants it: some issuers write a zero byte in front, and the
/// library would take the key in and find no signature of it right.
fn without_zeros(number: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(number).ok()?;
    let first = bytes.iter().position(|byte| *byte != 0)?;
    Some(URL_SAFE_NO_PAD.encode(bytes.get(first..)?))
}

/// The algorithms that a key of this kind can be used with, or why it is none of ours.
fn algorithms_of(parameters: &AlgorithmParameters) -> Result<&'static [Algorithm], &'static str> {
    match parameters {
        AlgorithmParameters::RSA(rsa) => {
            let modulus = URL_SAFE_NO_PAD
                .decode(&rsa.n)
                .map_err(|_| "has an unreadable modulus")?;
            let length = modulus.iter().skip_while(|byte| **byte == 0).count();
            if !RSA_BYTES.contains(&length) {
                return Err("is an RSA key of less than 2048 or more than 8192 bits");
            }
            Ok(&[Algorithm::RS256, Algorithm::PS256])
        }
        AlgorithmParameters::EllipticCurve(ec) => {
            let is_coordinate = |text: &str| {
                URL_SAFE_NO_PAD
                    .decode(text)
                    .is_ok_and(|bytes| bytes.len() == P256_BYTES)
            };
            if ec.curve != EllipticCurve::P256 || !is_coordinate(&ec.x) || !is_coordinate(&ec.y) {
                return Err("is no point on the curve P-256");
            }
            Ok(&[Algorithm::ES256])
        }
        _ => Err("is neither RSA nor on the curve P-256"),
    }
}

/// A file with keys, of a bounded size.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, KeysError> {
    let file = File::open(path).map_err(KeysError::File)?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX) + 1;
    file.take(limit)
        .read_to_end(&mut bytes)
        .map_err(KeysError::File)?;
    if bytes.len() > LARGEST {
        return Err(KeysError::TooLarge);
    }
    Ok(bytes)
}

/// How often keys are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// The least time between two readings.
    pub(super) cool_down: TimeDelta,
    /// The age at which a set is read again without a reason.
    pub(super) renewal: TimeDelta,
}

/// The keys of one issuer.
#[derive(Debug)]
pub(super) struct Keys {
    issuer: String,
    source: Source,
    algorithms: Vec<Algorithm>,
    pace: Pace,
    client: Client,
    known: RwLock<Arc<KeySet>>,
    /// When reading was last tried. Whoever reads holds the lock: one reads at a time.
    tried: Arc<Mutex<Option<DateTime<Utc>>>>,
    ailing: AtomicBool,
}

impl Keys {
    /// Keys of which none is known yet.
    pub(super) fn new(
        issuer: &str,
        source: Source,
        algorithms: &[Algorithm],
        pace: Pace,
    ) -> Result<Self, KeysError> {
        let is_https = matches!(&source, Source::Address(address) if address.scheme() == "https");
        Ok(Self {
            issuer: issuer.to_owned(),
            source,
            algorithms: algorithms.to_vec(),
            pace,
            client: outside::client(is_https)?,
            known: RwLock::default(),
            tried: Arc::default(),
            ailing: AtomicBool::new(false),
        })
    }

    /// The key of this id; the set is read for it when it is not known and the cool-down is over.
    pub(super) async fn find(self: &Arc<Self>, kid: &str, now: DateTime<Utc>) -> Option<Arc<Key>> {
        if let Some(key) = self.known(kid) {
            self.renew(now);
            return Some(key);
        }
        let tried = Arc::clone(&self.tried).lock_owned().await;
        // Another request may have read the set while this one waited.
        if let Some(key) = self.known(kid) {
            return Some(key);
        }
        if !is_due(*tried, self.pace.cool_down, now) {
            return None;
        }
        self.read_apart(tried, now).await.ok()?;
        self.known(kid)
    }

    /// Reads the set, unless that was just tried.
    pub(super) async fn prepare(self: &Arc<Self>, now: DateTime<Utc>) {
        let tried = Arc::clone(&self.tried).lock_owned().await;
        if is_due(*tried, self.pace.cool_down, now) {
            // That it failed was logged; it is tried again when a token comes.
            self.read_apart(tried, now).await.ok();
        }
    }

    /// Whether this key is still the one of this id. The set is read again in the background when it
    /// is old.
    pub(super) fn has(self: &Arc<Self>, kid: &str, key: &Key, now: DateTime<Utc>) -> bool {
        self.renew(now);
        self.known(kid)
            .is_some_and(|known| known.public == key.public)
    }

    /// Whether the set that is known now holds this very key: one that was read again holds others,
    /// though they be equal. The set is read again in the background when it is old.
    pub(super) fn is_in_present_set(
        self: &Arc<Self>,
        kid: &str,
        key: &Arc<Key>,
        now: DateTime<Utc>,
    ) -> bool {
        self.renew(now);
        self.known(kid)
            .is_some_and(|known| Arc::ptr_eq(&known, key))
    }

    fn known(&self, kid: &str) -> Option<Arc<Key>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.keys.get(kid).cloned()
    }

    /// Reads an old set again in the background.
    fn renew(self: &Arc<Self>, now: DateTime<Utc>) {
        if let Ok(tried) = Arc::clone(&self.tried).try_lock_owned()
            && is_due(*tried, self.pace.renewal, now)
        {
            drop(self.read_apart(tried, now));
        }
    }

    /// Reads in a task of its own: a caller who hangs up would otherwise take the reading of the
    /// others with him.
    fn read_apart(
        self: &Arc<Self>,
        mut tried: OwnedMutexGuard<Option<DateTime<Utc>>>,
        now: DateTime<Utc>,
    ) -> tokio::task::JoinHandle<()> {
        let keys = Arc::clone(self);
        *tried = Some(now);
        tokio::spawn(async move {
            keys.read().await;
            drop(tried);
        })
    }

    async fn read(&self) {
        let read = match self.fetch().await {
            Ok(json) => KeySet::read(&json, &self.algorithms),
            Err(error) => Err(error),
        };
        match read {
            Ok(set) => {
                let set = Arc::new(set);
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                let before = std::mem::replace(&mut *known, Arc::clone(&set));
                drop(known);
                note_change(&self.issuer, &before, &set);
                // Told when it is new, not each time that the set is read again.
                for why in &set.left_out {
                    if !before.left_out.contains(why) {
                        tracing::warn!(issuer = self.issuer, why, "a key is left out");
                    }
                }
                if self.ailing.swap(false, Ordering::Relaxed) {
                    tracing::info!(issuer = self.issuer, "the keys can be read again");
                }
            }
            Err(error) => {
                // One line, not one for each time it is tried again.
                if !self.ailing.swap(true, Ordering::Relaxed) {
                    tracing::warn!(
                        issuer = self.issuer,
                        error = chain(&error),
                        "the keys of an issuer cannot be read; the known ones go on"
                    );
                }
            }
        }
    }

    async fn fetch(&self) -> Result<Vec<u8>, KeysError> {
        let address = match &self.source {
            Source::Address(address) => address.clone(),
            Source::File(path) => {
                let path = path.clone();
                return tokio::task::spawn_blocking(move || read_file(&path))
                    .await
                    .unwrap_or_else(|error| Err(KeysError::File(io::Error::other(error))));
            }
            Source::Given(json) => return Ok(json.clone()),
        };
        let silent = |error: reqwest::Error| KeysError::Silent(error.without_url());
        let response = self
            .client
            .get(address)
            .header(header::ACCEPT, "application/jwk-set+json, application/json")
            .send()
            .await
            .map_err(silent)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(KeysError::Status(response.status().as_u16()));
        }
        outside::read_whole(response).await
    }
}

/// Notes for an auditor that an issuer signs with other keys than before: a rotation, or somebody
/// who should not be able to. What is read first is no change.
fn note_change(issuer: &str, before: &KeySet, now: &KeySet) {
    let (added, gone) = (now.lacking_in(before), before.lacking_in(now));
    if !before.keys.is_empty() && added + gone > 0 {
        tracing::info!(
            target: "audit",
            event = "issuer_keys_changed",
            issuer,
            added,
            gone,
            "an issuer has other keys"
        );
    }
}

/// Whether so much time has passed. A clock that was set back counts as time that has passed.
fn is_due(tried: Option<DateTime<Utc>>, wait: TimeDelta, now: DateTime<Utc>) -> bool {
    tried.is_none_or(|tried| (now - tried).abs() >= wait)
}

#[cfg(test)]
mod tests;

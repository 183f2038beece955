//! Tokens whose signature held, so that it is looked at once and not with every request.
//!
//! What is kept is the proof alone: the claims, and the very key that proved them. Everything that
//! depends on the time or on what the issuer says now (its end and beginning, its longest lifetime,
//! the role on this day, whether the key was withdrawn) is checked at each use. A proof is good as
//! long as the issuer's key set is the one that it was made with: once the set is read again, the
//! signature is looked at again, so a key that was withdrawn, replaced or bound to other
//! algorithms opens nothing. A token is known by the SHA-256 of its text, signature included; the
//! text itself is not kept. Only tokens that were accepted are kept, so nobody fills the room
//! without an issuer.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, SHA256_OUTPUT_LEN, digest};
use chrono::{DateTime, Utc};
use domain::recent::{Capacity, Recent};

use super::Issuer;
use crate::{claims::Claims, keys::Key};

/// Tokens that are kept, and bytes of their texts: claims take a few times as much.
const CAPACITY: Capacity = Capacity {
    values: 1_000,
    weight: 2 * 1024 * 1024,
};

/// The SHA-256 of a token's text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct TokenHash([u8; SHA256_OUTPUT_LEN]);

impl TokenHash {
    pub(super) fn of(token: &str) -> Self {
        let mut hash = [0; SHA256_OUTPUT_LEN];
        hash.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        Self(hash)
    }
}

/// What the signature of a token proves, with the key that it was proven by.
pub(super) struct Proven {
    /// The place of the issuer among those that are trusted.
    pub(super) issuer: usize,
    pub(super) kid: String,
    pub(super) key: Arc<Key>,
    pub(super) claims: Claims,
}

/// Tokens that were accepted lately.
#[derive(Debug)]
pub(super) struct ProvenTokens(Recent<TokenHash, Arc<Proven>>);

impl Default for ProvenTokens {
    fn default() -> Self {
        Self::bounded(CAPACITY)
    }
}

impl ProvenTokens {
    fn bounded(capacity: Capacity) -> Self {
        Self(Recent::new(capacity))
    }

    /// The proof of a token, while the key set that it was made with is the issuer's present one.
    pub(super) fn find(
        &self,
        token: &TokenHash,
        issuers: &[Issuer],
        now: DateTime<Utc>,
    ) -> Option<Arc<Proven>> {
        let proven = self.0.find(token)?;
        let issuer = issuers.get(proven.issuer)?;
        if issuer.keys.is_in_present_set(&proven.kid, &proven.key, now) {
            return Some(proven);
        }
        self.0.forget(token);
        None
    }

    /// Keeps the proof of a token of so many bytes.
    pub(super) fn keep(&self, token: TokenHash, proven: Arc<Proven>, bytes: usize) {
        self.0.keep(token, proven, bytes);
    }

    /// How many are kept.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.0.count()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    use aws_lc_rs::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
    };
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use chrono::{TimeDelta, TimeZone as _};
    use domain::clock::Clock;
    use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
    use serde_json::{Value, json};

    use super::*;
    use crate::{Bearer, Ended, Issuers, LONGEST_LIFETIME, PseudonymKey, TokenError, settings};

    const ISSUER: &str = "https://login.example.nl";

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
    }

    fn key() -> EncodingKey {
        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        EncodingKey::from_ec_der(der.as_ref())
    }

    /// A token of VNG with its end a minute after noon, and some claims changed.
    fn token(key: &EncodingKey, kid: &str, changes: Value) -> String {
        let now = noon().timestamp();
        let mut claims = json!({
            "iss": ISSUER, "aud": "stm", "sub": "anna", "role": "vng", "exp": now + 60, "nbf": now,
        });
        let (Value::Object(own), Value::Object(changes)) = (&mut claims, changes) else {
            panic!("two objects");
        };
        own.extend(changes);
        let header = Header {
            kid: Some(kid.to_owned()),
            ..Header::new(Algorithm::ES256)
        };
        encode(&header, &claims, key).unwrap()
    }

    /// A service that reads the keys of its one issuer in a file.
    struct Service {
        file: PathBuf,
        clock: Clock,
        issuers: Issuers,
    }

    impl Service {
        async fn start(test: &str, keys: &[(&str, &EncodingKey)]) -> Self {
            let name = format!("stm-{test}-{}.json", std::process::id());
            let file = std::env::temp_dir().join(name);
            write(&file, keys);
            let settings = settings::read(&json!([{
                "issuer": ISSUER,
                "jwks": file.to_str().unwrap(),
                "audience": ["stm"],
                "algorithms": ["ES256"],
                "roles": { "VNG": "any" },
            }]));
            let issuer = Issuer::new(settings.unwrap().remove(0)).unwrap();
            let service = Self {
                file,
                clock: Clock::settable(noon()),
                issuers: Issuers::new(vec![issuer], LONGEST_LIFETIME),
            };
            service.issuers.prepare(&service.clock).await;
            service
        }

        /// The keys are others now, and the service has read them.
        async fn rotate(&self, keys: &[(&str, &EncodingKey)]) {
            write(&self.file, keys);
            self.clock.set(self.clock.now() + TimeDelta::seconds(61));
            self.issuers.prepare(&self.clock).await;
        }

        async fn bearer(&self, token: &str) -> Result<Bearer, TokenError> {
            let pseudonyms = PseudonymKey::from_bytes(&[7; 32]);
            self.issuers.bearer(token, &self.clock, &pseudonyms).await
        }

        /// Accepts a token twice: by its signature, and as it is kept.
        async fn accepts(&self, token: &str) -> Bearer {
            let first = self.bearer(token).await.unwrap();
            let again = self.bearer(token).await.unwrap();
            assert_eq!(again.actor, first.actor);
            again
        }

        async fn refuses(&self, token: &str, rule: TokenError) {
            assert_eq!(self.bearer(token).await.err(), Some(rule));
        }
    }

    fn write(file: &Path, keys: &[(&str, &EncodingKey)]) {
        let keys = keys.iter().map(|(kid, key)| {
            let mut jwk = Jwk::from_encoding_key(key, Algorithm::ES256).unwrap();
            jwk.common.key_id = Some((*kid).to_owned());
            serde_json::to_value(jwk).unwrap()
        });
        let set = json!({ "keys": keys.collect::<Vec<_>>() });
        fs::write(file, set.to_string()).unwrap();
    }

    #[tokio::test]
    async fn a_kept_token_holds_no_longer_than_its_claims_say() {
        let key = key();
        let service = Service::start("time", &[("one", &key)]).await;
        let short = token(&key, "one", json!({}));
        service.accepts(&short).await;
        assert_eq!(service.issuers.proven.count(), 1);
        for (seconds, refused) in [
            (90, None),
            (91, Some(TokenError::Expired)),
            (-30, None),
            (-31, Some(TokenError::NotYetValid)),
        ] {
            service.clock.set(noon() + TimeDelta::seconds(seconds));
            assert_eq!(service.bearer(&short).await.err(), refused, "{seconds}");
        }
        service.clock.set(noon());
        let changes = json!({ "exp": (noon() + LONGEST_LIFETIME).timestamp(), "nbf": null });
        let long = token(&key, "one", changes);
        service.accepts(&long).await;
        service.clock.set(noon() - TimeDelta::seconds(1));
        service.refuses(&long, TokenError::Lifetime).await;
    }

    #[tokio::test]
    async fn a_kept_token_is_refused_once_its_key_is_withdrawn() {
        let (key, next) = (key(), key());
        let service = Service::start("keys", &[("one", &key), ("two", &next)]).await;
        let late = json!({ "exp": noon().timestamp() + 3600 });
        let [stolen, good] =
            [(&key, "one"), (&next, "two")].map(|(key, kid)| token(key, kid, late.clone()));
        let opened = service.accepts(&stolen).await;
        service.accepts(&good).await;
        assert_eq!(service.issuers.proven.count(), 2);

        service.rotate(&[("two", &next)]).await;
        service.refuses(&stolen, TokenError::UnknownKey).await;
        let now = service.clock.now();
        assert_eq!(opened.still_holds(now), Err(Ended::KeyWithdrawn));
        // The same key in a set that was read again proves the same, by a new look.
        service.accepts(&good).await;
        assert_eq!(service.issuers.proven.count(), 1);

        // Another key under the old id is not the one that signed.
        service.rotate(&[("two", &key)]).await;
        service.refuses(&good, TokenError::Signature).await;
        assert_eq!(service.issuers.proven.count(), 0);
    }

    #[tokio::test]
    async fn a_bit_makes_another_token() {
        let key = key();
        let service = Service::start("bits", &[("one", &key)]).await;
        let right = token(&key, "one", json!({}));
        service.accepts(&right).await;
        let (signed, signature) = right.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        for place in 0..signature.len() {
            let mut other = signature.clone();
            other[place] ^= 1;
            let wrong = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&other));
            service.refuses(&wrong, TokenError::Signature).await;
        }
        let other = token(&key, "one", json!({ "sub": "bert" }));
        let (signed, _) = other.rsplit_once('.').unwrap();
        let wrong = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&signature));
        service.refuses(&wrong, TokenError::Signature).await;
        service.accepts(&right).await;
        assert_eq!(service.issuers.proven.count(), 1);
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded_and_was_accepted() {
        let key = key();
        let mut service = Service::start("bound", &[("one", &key)]).await;
        service.issuers.proven = Arc::new(ProvenTokens::bounded(Capacity {
            values: 2,
            weight: 10_000,
        }));
        for subject in ["anna", "bert", "carla"] {
            let token = token(&key, "one", json!({ "sub": subject }));
            service.accepts(&token).await;
        }
        assert_eq!(service.issuers.proven.count(), 2);
        service.issuers.proven = Arc::default();
        for (changes, rule) in [
            (json!({ "role": "ministry" }), TokenError::RoleNotAllowed),
            (json!({ "aud": "others" }), TokenError::Audience),
            (json!({ "exp": 0 }), TokenError::Expired),
        ] {
            service.refuses(&token(&key, "one", changes), rule).await;
        }
        assert_eq!(service.issuers.proven.count(), 0);
    }
}

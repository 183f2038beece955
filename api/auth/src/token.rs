//! A bearer token becomes an actor, or is refused by a rule that can be told.
//!
//! The service is a resource server by the Dutch profile of OAuth 2.0: it only knows the issuers it
//! was told of, and checks every token whole. `kid`, `iss`, `aud`, `exp` and `sub` are required.
//! The library checks the signature and nothing else, because it would check a claim only where it
//! is there. The issuer is chosen by `iss` before that can be trusted, its key by `kid`; then the
//! signature must hold under that issuer's own key, with an algorithm that configuration and key
//! allow both. Times are compared with our own clock, so that tests can move it.

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde_json::Value;

use super::{
    IssuerSettings, PseudonymKey,
    claims::Claims,
    keys::{Key, Keys, KeysError},
    settings::Allowed,
};
use domain::{
    actor::{Actor, Role, RoleKind},
    clock::{self, Clock},
};

/// The audience of tokens for this service, unless an issuer's configuration names others.
pub(crate) const AUDIENCE: &str = "samen-tegen-mensenhandel";

/// A longer token is refused unread.
const LONGEST_TOKEN: usize = 8 * 1024;

/// The rule by which a token was refused. Nothing of the token is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().1)]
pub enum TokenError {
    /// Longer than any honest token.
    TooLong,
    /// Not a signed JWT, or one with an extension that must be understood (`crit`).
    Header,
    /// No `kid`.
    KeyId,
    /// No `iss`, or none that we know.
    Issuer,
    /// The issuer's key set has no such key.
    UnknownKey,
    /// Not an algorithm of this issuer and this key.
    Algorithm,
    /// The signature does not hold.
    Signature,
    /// Claims that are no object, or one of another type than it should be.
    Claims,
    /// No `aud`, or not for this service.
    Audience,
    /// No `sub`.
    Subject,
    /// No `exp`.
    Expiry,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYetValid,
    /// No role that means something here.
    Role,
    /// More than one role.
    TwoRoles,
    /// No organisation, one of another kind than the role, or several.
    Organisation,
    /// A code or number that is no organisation's, or was not on this day.
    UnknownOrganisation,
    /// The issuer may not assert this role.
    RoleNotAllowed,
    /// The issuer may not assert this role for this organisation.
    OrganisationNotAllowed,
}

impl TokenError {
    /// The code of the rule, as clients see it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLong => "TOKEN_TOO_LONG",
            Self::Header => "TOKEN_HEADER",
            Self::KeyId => "TOKEN_KEY_ID",
            Self::Issuer => "TOKEN_ISSUER",
            Self::UnknownKey => "TOKEN_UNKNOWN_KEY",
            Self::Algorithm => "TOKEN_ALGORITHM",
            Self::Signature => "TOKEN_SIGNATURE",
            Self::Claims => "TOKEN_CLAIMS",
            Self::Audience => "TOKEN_AUDIENCE",
            Self::Subject => "TOKEN_SUBJECT",
            Self::Expiry => "TOKEN_EXPIRY",
            Self::Expired => "TOKEN_EXPIRED",
            Self::NotYetValid => "TOKEN_NOT_YET_VALID",
            Self::Role => "TOKEN_ROLE",
            Self::TwoRoles => "TOKEN_TWO_ROLES",
            Self::Organisation => "TOKEN_ORGANISATION",
            Self::UnknownOrganisation => "TOKEN_UNKNOWN_ORGANISATION",
            Self::RoleNotAllowed => "TOKEN_ROLE_NOT_ALLOWED",
            Self::OrganisationNotAllowed => "TOKEN_ORGANISATION_NOT_ALLOWED",
        }
    }

    /// What the rule says, in Dutch and in English; the English without quotes, for
    /// `WWW-Authenticate`.
    #[must_use]
    pub fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::TooLong => (
                "Het token is langer dan 8.192 bytes.",
                "The token is longer than 8,192 bytes.",
            ),
            Self::Header => (
                "Het token is geen ondertekend JWT met een leesbare kop.",
                "The token is no signed JWT with a readable header.",
            ),
            Self::KeyId => (
                "De kop van het token noemt geen sleutel (kid).",
                "The header of the token names no key (kid).",
            ),
            Self::Issuer => (
                "Het token noemt geen uitgever (iss) die deze dienst kent.",
                "The token names no issuer (iss) that this service knows.",
            ),
            Self::UnknownKey => (
                "De uitgever van het token heeft geen sleutel met deze kid.",
                "The issuer of the token has no key with this kid.",
            ),
            Self::Algorithm => (
                "Deze uitgever en sleutel ondertekenen niet met dit algoritme (alg).",
                "This issuer and key do not sign with this algorithm (alg).",
            ),
            Self::Signature => (
                "De handtekening van het token klopt niet.",
                "The signature of the token does not hold.",
            ),
            Self::Claims => (
                "De gegevens in het token hebben niet de goede vorm.",
                "The claims of the token do not have the right form.",
            ),
            Self::Audience => (
                "Het token is niet voor deze dienst bestemd (aud).",
                "The token is not meant for this service (aud).",
            ),
            Self::Subject => (
                "Het token noemt niet voor wie het is (sub).",
                "The token does not name whom it is for (sub).",
            ),
            Self::Expiry => (
                "Het token noemt geen einde (exp).",
                "The token names no end (exp).",
            ),
            Self::Expired => (
                "Het token is verlopen (exp).",
                "The token has expired (exp).",
            ),
            Self::NotYetValid => (
                "Het token is nog niet geldig (nbf).",
                "The token is not valid yet (nbf).",
            ),
            Self::Role => (
                "Het token geeft geen rol die deze dienst kent.",
                "The token gives no role that this service knows.",
            ),
            Self::TwoRoles => (
                "Het token geeft meer dan één rol.",
                "The token gives more than one role.",
            ),
            Self::Organisation => (
                "Bij deze rol hoort precies haar eigen soort organisatie.",
                "This role needs exactly its own kind of organisation.",
            ),
            Self::UnknownOrganisation => (
                "Het token noemt een organisatie die deze dienst vandaag niet kent.",
                "The token names an organisation that this service does not know today.",
            ),
            Self::RoleNotAllowed => (
                "De uitgever van het token mag deze rol niet geven.",
                "The issuer of the token may not assert this role.",
            ),
            Self::OrganisationNotAllowed => (
                "De uitgever van het token mag deze rol niet voor deze organisatie geven.",
                "The issuer of the token may not assert this role for this organisation.",
            ),
        }
    }
}

/// A party whose tokens we accept, with its keys.
#[derive(Debug)]
pub struct Issuer {
    settings: IssuerSettings,
    keys: Arc<Keys>,
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
        Ok(Self {
            settings,
            keys: Arc::new(keys),
        })
    }
}

/// All issuers that this service trusts; with none of them every token is refused.
#[derive(Debug, Clone, Default)]
pub struct Issuers(Arc<[Issuer]>);

impl Issuers {
    /// The issuers to trust.
    #[must_use]
    pub fn new(issuers: Vec<Issuer>) -> Self {
        Self(issuers.into())
    }

    /// Reads the keys of all issuers, so that the first token need not wait. A key server that does
    /// not answer is logged and asked again later.
    pub async fn prepare(&self, clock: &Clock) {
        let now = clock.now();
        futures_util::future::join_all(self.0.iter().map(|issuer| issuer.keys.prepare(now))).await;
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
        let header = decode_header(token).map_err(|_| TokenError::Header)?;
        if header.crit.is_some() {
            return Err(TokenError::Header);
        }
        let kid = header
            .kid
            .filter(|kid| !kid.is_empty())
            .ok_or(TokenError::KeyId)?;
        let named = unproven_issuer(token)?;
        let issuer = self
            .0
            .iter()
            .find(|issuer| issuer.settings.name == named)
            .ok_or(TokenError::Issuer)?;
        // Before the keys, so that a token which cannot hold asks no key server anything.
        if !issuer.settings.algorithms.contains(&header.alg) {
            return Err(TokenError::Algorithm);
        }
        let now = clock.now();
        let key = issuer
            .keys
            .find(&kid, now)
            .await
            .ok_or(TokenError::UnknownKey)?;
        let claims = proven_claims(token, &key, header.alg)?;
        let role = issuer.settings.role(&claims, now)?;
        let subject = subject(&claims)?;
        let actor = Actor {
            role,
            pseudonym: Some(pseudonyms.pseudonym(&issuer.settings.name, subject, now)),
        };
        Ok(Bearer {
            actor,
            until: issuer.settings.until(&claims)?,
        })
    }
}

/// Who carries a token, and until when the token says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The role and the person.
    pub actor: Actor,
    /// The end of the token with the issuer's leeway; none for the public, and for an end beyond
    /// the calendar.
    pub until: Option<DateTime<Utc>>,
}

impl Bearer {
    /// Nobody signed in.
    #[must_use]
    pub fn public() -> Self {
        Self {
            actor: Actor::public(),
            until: None,
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

    /// The instant after which proven claims do not hold any more.
    fn until(&self, claims: &Claims) -> Result<Option<DateTime<Utc>>, TokenError> {
        let expiry = seconds(claims, "exp")?.ok_or(TokenError::Expiry)?;
        let lifetime = Duration::try_from_secs_f64(expiry + self.leeway.as_seconds_f64());
        let until = lifetime
            .ok()
            .and_then(|lifetime| TimeDelta::from_std(lifetime).ok())
            .and_then(|lifetime| DateTime::UNIX_EPOCH.checked_add_signed(lifetime));
        Ok(until)
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
mod tests {
    use std::sync::LazyLock;

    use chrono::TimeZone as _;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::settings;

    const ISSUER: &str = "https://login.example.nl";

    fn settings_of(changes: Value) -> IssuerSettings {
        let mut table = json!({
            "issuer": ISSUER,
            "jwks": "https://login.example.nl/keys",
            "audience": ["stm", "monitor"],
            "algorithms": ["ES256"],
            "roles": { "MUNICIPALITY": ["GM0402", "GM0406"], "REGION": "any", "VNG": "any" },
        });
        let (Value::Object(fields), Value::Object(changes)) = (&mut table, changes) else {
            panic!("two objects");
        };
        fields.extend(changes);
        settings::read(&json!([table])).unwrap().remove(0)
    }

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 22, 12, 0, 0).unwrap()
    }

    fn role(changes: Value) -> Result<Role, TokenError> {
        let mut claims = json!({
            "aud": "stm", "sub": "anna", "exp": noon().timestamp() + 60, "role": "vng",
        });
        let (Value::Object(claims), Value::Object(changes)) = (&mut claims, changes) else {
            panic!("two objects");
        };
        claims.extend(changes);
        settings_of(json!({})).role(claims, noon())
    }

    #[test]
    fn each_rule_refuses() {
        let now = noon().timestamp();
        assert_eq!(role(json!({})), Ok(Role::Vng));
        for (changes, refused) in [
            (json!({ "aud": null }), TokenError::Audience),
            (json!({ "aud": "STM" }), TokenError::Audience),
            (json!({ "aud": [] }), TokenError::Audience),
            (json!({ "aud": ["x", 7] }), TokenError::Audience),
            (json!({ "aud": { "stm": true } }), TokenError::Audience),
            (json!({ "sub": null }), TokenError::Subject),
            (json!({ "sub": "" }), TokenError::Subject),
            (json!({ "sub": 7 }), TokenError::Subject),
            (json!({ "exp": null }), TokenError::Expiry),
            (json!({ "exp": "9999999999" }), TokenError::Claims),
            (json!({ "exp": now - 31 }), TokenError::Expired),
            (json!({ "exp": i64::MIN }), TokenError::Expired),
            (json!({ "nbf": now + 31 }), TokenError::NotYetValid),
            (json!({ "nbf": u64::MAX }), TokenError::NotYetValid),
            (json!({ "nbf": [now] }), TokenError::Claims),
            (json!({ "role": "ministry" }), TokenError::RoleNotAllowed),
            (
                json!({ "role": "municipality", "municipality": ["GM0402", "GM0363"] }),
                TokenError::OrganisationNotAllowed,
            ),
        ] {
            assert_eq!(role(changes.clone()), Err(refused), "{changes}");
        }
        for changes in [
            json!({ "aud": ["x", "monitor"] }),
            json!({ "exp": now - 30, "nbf": now + 30 }),
            json!({ "exp": f64::MAX, "nbf": 0.5 }),
            json!({ "exp": u64::MAX, "nbf": null }),
        ] {
            assert_eq!(role(changes.clone()), Ok(Role::Vng), "{changes}");
        }
    }

    #[test]
    fn every_rule_is_written_in_two_languages_and_fits_in_a_header() {
        use TokenError::*;
        let all = [
            TooLong,
            Header,
            KeyId,
            Issuer,
            UnknownKey,
            Algorithm,
            Signature,
            Claims,
            Audience,
            Subject,
            Expiry,
            Expired,
            NotYetValid,
            Role,
            TwoRoles,
            Organisation,
            UnknownOrganisation,
            RoleNotAllowed,
            OrganisationNotAllowed,
        ];
        let mut codes: Vec<_> = all.iter().map(|rule| rule.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all.len());
        for rule in all {
            let (nl, en) = rule.text();
            assert!(nl != en && nl.ends_with('.') && en.ends_with('.'));
            let fits = |b: u8| matches!(b, 0x20..=0x7e) && b != b'"' && b != b'\\';
            assert!(en.bytes().all(fits), "{en}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_token(text in any::<String>(), json in any::<String>()) {
            static ISSUERS: LazyLock<Issuers> = LazyLock::new(|| {
                Issuers::new(vec![Issuer::new(settings_of(json!({}))).unwrap()])
            });
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let clock = Clock::settable(noon());
            let pseudonyms = PseudonymKey::from_bytes(&[7; 32]);
            let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","kid":"k"}"#);
            let framed = format!("{header}.{}.AAAA", URL_SAFE_NO_PAD.encode(&json));
            for token in [&text, &framed, &format!("{text}.{json}.{text}")] {
                let bearer = runtime.block_on(ISSUERS.bearer(token, &clock, &pseudonyms));
                prop_assert!(bearer.is_err());
            }
        }
    }
}

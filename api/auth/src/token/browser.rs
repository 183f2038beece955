//! Somebody signs in with a browser, and gets an access token as any other.
//!
//! The ID token (OpenID Connect Core, section 3.1.3.7) proves that the answer of the issuer belongs
//! to the sign-in that this browser began. It opens nothing; that is what the access token is for,
//! which must be the same person's.

use aws_lc_rs::{
    constant_time::verify_slices_are_equal,
    digest::{SHA256, digest},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::decode_header;
use serde_json::Value;

use super::{Issuer, Issuers, proven_claims, seconds, subject};
use crate::{SignIn, SignInError, claims::Claims, sign_in::Entrance};
use domain::clock::Clock;

impl Issuers {
    /// The issuers at which people sign in with a browser: the name, and what stands on the link.
    pub fn for_browsers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().filter_map(|issuer| {
            let entrance = issuer.entrance.as_ref()?;
            Some((
                issuer.settings.name.as_str(),
                entrance.settings.title.as_str(),
            ))
        })
    }

    /// The address to which somebody is sent to sign in at an issuer.
    ///
    /// # Errors
    /// [`SignInError`], when nobody can sign in there now.
    pub async fn sign_in_address(
        &self,
        issuer: &str,
        sign_in: SignIn,
        clock: &Clock,
    ) -> Result<String, SignInError> {
        let (_, entrance) = self.entrance(issuer)?;
        entrance.address(sign_in, clock.now()).await
    }

    /// The access token of somebody who comes back from an issuer with a code. `named` is the issuer
    /// that the answer names, if it does.
    ///
    /// # Errors
    /// [`SignInError`], when the tokens of this code are not those of this sign-in.
    pub async fn exchange(
        &self,
        issuer: &str,
        (code, named): (String, Option<&str>),
        sign_in: SignIn,
        clock: &Clock,
    ) -> Result<String, SignInError> {
        let now = clock.now();
        let (issuer, entrance) = self.entrance(issuer)?;
        let nonce = sign_in.nonce.clone();
        let returned = entrance.exchange(code, named, sign_in, now).await?;
        let expected = Expected {
            client_id: &entrance.settings.client_id,
            nonce: &nonce,
            access_token: &returned.access,
            now,
        };
        let person = person_of(issuer, &returned.id, &expected).await;
        let person = person.map_err(SignInError::IdToken)?;
        let proven = self.prove(&returned.access, now).await;
        let proven = proven.map_err(SignInError::Token)?;
        let is_of_issuer = self
            .all
            .get(proven.issuer)
            .is_some_and(|of| std::ptr::eq(of, issuer));
        if is_of_issuer && subject(&proven.claims) == Ok(person.as_str()) {
            Ok(returned.access)
        } else {
            Err(SignInError::IdToken(
                "is another person's than the access token",
            ))
        }
    }

    /// The issuer of this name, and how people sign in there.
    fn entrance(&self, name: &str) -> Result<(&Issuer, &Entrance), SignInError> {
        let mut issuers = self.all.iter();
        let issuer = issuers.find(|issuer| issuer.settings.name == name);
        let issuer = issuer.ok_or(SignInError::NoIssuer)?;
        let entrance = issuer.entrance.as_ref().ok_or(SignInError::NoIssuer)?;
        Ok((issuer, entrance))
    }
}

/// What an ID token must say.
struct Expected<'a> {
    client_id: &'a str,
    nonce: &'a str,
    access_token: &'a str,
    now: DateTime<Utc>,
}

/// The person of an ID token, or why it does not hold.
async fn person_of(
    issuer: &Issuer,
    token: &str,
    expected: &Expected<'_>,
) -> Result<String, &'static str> {
    let header = decode_header(token).map_err(|_| "is no signed JWT")?;
    if header.crit.is_some() || !issuer.settings.algorithms.contains(&header.alg) {
        return Err("has a header that this issuer does not write");
    }
    let kid = header.kid.ok_or("names no key")?;
    let key = issuer.keys.find(&kid, expected.now).await;
    let key = key.ok_or("names a key that the issuer does not have")?;
    let claims =
        proven_claims(token, &key, header.alg).map_err(|_| "has a signature that does not hold")?;
    check(&claims, issuer, expected)?;
    let person = subject(&claims).map_err(|_| "names nobody")?;
    Ok(person.to_owned())
}

fn check(claims: &Claims, issuer: &Issuer, expected: &Expected<'_>) -> Result<(), &'static str> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(issuer.settings.name.as_str()) {
        return Err("is of another issuer");
    }
    let is_ours = |value: &Value| value.as_str() == Some(expected.client_id);
    let is_for_us = match claims.get("aud") {
        // With several audiences it says for which of them it was made.
        Some(Value::Array(all)) if all.len() > 1 => {
            all.iter().any(is_ours) && text("azp") == Some(expected.client_id)
        }
        Some(Value::Array(all)) => all.iter().any(is_ours),
        Some(one) => is_ours(one),
        None => false,
    };
    if !is_for_us {
        return Err("is for another client");
    }
    let leeway = issuer.settings.leeway.as_seconds_f64();
    let instant = (expected.now - DateTime::UNIX_EPOCH).as_seconds_f64();
    match seconds(claims, "exp") {
        Ok(Some(end)) if instant <= end + leeway => {}
        Ok(_) | Err(_) => return Err("has expired"),
    }
    if !is_equal(text("nonce"), expected.nonce) {
        return Err("belongs to another sign-in");
    }
    // Where the issuer ties it to the access token, by the left half of its digest.
    let own = digest(&SHA256, expected.access_token.as_bytes());
    let half = own.as_ref().get(..16).unwrap_or_default();
    let half = URL_SAFE_NO_PAD.encode(half);
    if claims.contains_key("at_hash") && !is_equal(text("at_hash"), &half) {
        return Err("belongs to another access token");
    }
    Ok(())
}

fn is_equal(given: Option<&str>, expected: &str) -> bool {
    given
        .is_some_and(|given| verify_slices_are_equal(given.as_bytes(), expected.as_bytes()).is_ok())
}

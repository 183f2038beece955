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
        (json!({ "typ": "ID" }), TokenError::Type),
        (json!({ "typ": "Refresh" }), TokenError::Type),
        (json!({ "at_hash": "x" }), TokenError::Type),
        (json!({ "c_hash": "x" }), TokenError::Type),
        (json!({ "events": {} }), TokenError::Type),
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
        json!({ "exp": now + 30, "nbf": 0.5 }),
        json!({ "exp": now, "nbf": null, "typ": "Bearer", "at_hash": null }),
    ] {
        assert_eq!(role(changes.clone()), Ok(Role::Vng), "{changes}");
    }
}

#[test]
fn a_token_ends_within_the_longest_lifetime() {
    let latest = noon() + LONGEST_LIFETIME;
    let until = |expiry: Value| {
        let claims = json!({ "exp": expiry });
        settings_of(json!({})).until(claims.as_object().unwrap(), latest)
    };
    let last = latest.timestamp();
    let leeway = TimeDelta::seconds(30);
    assert_eq!(until(json!(last)), Ok(latest + leeway));
    assert_eq!(until(json!(noon().timestamp())), Ok(noon() + leeway));
    for expiry in [
        json!(last + 1),
        json!(noon().timestamp_millis() + 60_000),
        json!(1e50),
        json!(f64::MAX),
        json!(u64::MAX),
    ] {
        assert_eq!(until(expiry.clone()), Err(TokenError::Lifetime), "{expiry}");
    }
}

#[test]
fn the_type_of_a_token_is_one_of_its_issuers() {
    let usual = settings_of(json!({}));
    for right in ["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"] {
        assert!(usual.is_type(Some(right)), "{right}");
    }
    for wrong in ["", "logout+jwt", "dpop+jwt", "ID", "application/", "JWT "] {
        assert!(!usual.is_type(Some(wrong)), "{wrong}");
    }
    assert!(!usual.is_type(None));
    let strict = settings_of(json!({ "types": ["at+jwt"] }));
    assert!(strict.is_type(Some("at+jwt")) && !strict.is_type(Some("JWT")));
}

#[test]
fn every_rule_is_written_in_two_languages_and_fits_in_a_header() {
    use TokenError::*;
    let all = [
        TooLong,
        Header,
        Type,
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
        Lifetime,
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
            let issuer = Issuer::new(settings_of(json!({}))).unwrap();
            Issuers::new(vec![issuer], LONGEST_LIFETIME)
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

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const ALL: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];

fn rsa(changes: Value) -> Value {
    let modulus = URL_SAFE_NO_PAD.encode([0xff; 256]);
    changed(
        json!({ "kty": "RSA", "kid": "r", "n": modulus, "e": "AQAB" }),
        changes,
    )
}

fn ec(changes: Value) -> Value {
    let coordinate = URL_SAFE_NO_PAD.encode([7; 32]);
    changed(
        json!({ "kty": "EC", "kid": "e", "crv": "P-256", "x": coordinate, "y": coordinate }),
        changes,
    )
}

fn changed(mut key: Value, changes: Value) -> Value {
    let (Value::Object(key_fields), Value::Object(changes)) = (&mut key, changes) else {
        panic!("two objects");
    };
    key_fields.extend(changes);
    key
}

fn read(keys: &[Value], algorithms: &[Algorithm]) -> Result<KeySet, KeysError> {
    KeySet::read(json!({ "keys": keys }).to_string().as_bytes(), algorithms)
}

fn proves(key: Value, algorithms: &[Algorithm]) -> Vec<Algorithm> {
    match read(&[key], algorithms) {
        Ok(set) => set.keys.into_values().next().unwrap().algorithms.clone(),
        Err(_) => Vec::new(),
    }
}

#[test]
fn keys_that_came_and_went_are_counted() {
    let set = |keys: &[Value]| read(keys, &ALL).unwrap();
    let both = set(&[rsa(json!({})), ec(json!({}))]);
    let one = set(&[rsa(json!({}))]);
    let other = set(&[ec(json!({}))]);
    assert_eq!((both.lacking_in(&one), one.lacking_in(&both)), (1, 0));
    assert_eq!((one.lacking_in(&other), other.lacking_in(&one)), (1, 1));
    assert_eq!(both.lacking_in(&both), 0);
}

#[test]
fn a_key_proves_what_kind_own_algorithm_and_issuer_all_allow() {
    use Algorithm::{ES256, PS256, RS256};
    let cases = [
        (rsa(json!({})), &ALL[..], vec![RS256, PS256]),
        (rsa(json!({})), &[RS256], vec![RS256]),
        (
            rsa(json!({ "alg": "PS256", "use": "sig" })),
            &ALL,
            vec![PS256],
        ),
        (rsa(json!({ "alg": "PS256" })), &[RS256], vec![]),
        (rsa(json!({ "alg": "ES256" })), &ALL, vec![]),
        (rsa(json!({ "alg": "HS256" })), &ALL, vec![]),
        (rsa(json!({ "alg": "RS512" })), &ALL, vec![]),
        (
            rsa(json!({ "alg": "RSA-OAEP", "use": "enc" })),
            &ALL,
            vec![],
        ),
        (rsa(json!({ "use": "enc" })), &ALL, vec![]),
        (
            rsa(json!({ "key_ops": ["verify"] })),
            &ALL,
            vec![RS256, PS256],
        ),
        (rsa(json!({ "key_ops": ["encrypt"] })), &ALL, vec![]),
        (rsa(json!({ "kid": null })), &ALL, vec![]),
        (rsa(json!({ "kid": "" })), &ALL, vec![]),
        (
            rsa(json!({ "n": URL_SAFE_NO_PAD.encode([0xff; 128]) })),
            &ALL,
            vec![],
        ),
        (rsa(json!({ "n": "***" })), &ALL, vec![]),
        (ec(json!({})), &ALL, vec![ES256]),
        (ec(json!({})), &[RS256, PS256], vec![]),
        (ec(json!({ "crv": "P-384" })), &ALL, vec![]),
        (ec(json!({ "x": "AAAA" })), &ALL, vec![]),
        (
            json!({ "kty": "oct", "kid": "o", "k": "c2VjcmV0" }),
            &ALL,
            vec![],
        ),
        (
            json!({ "kty": "OKP", "kid": "o", "crv": "Ed25519", "x": "AAAA" }),
            &ALL,
            vec![],
        ),
        (json!({ "kty": "new", "kid": "n" }), &ALL, vec![]),
        (json!("a text"), &ALL, vec![]),
    ];
    for (key, algorithms, expected) in cases {
        assert_eq!(proves(key.clone(), algorithms), expected, "{key}");
    }
}

#[test]
fn one_bad_key_does_not_take_the_others_with_it() {
    let keys = [
        json!({ "kty": 7 }),
        rsa(json!({ "use": "enc", "alg": "RSA-OAEP", "kid": "x" })),
        ec(json!({})),
        ec(json!({ "kid": "e" })),
        rsa(json!({})),
    ];
    let set = read(&keys, &ALL).unwrap();
    let mut kids: Vec<_> = set.keys.keys().cloned().collect();
    kids.sort();
    assert_eq!(kids, ["e", "r"]);
    for nonsense in ["", "[]", "{}", "{\"keys\":7}", "{\"keys\":[]}", "<html>"] {
        assert!(KeySet::read(nonsense.as_bytes(), &ALL).is_err());
    }
}

#[test]
fn a_clock_that_was_set_back_does_not_stop_reading() {
    let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
    let minute = TimeDelta::seconds(60);
    assert!(is_due(None, minute, at(0)));
    assert!(!is_due(Some(at(1000)), minute, at(1059)));
    assert!(is_due(Some(at(1000)), minute, at(1060)));
    assert!(is_due(Some(at(1000)), minute, at(0)));
}

proptest! {
    #[test]
    fn a_key_set_never_panics(bytes in any::<Vec<u8>>(), text in any::<String>()) {
        let _ = KeySet::read(&bytes, &ALL);
        let of_rsa = rsa(json!({ "n": text.clone(), "e": text.clone() }));
        let _ = read(&[of_rsa, ec(json!({ "x": text }))], &ALL);
    }
}

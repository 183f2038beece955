//! Tokens that must not open anything. Every one is tried on a mutation that the true token may do
//! and on a feed: the answer is 401, tells the rule in two languages and never the token, and
//! nothing is kept.

use std::path::Path;

use acceptance::{
    App, LONGEST_LIFETIME, ministry, municipality, noon, partner, public_key, region, sign,
    spawn_app, token, vng,
};
use auth::{DevIssuer, TokenError as Rule, TokenRequest};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chrono::TimeDelta;
use domain::actor::Role;
use domain::clock::Clock;
use domain::territory::MunicipalityCode;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, decode_header, encode,
    jwk::{AlgorithmParameters, Jwk},
};
use serde_json::{Value, json};

/// What only VNG may do.
const OPEN_PERIOD: &str = r#"mutation {
    openReportingPeriod(input: {
        key: "2027-1", edition: "VOORSTEL-1", idempotencyKey: "refusals",
        opensOn: "2026-12-01", deadlineOn: "2026-12-31", lastDay: "2027-01-31"
    }) { period { key } errors { code } } }"#;

/// What a refusal says.
struct Refusal {
    status: u16,
    title: &'static str,
    code: &'static str,
    rule: &'static str,
    text: (&'static str, &'static str),
    challenge: String,
}

impl Refusal {
    fn of(rule: Rule) -> Self {
        Self {
            status: 401,
            title: "Unauthorized",
            code: "UNAUTHENTICATED",
            rule: rule.code(),
            text: rule.text(),
            challenge: format!(
                "Bearer error=\"invalid_token\", error_description=\"{}\"",
                rule.text().1
            ),
        }
    }

    fn malformed() -> Self {
        Self {
            status: 400,
            title: "Bad Request",
            code: "BAD_REQUEST",
            rule: "AUTHORIZATION_HEADER",
            text: (
                "Stuur één kop `Authorization: Bearer <token>`.",
                "Send one header `Authorization: Bearer <token>`.",
            ),
            challenge: "Bearer error=\"invalid_request\", \
                        error_description=\"Send one header `Authorization: Bearer <token>`.\""
                .to_owned(),
        }
    }

    fn scheme() -> Self {
        Self {
            status: 401,
            title: "Unauthorized",
            code: "UNAUTHENTICATED",
            rule: "AUTHORIZATION_SCHEME",
            text: (
                "Deze dienst kent alleen het schema Bearer: `Authorization: Bearer <token>`.",
                "This service knows the scheme Bearer only: `Authorization: Bearer <token>`.",
            ),
            challenge: "Bearer".to_owned(),
        }
    }
}

/// The header of a true token.
fn header() -> Header {
    decode_header(vng()).expect("a header")
}

/// The claims of a true token of VNG.
fn claims() -> Value {
    let token = vng();
    let payload = token.split('.').nth(1).expect("three parts");
    let json = URL_SAFE_NO_PAD.decode(payload).expect("base64");
    serde_json::from_slice(&json).expect("JSON")
}

/// The claims of a true token with some of them changed; null takes one out.
fn claims_but(changes: Value) -> Value {
    let mut claims = claims();
    let own = claims.as_object_mut().expect("claims");
    for (name, value) in changes.as_object().expect("changes") {
        if value.is_null() {
            own.remove(name);
        } else {
            own.insert(name.clone(), value.clone());
        }
    }
    claims
}

/// A token of the true key and header with some claims changed.
fn token_but(changes: Value) -> String {
    sign(&header(), &claims_but(changes))
}

/// A part of a token.
fn part(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

/// A token of our own making, with a signature as it is given.
fn raw(header: &Value, claims: &Value, signature: &str) -> String {
    format!("{}.{}.{signature}", part(header), part(claims))
}

async fn kept(app: &App) -> i64 {
    app.database
        .count(
            "select (select count(*) from ledger) * 1000 + (select count(*) from ledger_instant)",
        )
        .await
}

/// Sends the mutation, and asks for the feed, with these `Authorization` headers; both are refused,
/// by that rule.
async fn is_refused(app: &App, name: &str, authorization: &[String], refusal: &Refusal) {
    let client = acceptance::http();
    let mutation = client
        .post(format!("{}/v1/graphql", app.address()))
        .json(&json!({ "query": OPEN_PERIOD }));
    let feed = client.get(format!(
        "{}/v1/feeds/fact_verdict_current.csv",
        app.address()
    ));
    // A feed also knows Basic, with a key for a password; `feed_keys.rs` tries those.
    let is_basic = matches!(authorization, [one] if one.starts_with("Basic "));
    for mut request in [Some(mutation), (!is_basic).then_some(feed)]
        .into_iter()
        .flatten()
    {
        for value in authorization {
            request = request.header("authorization", value);
        }
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), refusal.status, "{name}");
        let header = |key: &str| response.headers()[key].to_str().expect("a text").to_owned();
        assert_eq!(header("www-authenticate"), refusal.challenge, "{name}");
        assert_eq!(header("content-type"), "application/problem+json", "{name}");
        assert_eq!(header("cache-control"), "no-store", "{name}");
        let body = response.text().await.expect("a text");
        // The whole body, so that neither data nor the token can be in it; short ones are words of
        // the rule itself.
        assert_eq!(
            serde_json::from_str::<Value>(&body).expect("JSON"),
            json!({
                "type": "about:blank", "title": refusal.title, "status": refusal.status,
                "code": refusal.code, "rule": refusal.rule,
                "detail": refusal.text.1, "detailNl": refusal.text.0,
            }),
            "{name}"
        );
        for value in authorization {
            let secret = value.rsplit(' ').next().expect("a word");
            assert!(secret.len() < 9 || !body.contains(secret), "{name}");
        }
    }
}

/// Refuses each of the tokens by its rule, keeps nothing, and lets the true token through
/// afterwards.
async fn all_are_refused(tokens: Vec<(&str, String, Rule)>) {
    let app = spawn_app();
    let before = kept(&app).await;
    for (name, token, rule) in tokens {
        is_refused(&app, name, &[format!("Bearer {token}")], &Refusal::of(rule)).await;
        assert_eq!(kept(&app).await, before, "{name}");
    }
    true_token_opens(&app).await;
}

async fn true_token_opens(app: &App) {
    assert_eq!(
        app.with(&vng()).ask(OPEN_PERIOD).await.data(),
        json!({ "openReportingPeriod": { "period": { "key": "2027-1" }, "errors": [] } })
    );
}

#[tokio::test]
async fn a_true_token_of_each_role_is_its_role() {
    let app = spawn_app();
    let codes = ["GM0402", "GM0406"].map(|code| MunicipalityCode::parse(code).unwrap());
    for (token, role, organisation) in [
        (partner("comensha"), "PARTNER", "comensha"),
        (municipality("GM0402"), "MUNICIPALITY", "GM0402"),
        (
            token(Role::Municipality(codes.to_vec()), "officer"),
            "MUNICIPALITY",
            "GM0402+GM0406",
        ),
        (region("VR14"), "REGION", "VR14"),
        (vng(), "VNG", "VNG"),
        (ministry(), "MINISTRY", "MINISTRY"),
        (token_but(json!({})), "VNG", "VNG"),
        (
            token_but(json!({ "role": "municipality", "municipality": "GM0402" })),
            "MUNICIPALITY",
            "GM0402",
        ),
        (
            token_but(json!({ "role": "municipality", "municipality": ["gm0402"] })),
            "MUNICIPALITY",
            "GM0402",
        ),
        (
            token_but(json!({ "aud": ["another", claims()["aud"]] })),
            "VNG",
            "VNG",
        ),
    ] {
        let answer = app
            .with(&token)
            .ask("{ viewer { role organisation { code } } }")
            .await;
        assert_eq!(
            answer.data(),
            json!({ "viewer": { "role": role, "organisation": { "code": organisation } } })
        );
    }
    let public = app
        .public()
        .ask("{ viewer { role organisation { code } } }")
        .await;
    assert_eq!(
        public.data(),
        json!({ "viewer": { "role": "PUBLIC", "organisation": null } })
    );
    // A token in the address would stand in logs and histories: it is not read.
    let by_address = app
        .public()
        .get(&format!(
            "/v1/graphql?query=%7Bviewer%7Brole%7D%7D&access_token={}",
            vng()
        ))
        .await;
    assert_eq!(by_address.data(), json!({ "viewer": { "role": "PUBLIC" } }));
}

#[tokio::test]
async fn a_token_that_nobody_signed_is_refused() {
    let kid = header().kid.unwrap();
    let mut tokens = Vec::new();
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let bare = json!({ "alg": alg, "typ": "JWT", "kid": kid });
        tokens.push(("alg none", raw(&bare, &claims(), ""), Rule::Header));
        tokens.push((
            "alg none with a signature",
            raw(&bare, &claims(), "AAAA"),
            Rule::Header,
        ));
    }
    let rs256 = json!({ "alg": "RS256", "typ": "JWT", "kid": kid });
    tokens.push(("no signature", raw(&rs256, &claims(), ""), Rule::Signature));
    tokens.push((
        "a signature of zeros",
        raw(&rs256, &claims(), &URL_SAFE_NO_PAD.encode([0; 256])),
        Rule::Signature,
    ));
    tokens.push((
        "two parts",
        format!("{}.{}", part(&rs256), part(&claims())),
        Rule::Header,
    ));
    tokens.push(("a word", "token".to_owned(), Rule::Header));
    tokens.push(("dots", "..".to_owned(), Rule::Header));
    tokens.push((
        "five parts, as of an encrypted token",
        format!("{}.a.b.c.d", part(&rs256)),
        Rule::Header,
    ));
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn the_public_key_is_no_secret_to_sign_with() {
    let public = public_key();
    let AlgorithmParameters::RSA(rsa) = &public.algorithm else {
        panic!("an RSA key");
    };
    let modulus = URL_SAFE_NO_PAD.decode(&rsa.n).unwrap();
    // SubjectPublicKeyInfo of an RSA key of 2048 bits with exponent 65537: all but the modulus is
    // fixed.
    let mut der = vec![
        0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7,
    ];
    der.extend([
        0x0d, 0x01, 0x01, 0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
    ]);
    der.extend([0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00]);
    der.extend(&modulus);
    der.extend([0x02, 0x03, 0x01, 0x00, 0x01]);
    assert_eq!(der.len(), 294);
    let text = STANDARD.encode(&der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| str::from_utf8(line).unwrap())
        .collect();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    );
    let jwk = serde_json::to_vec(&public).unwrap();
    let secrets = [
        ("PEM", pem.as_bytes()),
        ("PEM without its last line break", pem.trim_end().as_bytes()),
        ("DER", &der),
        ("modulus", &modulus),
        ("modulus as text", rsa.n.as_bytes()),
        ("JWK", &jwk),
        ("nothing", b""),
    ];
    let mut tokens = Vec::new();
    for (name, secret) in secrets {
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let header = Header {
                alg: algorithm,
                ..header()
            };
            let token = encode(&header, &claims(), &EncodingKey::from_secret(secret)).unwrap();
            tokens.push((name, token, Rule::Algorithm));
        }
    }
    // Even the true key does not choose its own algorithm.
    for algorithm in [Algorithm::RS384, Algorithm::RS512, Algorithm::PS256] {
        let header = Header {
            alg: algorithm,
            ..header()
        };
        tokens.push((
            "another algorithm",
            sign(&header, &claims()),
            Rule::Algorithm,
        ));
    }
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn the_key_is_ours_and_not_the_tokens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test/stranger");
    let stranger = DevIssuer::open(&folder).unwrap();
    let request = TokenRequest {
        role: Role::Vng,
        subject: "reviewer".to_owned(),
        lifetime_seconds: 3600,
    };
    let own = stranger.token(&request, &Clock::settable(noon())).unwrap();
    let pem = std::fs::read(folder.join("dev-issuer.pem")).unwrap();
    let key = EncodingKey::from_rsa_pem(&pem).unwrap();
    let strange = |header: &Header| encode(header, &claims(), &key).unwrap();
    let with_kid = |kid: &str| Header {
        kid: Some(kid.to_owned()),
        ..header()
    };
    let brought = Header {
        jwk: Some(Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap()),
        jku: Some("https://stranger.example/keys".to_owned()),
        x5u: Some("https://stranger.example/chain".to_owned()),
        ..header()
    };
    let mut tokens = vec![
        ("a stranger's token", own, Rule::UnknownKey),
        (
            "a stranger's signature under our key id",
            strange(&header()),
            Rule::Signature,
        ),
        (
            "a key that the token brings along",
            strange(&brought),
            Rule::Signature,
        ),
        (
            "no key id",
            sign(
                &Header {
                    kid: None,
                    ..header()
                },
                &claims(),
            ),
            Rule::KeyId,
        ),
    ];
    tokens.push((
        "an empty key id",
        sign(&with_kid(""), &claims()),
        Rule::KeyId,
    ));
    for kid in [
        "unknown",
        "../../dev/null",
        "/dev/null",
        "file:///etc/passwd",
        "https://stranger.example/keys",
        "' or '1'='1",
        "'; drop table ledger; --",
        "\u{0}",
        "%00",
        "*",
        "é",
    ] {
        tokens.push((
            "a key id that is not ours",
            sign(&with_kid(kid), &claims()),
            Rule::UnknownKey,
        ));
    }
    for (kid, rule) in [
        (json!(7), Rule::Header),
        (json!(null), Rule::KeyId),
        (json!(["a"]), Rule::Header),
        (json!({ "$ne": "" }), Rule::Header),
    ] {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": kid });
        tokens.push((
            "a key id that is no text",
            raw(&header, &claims(), "AAAA"),
            rule,
        ));
    }
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn a_token_is_for_this_service_and_whole() {
    let tokens = vec![
        (
            "wrong audience",
            token_but(json!({ "aud": "another-service" })),
            Rule::Audience,
        ),
        (
            "audience of another case",
            token_but(json!({ "aud": "SAMEN-TEGEN-MENSENHANDEL" })),
            Rule::Audience,
        ),
        (
            "a list of other audiences",
            token_but(json!({ "aud": ["a", "b"] })),
            Rule::Audience,
        ),
        (
            "no audience in the list",
            token_but(json!({ "aud": [] })),
            Rule::Audience,
        ),
        (
            "empty audience",
            token_but(json!({ "aud": "" })),
            Rule::Audience,
        ),
        (
            "wrong issuer",
            token_but(json!({ "iss": "https://stranger.example" })),
            Rule::Issuer,
        ),
        (
            "issuer with a slash more",
            token_but(json!({ "iss": format!("{}/", claims()["iss"].as_str().unwrap()) })),
            Rule::Issuer,
        ),
        (
            "missing aud",
            token_but(json!({ "aud": null })),
            Rule::Audience,
        ),
        (
            "missing iss",
            token_but(json!({ "iss": null })),
            Rule::Issuer,
        ),
        (
            "missing exp",
            token_but(json!({ "exp": null })),
            Rule::Expiry,
        ),
        (
            "missing sub",
            token_but(json!({ "sub": null })),
            Rule::Subject,
        ),
        ("empty sub", token_but(json!({ "sub": "" })), Rule::Subject),
        (
            "sub of another type",
            token_but(json!({ "sub": 7 })),
            Rule::Subject,
        ),
        (
            "exp as text",
            token_but(json!({ "exp": "9999999999" })),
            Rule::Claims,
        ),
        (
            "claims that are no object",
            sign(&header(), &json!(["vng"])),
            Rule::Claims,
        ),
    ];
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn a_token_holds_from_its_beginning_to_its_end_with_half_a_minute_to_spare() {
    let now = noon().timestamp();
    let app = spawn_app();
    for changes in [
        json!({ "exp": now - 30 }),
        json!({ "nbf": now + 30 }),
        json!({ "exp": (noon() + LONGEST_LIFETIME).timestamp(), "nbf": i64::MIN }),
    ] {
        let answer = app
            .with(&token_but(changes))
            .ask("{ viewer { role } }")
            .await;
        assert_eq!(answer.data(), json!({ "viewer": { "role": "VNG" } }));
    }
    let tokens = vec![
        (
            "just expired",
            token_but(json!({ "exp": now - 31 })),
            Rule::Expired,
        ),
        (
            "long expired",
            token_but(json!({ "exp": 0 })),
            Rule::Expired,
        ),
        (
            "before all time",
            token_but(json!({ "exp": i64::MIN })),
            Rule::Expired,
        ),
        (
            "just too long",
            token_but(json!({ "exp": (noon() + LONGEST_LIFETIME).timestamp() + 1 })),
            Rule::Lifetime,
        ),
        (
            "in milliseconds",
            token_but(json!({ "exp": noon().timestamp_millis() + 3_600_000 })),
            Rule::Lifetime,
        ),
        (
            "for ever",
            token_but(json!({ "exp": 1e50 })),
            Rule::Lifetime,
        ),
        (
            "just too early",
            token_but(json!({ "nbf": now + 31 })),
            Rule::NotYetValid,
        ),
        (
            "much too early",
            token_but(json!({ "nbf": i64::MAX })),
            Rule::NotYetValid,
        ),
    ];
    all_are_refused(tokens).await;
}

/// An issuer signs tokens for other uses with the same key: who has one of them has no access.
#[tokio::test]
async fn a_token_that_is_not_for_access_is_refused() {
    let typed = |typ: Option<&str>| Header {
        typ: typ.map(str::to_owned),
        ..header()
    };
    let app = spawn_app();
    for right in ["JWT", "at+jwt", "application/at+jwt"] {
        let token = sign(&typed(Some(right)), &claims());
        let answer = app.with(&token).ask("{ viewer { role } }").await;
        assert_eq!(answer.data(), json!({ "viewer": { "role": "VNG" } }));
    }
    let mut tokens = Vec::new();
    for wrong in [None, Some("logout+jwt"), Some("dpop+jwt"), Some("")] {
        tokens.push(("another type", sign(&typed(wrong), &claims()), Rule::Type));
    }
    let event = "http://schemas.openid.net/event/backchannel-logout";
    for (name, changes) in [
        (
            "an ID token",
            json!({ "at_hash": "77QmUPtjPfzWtF2AnpK9RQ" }),
        ),
        ("an ID token of Keycloak", json!({ "typ": "ID" })),
        ("a refresh token of Keycloak", json!({ "typ": "Refresh" })),
        ("a logout token", json!({ "events": { (event): {} } })),
    ] {
        tokens.push((name, token_but(changes), Rule::Type));
    }
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn a_token_ends_while_the_service_runs() {
    let app = spawn_app();
    let token = token_but(json!({ "exp": noon().timestamp() + 3600 }));
    let answer = app.with(&token).ask("{ viewer { role } }").await;
    assert_eq!(answer.data(), json!({ "viewer": { "role": "VNG" } }));
    app.clock.set(noon() + TimeDelta::seconds(3600 + 31));
    is_refused(
        &app,
        "ended",
        &[format!("Bearer {token}")],
        &Refusal::of(Rule::Expired),
    )
    .await;
}

#[tokio::test]
async fn a_changed_token_is_refused() {
    let own = municipality("GM0402");
    let parts: Vec<&str> = own.split('.').collect();
    let [head, _, signature] = parts.as_slice() else {
        panic!("three parts");
    };
    let promoted = format!("{head}.{}.{signature}", part(&claims()));
    let neighbour = claims_but(json!({ "role": "municipality", "municipality": ["GM0363"] }));
    let flipped = if signature.starts_with('A') { 'B' } else { 'A' };
    let tokens = vec![
        ("another role", promoted, Rule::Signature),
        (
            "another municipality",
            format!("{head}.{}.{signature}", part(&neighbour)),
            Rule::Signature,
        ),
        (
            "another signature",
            own.replace(signature, &format!("{flipped}{}", &signature[1..])),
            Rule::Signature,
        ),
        (
            "half a signature",
            own[..own.len() - signature.len() / 2].to_owned(),
            Rule::Signature,
        ),
        ("a longer signature", format!("{own}AAAA"), Rule::Signature),
        (
            "another header",
            own.replace(head, &part(&json!({ "alg": "RS512", "kid": header().kid }))),
            Rule::Algorithm,
        ),
    ];
    all_are_refused(tokens).await;
}

/// A token of a municipality with these codes.
fn of_municipality(codes: Value) -> String {
    token_but(json!({ "role": "municipality", "municipality": codes }))
}

#[tokio::test]
async fn a_municipality_has_exactly_its_own_organisation() {
    let tokens = vec![
        (
            "municipality without one",
            token_but(json!({ "role": "municipality" })),
            Rule::Organisation,
        ),
        (
            "municipality with none",
            of_municipality(json!([])),
            Rule::Organisation,
        ),
        (
            "municipality with an empty code",
            of_municipality(json!("")),
            Rule::UnknownOrganisation,
        ),
        (
            "municipality with a wrong code",
            of_municipality(json!("VR14")),
            Rule::UnknownOrganisation,
        ),
        (
            "municipality with a wildcard",
            of_municipality(json!("GM%")),
            Rule::UnknownOrganisation,
        ),
        (
            "municipality with a list in a text",
            of_municipality(json!("GM0402,GM0363")),
            Rule::UnknownOrganisation,
        ),
        (
            "municipality with one wrong code of two",
            of_municipality(json!(["GM0402", "GM"])),
            Rule::UnknownOrganisation,
        ),
        (
            "municipality with an area",
            token_but(json!({ "role": "municipality", "area": "VR14" })),
            Rule::Organisation,
        ),
        (
            "municipality with an area too",
            token_but(json!({ "role": "municipality", "municipality": "GM0402", "area": "VR14" })),
            Rule::Organisation,
        ),
        (
            "municipality that never was",
            of_municipality(json!("GM9999")),
            Rule::UnknownOrganisation,
        ),
        (
            "municipality that never was beside one that is",
            of_municipality(json!(["GM0402", "GM9999"])),
            Rule::UnknownOrganisation,
        ),
        (
            "a municipality that is no text",
            of_municipality(json!({ "code": "GM0402" })),
            Rule::Claims,
        ),
    ];
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn every_other_role_has_exactly_its_own_organisation() {
    let vng_with = |name: &str, value: Value| token_but(json!({ name: value }));
    let tokens = vec![
        (
            "region without an area",
            token_but(json!({ "role": "region" })),
            Rule::Organisation,
        ),
        (
            "region with a municipality",
            token_but(json!({ "role": "region", "municipality": "GM0402" })),
            Rule::Organisation,
        ),
        (
            "region that never was",
            token_but(json!({ "role": "region", "area": "VR99" })),
            Rule::UnknownOrganisation,
        ),
        (
            "partner that never was",
            token_but(json!({ "role": "partner", "partner": "nobody" })),
            Rule::UnknownOrganisation,
        ),
        (
            "region with a wrong code",
            token_but(json!({ "role": "region", "area": "'" })),
            Rule::UnknownOrganisation,
        ),
        (
            "partner without a key",
            token_but(json!({ "role": "partner" })),
            Rule::Organisation,
        ),
        (
            "partner with an area",
            token_but(json!({ "role": "partner", "area": "VR14" })),
            Rule::Organisation,
        ),
        (
            "partner with a wrong key",
            token_but(json!({ "role": "partner", "partner": "Co Mensha" })),
            Rule::UnknownOrganisation,
        ),
        (
            "VNG with a municipality",
            vng_with("municipality", json!("GM0402")),
            Rule::Organisation,
        ),
        (
            "VNG with an area",
            vng_with("area", json!("VR14")),
            Rule::Organisation,
        ),
        (
            "VNG with a partner",
            vng_with("partner", json!("comensha")),
            Rule::Organisation,
        ),
        (
            "ministry with a municipality",
            token_but(json!({ "role": "ministry", "municipality": "GM0402" })),
            Rule::Organisation,
        ),
    ];
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn a_role_is_one_of_ours() {
    let tokens = vec![
        (
            "unknown role",
            token_but(json!({ "role": "admin" })),
            Rule::Role,
        ),
        (
            "role of the import",
            token_but(json!({ "role": "system" })),
            Rule::Role,
        ),
        (
            "role of nobody",
            token_but(json!({ "role": "public" })),
            Rule::Role,
        ),
        (
            "role in capitals",
            token_but(json!({ "role": "VNG" })),
            Rule::Role,
        ),
        (
            "role with a space",
            token_but(json!({ "role": "vng " })),
            Rule::Role,
        ),
        ("no role", token_but(json!({ "role": null })), Rule::Role),
        (
            "two roles",
            token_but(json!({ "role": ["vng", "ministry"] })),
            Rule::TwoRoles,
        ),
    ];
    all_are_refused(tokens).await;
}

#[tokio::test]
async fn a_token_is_at_most_8_kb() {
    let app = spawn_app();
    // `sign` adds what base64 and the other claims take; the claim is grown until the token has
    // exactly the length.
    let of_length = |length: usize| {
        let mut filler = length / 2;
        loop {
            let token = token_but(json!({ "filler": "x".repeat(filler) }));
            match token.len() {
                reached if reached >= length => return token,
                reached => filler += (length - reached).div_ceil(2),
            }
        }
    };
    let longest = of_length(8_190);
    assert!(
        (8_190..=8_192).contains(&longest.len()),
        "{}",
        longest.len()
    );
    let answer = app.with(&longest).ask("{ viewer { role } }").await;
    assert_eq!(answer.data(), json!({ "viewer": { "role": "VNG" } }));
    all_are_refused(vec![
        ("just too long", of_length(8_193), Rule::TooLong),
        ("100 kB", of_length(100_000), Rule::TooLong),
        ("100 kB of nothing", "a".repeat(100_000), Rule::TooLong),
    ])
    .await;
}

#[tokio::test]
async fn one_bearer_token_is_sent_in_one_header() {
    let app = spawn_app();
    let before = kept(&app).await;
    let bearer = |token: &str| format!("Bearer {token}");
    let both = format!("Bearer {}, Bearer {}", vng(), vng());
    for (name, authorization) in [
        ("two tokens", vec![bearer(&vng()), bearer(&ministry())]),
        ("the same token twice", vec![bearer(&vng()), bearer(&vng())]),
        (
            "a token and another scheme",
            vec![bearer(&vng()), "Basic dm5nOnZuZw==".to_owned()],
        ),
        ("two tokens in one header", vec![both]),
        (
            "two tokens in one header without a space",
            vec![format!("Bearer {},{}", vng(), vng())],
        ),
        ("no token", vec!["Bearer".to_owned()]),
        ("two spaces", vec![format!("Bearer  {}", vng())]),
        (
            "a word after the token",
            vec![format!("Bearer {} x", vng())],
        ),
        ("nothing", vec![String::new()]),
    ] {
        is_refused(&app, name, &authorization, &Refusal::malformed()).await;
        assert_eq!(kept(&app).await, before, "{name}");
    }
    for (name, authorization) in [
        ("Basic", "Basic dm5nOnZuZw==".to_owned()),
        ("Basic with a token", format!("Basic {}", vng())),
        ("Digest", "Digest username=\"vng\"".to_owned()),
        ("no scheme", vng()),
    ] {
        is_refused(&app, name, &[authorization], &Refusal::scheme()).await;
        assert_eq!(kept(&app).await, before, "{name}");
    }
    let answer = acceptance::http()
        .post(format!("{}/v1/graphql", app.address()))
        .header("authorization", format!("bEARER {}", vng()))
        .json(&json!({ "query": "{ viewer { role } }" }))
        .send()
        .await
        .unwrap();
    assert_eq!(
        answer.json::<Value>().await.unwrap()["data"],
        json!({ "viewer": { "role": "VNG" } })
    );
    true_token_opens(&app).await;
}

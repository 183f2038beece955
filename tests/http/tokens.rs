//! Issuers as an operator configures them: their keys from a key server, their claims by mapping,
//! and the tokens that would get more out of them. The attacks on a single token stand in
//! `refusals`.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use acceptance::{Answers, App, KeyServer, SigningKey, noon, spawn_app_trusting};
use auth::TokenError as Rule;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const ISSUER: &str = "https://login.example.nl/realms/stm";
const WHO: &str = "{ viewer { role organisation { code } } }";
/// Just longer than the pause that an issuer keeps between two readings of its keys.
const COOL_DOWN: TimeDelta = TimeDelta::seconds(61);

/// An issuer that may assert some roles, with claims named as this service names them.
fn issuer(jwks: &str) -> String {
    format!(
        r#"[[issuer]]
        issuer = "{ISSUER}"
        jwks = "{jwks}"
        audience = "stm"
        algorithms = ["ES256", "RS256"]
        roles.MUNICIPALITY = ["GM0402", "GM0406"]
        roles.VNG = "any"
        "#
    )
}

/// Claims of VNG at that issuer, with some of them changed; they hold for a year.
fn claims(changes: Value) -> Value {
    let mut claims = json!({
        "iss": ISSUER, "aud": "stm", "sub": "anna", "role": "vng",
        "exp": noon().timestamp() + 365 * 24 * 3600,
    });
    let (Value::Object(own), Value::Object(changes)) = (&mut claims, changes) else {
        panic!("two objects");
    };
    own.extend(changes);
    claims
}

/// A token with the right form and no right signature.
fn forged(header: &Value, claims: &Value) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.AAAA", part(header), part(claims))
}

fn unknown(kid: &str) -> String {
    forged(&json!({ "alg": "ES256", "kid": kid }), &claims(json!({})))
}

async fn who(app: &App, token: &str) -> String {
    let viewer = app.with(token).ask(WHO).await.data()["viewer"].clone();
    format!(
        "{} {}",
        viewer["role"].as_str().unwrap_or_default(),
        viewer["organisation"]["code"].as_str().unwrap_or_default()
    )
}

/// The token is refused by this rule, and nothing of it is in the answer.
async fn is_refused(app: &App, name: &str, token: &str, rule: Rule) {
    let answer = app.with(token).ask(WHO).await;
    assert_eq!(answer.status, 401, "{name}: {}", answer.body);
    assert_eq!(
        answer.json(),
        json!({
            "type": "about:blank", "title": "Unauthorized", "status": 401,
            "code": "UNAUTHENTICATED", "rule": rule.code(), "detail": rule.text().1,
            "detailNl": rule.text().0,
        }),
        "{name}"
    );
}

fn move_on(app: &App, by: TimeDelta) {
    app.clock.set(app.clock.now() + by);
}

/// A realm of Keycloak that the service trusts by configuration alone.
struct Keycloak {
    app: App,
    /// The key of its signatures.
    key: SigningKey,
    /// A key for encryption, which Keycloak lists beside the one for signatures.
    encrypting: SigningKey,
    _server: KeyServer,
}

impl Keycloak {
    fn start() -> Self {
        let (key, encrypting) = (SigningKey::rsa("keycloak-rs256"), SigningKey::rsa("enc"));
        let mut encryption = encrypting.public();
        encryption["use"] = json!("enc");
        encryption["alg"] = json!("RSA-OAEP");
        let set = json!({ "keys": [encryption, key.public()] });
        let server = KeyServer::start(Answers::Body(set.to_string()));
        let app = spawn_app_trusting(&format!(
            r#"[[issuer]]
            issuer = "{ISSUER}"
            jwks = "{}"
            audience = ["samen-tegen-mensenhandel"]
            algorithms = ["RS256"]
            [issuer.roles]
            MUNICIPALITY = "any"
            REGION = "any"
            VNG = "any"
            MINISTRY = ["MINISTRY"]
            [issuer.claims]
            role.paths = ["realm_access.roles", "resource_access.stm.roles"]
            role.values."stm-gemeente" = "MUNICIPALITY"
            role.values."stm-regio" = "REGION"
            role.values."stm-vng" = "VNG"
            role.values."stm-ministerie" = "MINISTRY"
            municipality = "gemeenten"
            area.paths = "/groups.stm/regio"
            area.values."/regio/Gooi en Vechtstreek" = "VR14"
            "#,
            server.url()
        ));
        Self {
            app,
            key,
            encrypting,
            _server: server,
        }
    }

    /// A token as Keycloak makes it, with roles of the realm and of the client.
    fn token(&self, realm: &[&str], client: &[&str], more: Value) -> String {
        let roles = [&["default-roles-stm", "offline_access"], realm].concat();
        let mut claims = json!({
            "exp": noon().timestamp() + 300, "iat": noon().timestamp(),
            "auth_time": noon().timestamp(), "jti": "onrtac:7a5f", "iss": ISSUER,
            "aud": ["samen-tegen-mensenhandel", "account"],
            "sub": "f1c4f64e-2c0c-4cda-8c9f-9f3f8f3a2b0e", "typ": "Bearer", "azp": "stm-frontend",
            "sid": "4c0a3a8a", "acr": "1", "allowed-origins": ["https://monitor.example.nl"],
            "realm_access": { "roles": (roles) },
            "resource_access": {
                "stm": { "roles": client },
                "account": { "roles": ["manage-account", "stm-ministerie"] },
            },
            "scope": "openid profile", "email_verified": true, "preferred_username": "anna",
        });
        let (Value::Object(own), Value::Object(more)) = (&mut claims, more) else {
            panic!("two objects");
        };
        own.extend(more);
        self.key.sign(&claims)
    }
}

#[tokio::test]
async fn a_token_of_keycloak_works_by_configuration_alone() {
    let keycloak = Keycloak::start();
    let token = |realm: &[&str], client: &[&str], more| keycloak.token(realm, client, more);
    for (token, expected) in [
        (
            token(
                &["stm-gemeente"],
                &[],
                json!({ "gemeenten": ["GM0402", "GM0406"] }),
            ),
            "MUNICIPALITY GM0402+GM0406",
        ),
        (
            token(&[], &["stm-gemeente"], json!({ "gemeenten": "GM0363" })),
            "MUNICIPALITY GM0363",
        ),
        (
            token(
                &[],
                &["stm-regio"],
                json!({ "groups.stm": { "regio": ["/regio/Gooi en Vechtstreek"] } }),
            ),
            "REGION VR14",
        ),
        (token(&["stm-vng"], &["stm-vng", "x"], json!({})), "VNG VNG"),
        (
            token(&["stm-ministerie"], &[], json!({})),
            "MINISTRY MINISTRY",
        ),
    ] {
        assert_eq!(who(&keycloak.app, &token).await, expected);
    }
}

#[tokio::test]
async fn a_token_of_keycloak_with_no_role_or_organisation_of_ours_is_refused() {
    let keycloak = Keycloak::start();
    let app = &keycloak.app;
    let token = |realm: &[&str], client: &[&str], more| keycloak.token(realm, client, more);
    for (name, token, rule) in [
        (
            "no role of ours",
            token(&["admin"], &[], json!({})),
            Rule::Role,
        ),
        (
            "our own name of a role",
            token(&["vng"], &[], json!({ "role": "vng" })),
            Rule::Role,
        ),
        (
            "two roles",
            token(&["stm-vng"], &["stm-ministerie"], json!({})),
            Rule::TwoRoles,
        ),
        (
            "municipality without one",
            token(&["stm-gemeente"], &[], json!({})),
            Rule::Organisation,
        ),
        (
            "a municipality at the wrong place",
            token(&["stm-gemeente"], &[], json!({ "municipality": "GM0402" })),
            Rule::Organisation,
        ),
        (
            "an unknown organisation",
            token(
                &["stm-regio"],
                &[],
                json!({ "groups.stm": { "regio": "/regio/Elders" } }),
            ),
            Rule::UnknownOrganisation,
        ),
    ] {
        is_refused(app, name, &token, rule).await;
    }
    let encrypting = keycloak
        .encrypting
        .sign(&claims(json!({ "aud": "samen-tegen-mensenhandel" })));
    is_refused(app, "a key for encryption", &encrypting, Rule::UnknownKey).await;
}

/// Two issuers that the service trusts, each with keys of its own.
struct Issuers {
    app: App,
    key: SigningKey,
    rsa: SigningKey,
    /// An RSA key that is for PS256.
    for_pss: SigningKey,
    /// The key of the neighbour.
    other: SigningKey,
    _servers: [KeyServer; 2],
}

const NEIGHBOUR: &str = "https://neighbour.example";

impl Issuers {
    fn start() -> Self {
        let (key, rsa) = (SigningKey::ec("e"), SigningKey::rsa("r"));
        let (for_pss, other) = (SigningKey::rsa("p"), SigningKey::ec("o"));
        let mut public = for_pss.public();
        public["alg"] = json!("PS256");
        let set = json!({ "keys": [key.public(), rsa.public(), public] });
        let server = KeyServer::start(Answers::Body(set.to_string()));
        let neighbour = KeyServer::start(Answers::keys(&[&other]));
        let app = spawn_app_trusting(&format!(
            "{}\n{}",
            issuer(&server.url()),
            issuer(&neighbour.url())
                .replace(ISSUER, NEIGHBOUR)
                .replace("roles.VNG", "roles.MINISTRY")
                .replace("GM0406", "GM0363")
        ));
        Self {
            app,
            key,
            rsa,
            for_pss,
            other,
            _servers: [server, neighbour],
        }
    }

    async fn refuse(&self, tokens: Vec<(&str, String, Rule)>) {
        for (name, token, rule) in tokens {
            is_refused(&self.app, name, &token, rule).await;
        }
    }
}

fn of_municipality(codes: Value) -> Value {
    claims(json!({ "role": "municipality", "municipality": codes }))
}

fn as_neighbour(role: &str) -> Value {
    claims(json!({ "iss": NEIGHBOUR, "role": role }))
}

fn header(alg: Algorithm, kid: &str) -> Header {
    Header {
        kid: Some(kid.to_owned()),
        ..Header::new(alg)
    }
}

#[tokio::test]
async fn an_issuer_asserts_what_it_was_given() {
    let issuers = Issuers::start();
    for (token, expected) in [
        (issuers.key.sign(&claims(json!({}))), "VNG VNG"),
        (issuers.rsa.sign(&claims(json!({}))), "VNG VNG"),
        (
            issuers
                .key
                .sign(&of_municipality(json!(["GM0406", "GM0402"]))),
            "MUNICIPALITY GM0402+GM0406",
        ),
        (
            issuers
                .other
                .sign(&claims(json!({ "iss": NEIGHBOUR, "role": "ministry" }))),
            "MINISTRY MINISTRY",
        ),
    ] {
        assert_eq!(who(&issuers.app, &token).await, expected);
    }
    issuers
        .refuse(vec![
            (
                "a role that it may not assert",
                issuers.key.sign(&claims(json!({ "role": "ministry" }))),
                Rule::RoleNotAllowed,
            ),
            (
                "a region, which it may not assert",
                issuers
                    .key
                    .sign(&claims(json!({ "role": "region", "area": "VR14" }))),
                Rule::RoleNotAllowed,
            ),
            (
                "a municipality that it may not assert",
                issuers.key.sign(&of_municipality(json!("GM0363"))),
                Rule::OrganisationNotAllowed,
            ),
            (
                "one of two municipalities",
                issuers
                    .key
                    .sign(&of_municipality(json!(["GM0402", "GM0363"]))),
                Rule::OrganisationNotAllowed,
            ),
        ])
        .await;
}

#[tokio::test]
async fn an_issuer_speaks_for_itself() {
    let issuers = Issuers::start();
    issuers
        .refuse(vec![
            (
                "the neighbour's role under the own name",
                issuers.other.sign(&as_neighbour("vng")),
                Rule::RoleNotAllowed,
            ),
            (
                "the neighbour's name over the own key",
                issuers.key.sign(&as_neighbour("ministry")),
                Rule::UnknownKey,
            ),
            (
                "the own name over the neighbour's key",
                issuers.other.sign(&claims(json!({}))),
                Rule::UnknownKey,
            ),
            (
                "the neighbour's signature under the own key id",
                issuers
                    .other
                    .sign_as(&header(Algorithm::ES256, "e"), &claims(json!({}))),
                Rule::Signature,
            ),
            (
                "the audience of another service",
                issuers
                    .key
                    .sign(&claims(json!({ "aud": "samen-tegen-mensenhandel" }))),
                Rule::Audience,
            ),
            (
                "an unknown issuer",
                issuers
                    .key
                    .sign(&claims(json!({ "iss": "https://stranger.example" }))),
                Rule::Issuer,
            ),
            (
                "an issuer that is no text",
                issuers.key.sign(&claims(json!({ "iss": [ISSUER] }))),
                Rule::Issuer,
            ),
        ])
        .await;
}

#[tokio::test]
async fn a_token_is_signed_as_its_key_says() {
    let issuers = Issuers::start();
    let secret = EncodingKey::from_secret(issuers.rsa.public().to_string().as_bytes());
    let symmetric = |alg, kid| encode(&header(alg, kid), &claims(json!({})), &secret).unwrap();
    let ps256 = |key: &SigningKey, kid: &str| {
        key.sign_as(&header(Algorithm::PS256, kid), &claims(json!({})))
    };
    issuers
        .refuse(vec![
            (
                "HS256 with the public key",
                symmetric(Algorithm::HS256, "r"),
                Rule::Algorithm,
            ),
            (
                "HS256 with the id of the other key",
                symmetric(Algorithm::HS256, "e"),
                Rule::Algorithm,
            ),
            (
                "none",
                forged(&json!({ "alg": "none", "kid": "e" }), &claims(json!({}))),
                Rule::Header,
            ),
            (
                "an algorithm that the issuer does not use",
                ps256(&issuers.rsa, "r"),
                Rule::Algorithm,
            ),
            (
                "a key that is for another algorithm",
                issuers.for_pss.sign(&claims(json!({}))),
                Rule::UnknownKey,
            ),
            (
                "RS256 with the id of the key for ES256",
                issuers
                    .rsa
                    .sign_as(&header(Algorithm::RS256, "e"), &claims(json!({}))),
                Rule::Algorithm,
            ),
            (
                "ES256 with the id of the key for RS256",
                issuers
                    .key
                    .sign_as(&header(Algorithm::ES256, "r"), &claims(json!({}))),
                Rule::Algorithm,
            ),
            (
                "an extension that must be understood",
                issuers.key.sign_as(
                    &Header {
                        crit: Some(vec!["exp".to_owned()]),
                        ..issuers.key.header()
                    },
                    &claims(json!({})),
                ),
                Rule::Header,
            ),
        ])
        .await;
}

#[tokio::test]
async fn a_token_does_not_say_where_its_key_is() {
    let (key, stranger) = (SigningKey::ec("own"), SigningKey::ec("strange"));
    let server = KeyServer::start(Answers::keys(&[&key]));
    let trap = KeyServer::start(Answers::keys(&[&stranger]));
    let app = spawn_app_trusting(&issuer(&server.url()));
    let jwk: Jwk = serde_json::from_value(stranger.public()).unwrap();
    let own_kid = Header {
        jwk: Some(jwk.clone()),
        ..key.header()
    };
    let jku = Header {
        jku: Some(trap.url()),
        x5u: Some(trap.url()),
        x5c: Some(vec!["AAAA".to_owned()]),
        jwk: Some(jwk),
        ..stranger.header()
    };
    let strange = |header: &Header| stranger.sign_as(header, &claims(json!({})));
    is_refused(
        &app,
        "jwk under our kid",
        &strange(&own_kid),
        Rule::Signature,
    )
    .await;
    move_on(&app, COOL_DOWN);
    is_refused(&app, "jwk, jku, x5u, x5c", &strange(&jku), Rule::UnknownKey).await;
    for kid in [
        "../../etc/passwd",
        "/dev/null",
        "file:///etc/passwd",
        "' or '1'='1",
        "'; drop table ledger; --",
        "%00",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([trap.url(), "k".repeat(4000)])
    {
        move_on(&app, COOL_DOWN);
        is_refused(&app, &kid, &unknown(&kid), Rule::UnknownKey).await;
    }
    assert_eq!(trap.request_of(), 0, "the token's own address");
    assert_eq!(
        server.request_of(),
        10,
        "the configured address, once a cool-down"
    );
    assert_eq!(who(&app, &key.sign(&claims(json!({})))).await, "VNG VNG");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_rotated_ten_times_under_load_without_a_failed_call() {
    const CALLERS: usize = 8;
    let mut key = SigningKey::ec("key-0");
    let server = KeyServer::start(Answers::keys(&[&key]));
    let app = spawn_app_trusting(&issuer(&server.url()));
    let token = Arc::new(Mutex::new(key.sign(&claims(json!({})))));
    let (calls, ends) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (token, calls, ends) = (token.clone(), calls.clone(), ends.clone());
        let address = app.address().to_owned();
        callers.spawn(async move {
            let http = acceptance::http();
            let mut failed = Vec::new();
            while !ends.load(Ordering::SeqCst) {
                let bearer = token.lock().unwrap().clone();
                let response = http
                    .post(format!("{address}/v1/graphql"))
                    .bearer_auth(bearer)
                    .json(&json!({ "query": WHO }))
                    .send()
                    .await
                    .unwrap();
                if response.status() != 200 {
                    failed.push(response.text().await.unwrap());
                }
                calls.fetch_add(1, Ordering::SeqCst);
            }
            failed
        });
    }
    for round in 1..=10 {
        let next = SigningKey::ec(&format!("key-{round}"));
        server.set(Answers::keys(&[&key, &next]));
        move_on(&app, COOL_DOWN);
        *token.lock().unwrap() = next.sign(&claims(json!({})));
        key = next;
        // Every caller has used the new key before the next one comes.
        let enough = calls.load(Ordering::SeqCst) + 5 * CALLERS;
        while calls.load(Ordering::SeqCst) < enough {
            tokio::task::yield_now().await;
        }
    }
    ends.store(true, Ordering::SeqCst);
    for failed in callers.join_all().await {
        assert_eq!(failed, Vec::<String>::new());
    }
    assert_eq!(
        server.request_of(),
        11,
        "once at the start and once a rotation"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_unknown_keys_ask_the_key_server_once_a_cool_down() {
    let key = SigningKey::ec("own");
    let server = KeyServer::start(Answers::keys(&[&key]));
    let app = spawn_app_trusting(&issuer(&server.url()));
    assert_eq!(server.request_of(), 1, "at the start");
    for requested in 1..=3 {
        let mut attackers = JoinSet::new();
        for attacker in 0..20 {
            let address = format!("{}/v1/graphql", app.address());
            attackers.spawn(async move {
                let http = acceptance::http();
                for at in 0..50 {
                    let request = http.post(&address).json(&json!({ "query": WHO }));
                    let token = unknown(&format!("{attacker}-{at}"));
                    let response = request.bearer_auth(token).send().await.unwrap();
                    assert_eq!(response.status(), 401);
                }
            });
        }
        attackers.join_all().await;
        assert_eq!(server.request_of(), requested);
        assert_eq!(who(&app, &key.sign(&claims(json!({})))).await, "VNG VNG");
        move_on(&app, COOL_DOWN);
    }
    // Tokens that cannot hold ask nothing, whatever key they name.
    let wrong_issuer = forged(
        &json!({ "alg": "ES256", "kid": "x" }),
        &claims(json!({ "iss": "https://stranger.example" })),
    );
    is_refused(&app, "another issuer", &wrong_issuer, Rule::Issuer).await;
    let wrong_algorithm = forged(&json!({ "alg": "HS256", "kid": "x" }), &claims(json!({})));
    is_refused(&app, "another algorithm", &wrong_algorithm, Rule::Algorithm).await;
    assert_eq!(server.request_of(), 3);
}

#[tokio::test]
async fn known_keys_go_on_while_the_key_server_is_ill() {
    let (key, next) = (SigningKey::ec("own"), SigningKey::ec("next"));
    let server = KeyServer::start(Answers::keys(&[&key]));
    let trap = KeyServer::start(Answers::keys(&[&next]));
    let app = spawn_app_trusting(&issuer(&server.url()));
    let token = key.sign(&claims(json!({})));
    let new = next.sign(&claims(json!({})));
    let good = json!({ "keys": [next.public()] }).to_string();
    let large = format!("{good}{}", " ".repeat(300_000));
    for (name, answers) in [
        ("down", Answers::Nothing),
        ("an error", Answers::Status(500, good.clone())),
        ("no content", Answers::Status(204, String::new())),
        ("a redirect", Answers::Redirect(trap.url())),
        ("nonsense", Answers::Body("<html>502</html>".to_owned())),
        (
            "half a set",
            Answers::Body(good[..good.len() / 2].to_owned()),
        ),
        ("another object", Answers::Body("{}".to_owned())),
        ("an empty set", Answers::Body(r#"{"keys":[]}"#.to_owned())),
        (
            "a secret key",
            Answers::Body(r#"{"keys":[{"kty":"oct","kid":"next","k":"c2VjcmV0"}]}"#.to_owned()),
        ),
        ("a set that is too large", Answers::Body(large)),
        ("a set without an end", Answers::Endless),
        ("silence", Answers::Silence),
    ] {
        let requested = server.request_of();
        server.set(answers);
        move_on(&app, COOL_DOWN);
        is_refused(&app, name, &new, Rule::UnknownKey).await;
        assert_eq!(server.request_of(), requested + 1, "{name}");
        assert_eq!(who(&app, &token).await, "VNG VNG", "{name}");
    }
    assert_eq!(trap.request_of(), 0, "a redirect is not followed");
    server.set(Answers::keys(&[&key, &next]));
    move_on(&app, COOL_DOWN);
    assert_eq!(who(&app, &new).await, "VNG VNG", "well again");
}

#[tokio::test]
async fn a_service_starts_without_its_key_server() {
    let key = SigningKey::ec("own");
    let server = KeyServer::start(Answers::Nothing);
    let app = spawn_app_trusting(&issuer(&server.url()));
    let token = key.sign(&claims(json!({})));
    is_refused(&app, "no key yet", &token, Rule::UnknownKey).await;
    let public = app.public().ask(WHO).await.data();
    assert_eq!(public["viewer"]["role"], "PUBLIC");
    server.set(Answers::keys(&[&key]));
    move_on(&app, COOL_DOWN);
    assert_eq!(who(&app, &token).await, "VNG VNG");
}

#[tokio::test]
async fn a_withdrawn_key_stops_opening_doors() {
    let (key, next) = (SigningKey::ec("stolen"), SigningKey::ec("next"));
    let server = KeyServer::start(Answers::keys(&[&key, &next]));
    let app = spawn_app_trusting(&issuer(&server.url()));
    let stolen = key.sign(&claims(json!({})));
    assert_eq!(who(&app, &stolen).await, "VNG VNG");
    server.set(Answers::keys(&[&next]));
    move_on(&app, TimeDelta::seconds(601));
    // The set is read in the background, so the first calls may still pass.
    let mut calls = 0;
    while app.with(&stolen).ask(WHO).await.status == 200 {
        calls += 1;
        assert!(calls < 1000, "the set is read again");
    }
    is_refused(&app, "withdrawn", &stolen, Rule::UnknownKey).await;
    assert_eq!(server.request_of(), 2);
    assert_eq!(who(&app, &next.sign(&claims(json!({})))).await, "VNG VNG");
}

/// That a token was accepted before opens nothing once its time has gone, and nothing to another.
#[tokio::test]
async fn a_token_that_was_accepted_is_checked_each_time() {
    let key = SigningKey::ec("one");
    let server = KeyServer::start(Answers::keys(&[&key]));
    let app = spawn_app_trusting(&issuer(&server.url()));
    let token = key.sign(&claims(json!({ "exp": noon().timestamp() + 60 })));
    for _ in 0..2 {
        assert_eq!(who(&app, &token).await, "VNG VNG");
    }
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let mut other = URL_SAFE_NO_PAD.decode(signature).unwrap();
    other[20] ^= 4;
    let forged = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(other));
    is_refused(&app, "a bit", &forged, Rule::Signature).await;
    move_on(&app, TimeDelta::seconds(91));
    is_refused(&app, "expired", &token, Rule::Expired).await;
}

/// Some issuers write a zero byte in front of a modulus (RFC 7518, section 6.3.1.1, forbids it).
#[tokio::test]
async fn a_modulus_with_a_zero_byte_in_front_proves_what_it_proves_without() {
    let key = SigningKey::rsa("zero");
    let mut public = key.public();
    let modulus = URL_SAFE_NO_PAD
        .decode(public["n"].as_str().unwrap())
        .unwrap();
    public["n"] = json!(URL_SAFE_NO_PAD.encode([&[0], modulus.as_slice()].concat()));
    let server = KeyServer::start(Answers::Body(json!({ "keys": [public] }).to_string()));
    let app = spawn_app_trusting(&issuer(&server.url()));
    assert_eq!(who(&app, &key.sign(&claims(json!({})))).await, "VNG VNG");
    let other = SigningKey::rsa("zero");
    let token = other.sign(&claims(json!({})));
    is_refused(&app, "another key", &token, Rule::Signature).await;
}

#[tokio::test]
async fn keys_can_stand_in_a_file() {
    let (key, next) = (SigningKey::ec("one"), SigningKey::rsa("two"));
    let path = std::env::temp_dir().join(format!("stm-keys-{}.json", std::process::id()));
    let write = |keys: &[&SigningKey]| {
        let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
        std::fs::write(&path, json!({ "keys": keys }).to_string()).unwrap();
    };
    write(&[&key]);
    let app = spawn_app_trusting(&issuer(path.to_str().unwrap()));
    assert_eq!(who(&app, &key.sign(&claims(json!({})))).await, "VNG VNG");
    write(&[&key, &next]);
    move_on(&app, COOL_DOWN);
    assert_eq!(who(&app, &next.sign(&claims(json!({})))).await, "VNG VNG");
    std::fs::remove_file(&path).unwrap();
    move_on(&app, COOL_DOWN);
    is_refused(&app, "unknown", &unknown("three"), Rule::UnknownKey).await;
    assert_eq!(who(&app, &key.sign(&claims(json!({})))).await, "VNG VNG");
}

/// An issuer whose tokens name organisations by number, and what the numbers mean when.
struct Numbers {
    app: App,
    key: SigningKey,
    _server: KeyServer,
}

impl Numbers {
    fn start() -> Self {
        let key = SigningKey::ec("own");
        let server = KeyServer::start(Answers::keys(&[&key]));
        let app = spawn_app_trusting(&format!(
            r#"[[issuer]]
            issuer = "{ISSUER}"
            jwks = "{}"
            audience = "stm"
            algorithms = ["ES256"]
            roles.MUNICIPALITY = "any"
            roles.PARTNER = "any"
            claims.oin = "organisatie.oin"
            claims.kvk = "organisatie.kvk"
            [[issuer.organisation]]
            kind = "OIN"
            number = "00000001001234567000"
            organisation = "GM0402"
            from = 2024-01-01
            until = 2026-12-01
            [[issuer.organisation]]
            kind = "OIN"
            number = "00000001001234567000"
            organisation = ["GM0406", "GM0363"]
            from = 2026-12-01
            until = "2027-01-01"
            [[issuer.organisation]]
            kind = "KVK"
            number = "12345678"
            organisation = "comensha"
            from = 2024-01-01
            "#,
            server.url()
        ));
        Self {
            app,
            key,
            _server: server,
        }
    }

    fn token(&self, role: &str, more: Value) -> String {
        let mut claims = claims(json!({ "role": role }));
        let (Value::Object(own), Value::Object(more)) = (&mut claims, more) else {
            panic!("two objects");
        };
        own.extend(more);
        self.key.sign(&claims)
    }

    /// Of the municipality that the number means on the day.
    fn of_municipality(&self) -> String {
        let number = json!({ "organisatie": { "oin": "00000001001234567000" } });
        self.token("municipality", number)
    }

    fn of_partner(&self) -> String {
        self.token("partner", json!({ "organisatie": { "kvk": "12345678" } }))
    }
}

#[tokio::test]
async fn a_number_is_an_organisation() {
    let numbers = Numbers::start();
    let app = &numbers.app;
    let municipality = numbers.of_municipality();
    assert_eq!(who(app, &municipality).await, "MUNICIPALITY GM0402");
    assert_eq!(who(app, &numbers.of_partner()).await, "PARTNER comensha");
    let both =
        json!({ "organisatie": { "oin": "00000001001234567000" }, "municipality": "GM0402" });
    assert_eq!(
        who(app, &numbers.token("municipality", both)).await,
        "MUNICIPALITY GM0402"
    );
    for (name, role, more, rule) in [
        (
            "an unknown number",
            "municipality",
            json!({ "organisatie": { "oin": "00000001009999999000" } }),
            Rule::UnknownOrganisation,
        ),
        (
            "a number of the other kind",
            "partner",
            json!({ "organisatie": { "oin": "12345678" } }),
            Rule::UnknownOrganisation,
        ),
        (
            "the number of a partner as a municipality",
            "municipality",
            json!({ "organisatie": { "kvk": "12345678" } }),
            Rule::Organisation,
        ),
        (
            "a number and another organisation",
            "municipality",
            json!({ "organisatie": { "oin": "00000001001234567000" }, "municipality": "GM0363" }),
            Rule::Organisation,
        ),
        (
            "a number that is no text",
            "partner",
            json!({ "organisatie": { "kvk": 12_345_678 } }),
            Rule::Claims,
        ),
    ] {
        is_refused(app, name, &numbers.token(role, more), rule).await;
    }
}

#[tokio::test]
async fn a_number_is_an_organisation_by_the_dated_table() {
    let numbers = Numbers::start();
    let app = &numbers.app;
    let (municipality, partner) = (numbers.of_municipality(), numbers.of_partner());
    let at = |month, day, hour, minute| -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0)
            .unwrap()
    };
    // Midnight is that of Amsterdam.
    app.clock.set(at(11, 30, 22, 59));
    assert_eq!(who(app, &municipality).await, "MUNICIPALITY GM0402");
    app.clock.set(at(11, 30, 23, 0));
    assert_eq!(who(app, &municipality).await, "MUNICIPALITY GM0363+GM0406");
    app.clock.set(at(12, 31, 23, 0));
    is_refused(
        app,
        "past its end",
        &municipality,
        Rule::UnknownOrganisation,
    )
    .await;
    assert_eq!(who(app, &partner).await, "PARTNER comensha");
}

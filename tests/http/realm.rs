//! The realm of Keycloak that stands under `docker/keycloak`: whoever signs in there is who the
//! groups say, by the issuers of the example and by those of the compose profile alike. A token is
//! made here as Keycloak makes it, from the groups of the user and the mappers of the client.

use acceptance::{Answers, App, KeyServer, SigningKey, noon, spawn_app_trusting};
use auth::TokenError;
use serde_json::{Value, json};

const REALM: &str = include_str!("../../docker/keycloak/realm.json");
const COMPOSE: &str = include_str!("../../docker-compose.yml");
const EXAMPLE: &str = include_str!("../../docker/issuers.example.toml");
const PROFILE: &str = include_str!("../../docker/keycloak/issuers.toml");
/// Where the secret of the client stands in the container, and here.
const SECRET: [&str; 2] = [
    "/etc/stm/client-secret",
    concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../docker/keycloak/client-secret"
    ),
];
const WHO: &str = "{ viewer { role organisation { code } } }";
const SUBJECT: &str = "f1c4f64e-2c0c-4cda-8c9f-9f3f8f3a2b0e";

fn realm() -> Value {
    serde_json::from_str(REALM).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// The one of a list whose field has this value.
fn one<'a>(among: &'a Value, field: &str, value: &str) -> &'a Value {
    let mut found = list(among).iter().filter(|one| one[field] == value);
    let first = found.next().unwrap_or_else(|| panic!("no {value}"));
    assert!(found.next().is_none(), "{value} is there twice");
    first
}

/// The text behind `name = ` in the first issuer of a file.
fn setting<'a>(toml: &'a str, name: &str) -> &'a str {
    let line = toml.lines().find_map(|line| line.strip_prefix(name));
    let value = line.and_then(|rest| rest.strip_prefix(" = "));
    value.expect("a setting").trim_matches('"')
}

/// A service that trusts the first issuer of a file and no other, with keys of our own.
struct Trusting {
    app: App,
    key: SigningKey,
    issuer: String,
    _server: KeyServer,
}

impl Trusting {
    fn start(toml: &str) -> Self {
        let key = SigningKey::rsa("realm");
        let server = KeyServer::start(Answers::keys(&[&key]));
        let second = toml.match_indices("[[issuer]]").nth(1);
        let first = second.map_or(toml, |(at, _)| &toml[..at]);
        let own = first
            .replace(setting(toml, "jwks"), &server.url())
            .replace(SECRET[0], SECRET[1]);
        Self {
            app: spawn_app_trusting(&own),
            key,
            issuer: setting(toml, "issuer").to_owned(),
            _server: server,
        }
    }

    fn token(&self, client: &str, user: &str) -> String {
        self.key.sign(&claims(client, user, &self.issuer))
    }
}

/// What an access token says of a user who signed in by a client.
fn claims(client: &str, user: &str, issuer: &str) -> Value {
    let realm = realm();
    let client = one(&realm["clients"], "clientId", client);
    let user = one(&realm["users"], "username", user);
    let groups: Vec<&Value> = list(&user["groups"])
        .iter()
        .map(|path| one(&realm["groups"], "name", text(path).trim_start_matches('/')))
        .collect();
    let mut roles = vec![json!("default-roles-stm"), json!("offline_access")];
    for group in &groups {
        for role in list(&group["realmRoles"]) {
            one(&realm["roles"]["realm"], "name", text(role));
            roles.push(role.clone());
        }
    }
    let now = noon().timestamp();
    let mut claims = json!({
        "iss": issuer, "sub": SUBJECT, "typ": "Bearer", "azp": client["clientId"], "iat": now,
        "exp": now + 300, "jti": "onrtac:7a5f", "acr": "1", "scope": "openid",
        "realm_access": { "roles": roles },
        "resource_access": { "account": { "roles": ["manage-account"] } },
    });
    for mapper in list(&client["protocolMappers"]) {
        let config = &mapper["config"];
        assert_eq!(config["access.token.claim"], "true", "{mapper}");
        match text(&mapper["protocolMapper"]) {
            "oidc-audience-mapper" => {
                claims["aud"] = json!([config["included.custom.audience"], "account"]);
            }
            "oidc-usermodel-attribute-mapper" => {
                let attribute = text(&config["user.attribute"]);
                let mut values: Vec<Value> = groups
                    .iter()
                    .flat_map(|group| list(&group["attributes"][attribute]))
                    .cloned()
                    .collect();
                // Without a value Keycloak makes no claim.
                if !values.is_empty() {
                    let is_list = config["multivalued"] == "true";
                    let value = if is_list {
                        json!(values)
                    } else {
                        values.remove(0)
                    };
                    put(&mut claims, text(&config["claim.name"]), value);
                }
            }
            other => panic!("{other} is no mapper that this test knows"),
        }
    }
    claims
}

/// Where a name has a dot, Keycloak makes an object.
fn put(claims: &mut Value, path: &str, value: Value) {
    let mut place = claims;
    for name in path.split('.') {
        place = &mut place[name];
    }
    *place = value;
}

#[tokio::test]
async fn whoever_signs_in_is_who_the_groups_say() {
    for toml in [EXAMPLE, PROFILE] {
        let service = Trusting::start(toml);
        for (client, user, expected) in [
            ("stm-werkplek", "hilversum", "MUNICIPALITY GM0402"),
            (
                "stm-werkplek",
                "hilversum-en-huizen",
                "MUNICIPALITY GM0402+GM0406",
            ),
            ("stm-werkplek", "regio", "REGION VR14"),
            ("stm-werkplek", "comensha", "PARTNER comensha"),
            ("stm-werkplek", "vng", "VNG VNG"),
            ("stm-werkplek", "ministerie", "MINISTRY MINISTRY"),
            (
                "stm-koppeling",
                "service-account-stm-koppeling",
                "MUNICIPALITY GM0402",
            ),
        ] {
            let own = service.app.with(&service.token(client, user));
            let viewer = own.ask(WHO).await.data()["viewer"].clone();
            let shown = format!(
                "{} {}",
                text(&viewer["role"]),
                text(&viewer["organisation"]["code"])
            );
            assert_eq!(shown, expected, "{user}");
        }
        // Who is in no group may sign in there, and opens nothing here.
        let nobody = service
            .app
            .with(&service.token("stm-werkplek", "niemand"))
            .ask(WHO)
            .await;
        assert_eq!(nobody.status, 401);
        assert_eq!(nobody.json()["rule"], TokenError::Role.code());
        assert!(!nobody.body.contains(SUBJECT), "{}", nobody.body);
    }
}

#[test]
fn the_realm_leads_to_the_workplace_and_gives_no_name() {
    let realm = realm();
    let workplace = one(&realm["clients"], "clientId", setting(PROFILE, "client_id"));
    let secret = std::fs::read_to_string(SECRET[1]).unwrap();
    assert_eq!(workplace["secret"], secret.trim_end());
    assert_eq!(
        workplace["attributes"]["pkce.code.challenge.method"],
        "S256"
    );
    let [back] = list(&workplace["redirectUris"]) else {
        panic!("one address to return to");
    };
    let service = text(back)
        .strip_suffix("/werkplek/aanmelden/terug")
        .unwrap();
    assert!(COMPOSE.contains(&format!("STM_PUBLIC_URL: {service}\n")));
    for client in list(&realm["clients"]) {
        // Names and addresses of persons are in the scopes `profile` and `email`.
        assert_eq!(
            client["defaultClientScopes"],
            json!(["basic", "roles", "acr"])
        );
        assert_eq!(client["optionalClientScopes"], json!([]));
        assert_eq!(client["publicClient"], false);
        assert_eq!(client["implicitFlowEnabled"], false);
        assert_eq!(client["directAccessGrantsEnabled"], false);
    }
    for role in list(&realm["roles"]["realm"]) {
        let named = format!("\nrole.values.\"{}\" = ", text(&role["name"]));
        assert!(EXAMPLE.contains(&named) && PROFILE.contains(&named));
    }
}

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn right() -> Value {
    json!({
        "issuer": "https://login.example.nl/realms/stm",
        "jwks": "https://login.example.nl/realms/stm/keys",
        "audience": ["samen-tegen-mensenhandel"],
        "algorithms": ["RS256", "PS256"],
        "roles": { "MUNICIPALITY": "any", "REGION": ["VR14"] },
    })
}

fn to_view(changes: Value) -> Vec<String> {
    let mut table = right();
    let (Value::Object(fields), Value::Object(changes)) = (&mut table, changes) else {
        panic!("two objects");
    };
    for (name, value) in changes {
        if value.is_null() {
            fields.remove(&name);
        } else {
            fields.insert(name, value);
        }
    }
    match read(&json!([table])) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.into_iter().map(|mistake| mistake.what).collect(),
    }
}

/// That an issuer with these changes has one mistake, which begins so.
fn assert_mistake(changes: Value, beginning: &str) {
    let shown = to_view(changes.clone());
    assert_eq!(shown.len(), 1, "{changes}: {shown:?}");
    assert!(shown[0].starts_with(beginning), "{changes}: {shown:?}");
}

#[test]
fn a_mistake_in_the_issuer_names_its_field() {
    assert_eq!(to_view(json!({})), Vec::<String>::new());
    assert_mistake(json!({ "issuer": null }), "issuer is missing");
    assert_mistake(json!({ "issuer": "a|b" }), "issuer must be");
    assert_mistake(json!({ "jwks": null }), "jwks is missing");
    assert_mistake(
        json!({ "jwks": "http://login.example.nl/keys" }),
        "jwks must be an https",
    );
    assert_mistake(
        json!({ "jwks": "http://localhost/keys" }),
        "jwks must be an https",
    );
    assert_mistake(
        json!({ "jwks": "file:///etc/keys" }),
        "jwks must be an https",
    );
    assert_mistake(
        json!({ "jwks": "https://u:p@login.example.nl/" }),
        "jwks must be an address without",
    );
    assert_mistake(json!({ "jwks": "https://" }), "jwks is no address");
    assert_mistake(json!({ "jwks": "/nowhere/keys.json" }), "jwks is the file");
    assert_mistake(
        json!({ "jwks": env!("CARGO_MANIFEST_DIR").to_owned() + "/Cargo.toml" }),
        "jwks is the file",
    );
    assert_mistake(json!({ "audience": null }), "audience is missing");
    assert_mistake(json!({ "audience": [] }), "audience must be");
    assert_mistake(json!({ "audience": [""] }), "audience must be");
    assert_mistake(json!({ "algorithms": null }), "algorithms is missing");
    assert_mistake(
        json!({ "algorithms": ["RS256", "HS256"] }),
        "algorithms has \"HS256\"",
    );
    assert_mistake(json!({ "algorithms": "none" }), "algorithms has \"none\"");
    assert_mistake(json!({ "leeway_seconds": 31 }), "leeway_seconds must be");
    assert_mistake(json!({ "leeway_seconds": -1 }), "leeway_seconds must be");
    assert_mistake(
        json!({ "cool_down_seconds": 0 }),
        "cool_down_seconds must be",
    );
    assert_mistake(
        json!({ "renewal_seconds": "600" }),
        "renewal_seconds must be",
    );
}

#[test]
fn a_mistake_in_roles_and_claims_names_its_field() {
    assert_mistake(json!({ "roles": null }), "roles is missing");
    assert_mistake(json!({ "roles": {} }), "roles is empty");
    assert_mistake(
        json!({ "roles": { "SYSTEM": "any" } }),
        "roles.SYSTEM is no role",
    );
    assert_mistake(
        json!({ "roles": { "PUBLIC": "any" } }),
        "roles.PUBLIC is no role",
    );
    assert_mistake(
        json!({ "roles": { "REGION": "all" } }),
        "roles.REGION must be",
    );
    assert_mistake(
        json!({ "roles": { "REGION": ["GM0402"] } }),
        "roles.REGION has \"GM0402\"",
    );
    assert_mistake(
        json!({ "roles": { "VNG": ["vng"] } }),
        "roles.VNG has \"vng\"",
    );
    assert_mistake(json!({ "role": {} }), "role is no field");
    assert_mistake(
        json!({ "claims": { "rol": "x" } }),
        "claims.rol is no field",
    );
    assert_mistake(
        json!({ "claims": { "role": "a..b" } }),
        "claims.role has the path",
    );
    assert_mistake(
        json!({ "claims": { "role": {} } }),
        "claims.role.paths is missing",
    );
    assert_mistake(
        json!({ "claims": { "role": { "paths": "x", "value": {} } } }),
        "claims.role.value is no field",
    );
    assert_mistake(
        json!({ "claims": { "role": { "paths": "x", "values": { "a": "SYSTEM" } } } }),
        "claims.role.values makes \"a\" \"SYSTEM\"",
    );
    assert_mistake(
        json!({ "claims": { "area": { "paths": "x", "values": { "a": "GM0402" } } } }),
        "claims.area.values makes",
    );
}

#[test]
fn a_mistake_in_the_organisations_names_its_row() {
    let oin = |organisation: Value, from: &str, until: &str| {
        json!({
            "kind": "OIN", "number": "00000001002306608000", "organisation": organisation,
            "from": from, "until": until,
        })
    };
    let row = |row: Value| json!({ "claims": { "oin": "oin" }, "organisation": [row] });
    assert_mistake(
        json!({ "claims": { "oin": "oin" } }),
        "claims.oin needs tables",
    );
    assert_mistake(
        json!({ "organisation": [oin(json!("GM0402"), "2024-01-01", "2025-01-01")] }),
        "organisation lists numbers of kind OIN",
    );
    assert_mistake(
        row(oin(json!("GM402"), "2024-01-01", "2025-01-01")),
        "organisation 1, organisation has",
    );
    assert_mistake(
        row(oin(json!("GM0402"), "2024-01-01", "2024-01-01")),
        "organisation 1, until is not after",
    );
    assert_mistake(
        row(oin(json!("GM0402"), "1 januari", "2024-01-01")),
        "organisation 1, from must be a day",
    );
    assert_mistake(
        row(oin(json!(["GM0402", "VR14"]), "2024-01-01", "2025-01-01")),
        "organisation 1, number stands",
    );
    assert_mistake(
        json!({ "claims": { "oin": "oin" }, "organisation": [
                oin(json!("GM0402"), "2024-01-01", "2025-01-01"),
                oin(json!("comensha"), "2024-12-31", "2025-01-01"),
            ] }),
        "organisation 2, number stands",
    );
    let short = json!({
        "kind": "KVK", "number": "123", "organisation": "comensha", "from": "2024-01-01",
    });
    assert_eq!(
        to_view(json!({ "claims": { "kvk": "kvk" }, "organisation": [short] }))[0],
        "organisation 1, number is \"123\": this kind has 8 digits, in quotes"
    );
}

#[test]
fn all_mistakes_of_all_issuers_come_at_once() {
    let tables = json!([
        right(),
        right(),
        { "issuer": "https://other", "jwks": "ftp://x", "algorithms": [], "colour": "red" },
        "a text",
    ]);
    let mistakes = read(&tables).unwrap_err();
    let of = |place: &str| {
        let own = mistakes.iter().filter(|mistake| mistake.issuer == place);
        own.count()
    };
    assert_eq!(of("issuer 2 (https://login.example.nl/realms/stm)"), 1);
    // jwks, algorithms, audience, roles, colour
    assert_eq!(of("issuer 3 (https://other)"), 5, "{mistakes:?}");
    assert_eq!(of("issuer 4"), 1, "{mistakes:?}");
    assert!(read(&json!([])).is_err() && read(&json!({})).is_err());
}

proptest! {
    #[test]
    fn reading_never_panics(
        field in any::<String>(), text in any::<String>(), number in any::<i64>(),
    ) {
        let mut table = right();
        let names =
            ["jwks", "audience", "algorithms", "roles", "claims", "organisation", &field];
        let object = json!({ field.clone(): text });
        for value in [json!(text), json!([text]), object, json!(number)] {
            for name in names {
                table[name] = value.clone();
                let _ = read(&json!([table]));
            }
        }
    }
}

#[test]
fn an_issuer_for_browsers_names_the_client_that_the_service_is() {
    let secret = std::env::temp_dir().join(format!("stm-secret-{}", std::process::id()));
    std::fs::write(&secret, "hush\n").unwrap();
    let file = secret.to_str().unwrap();
    let own = json!({ "browser": true, "client_id": "stm", "client_secret_file": file });
    let with = |changes: Value| {
        let mut table = own.clone();
        for (name, value) in changes.as_object().unwrap() {
            table[name] = value.clone();
        }
        table
    };
    assert_eq!(to_view(own.clone()), Vec::<String>::new());
    assert_eq!(to_view(json!({ "browser": false })), Vec::<String>::new());
    let mut table = right();
    for (name, value) in own.as_object().unwrap() {
        table[name] = value.clone();
    }
    let settings = read(&json!([table])).unwrap().remove(0).browser.unwrap();
    assert_eq!(
        settings.discovery.as_str(),
        "https://login.example.nl/realms/stm/.well-known/openid-configuration"
    );
    assert_eq!(
        (settings.title.as_str(), settings.scopes.as_slice()),
        ("login.example.nl", &["openid".to_owned()][..])
    );
    assert_eq!(settings.client_secret.as_ref().unwrap().secret(), "hush");
    assert!(!format!("{settings:?}").contains("hush"));
    for (changes, beginning) in [
        (
            json!({ "client_id": "stm" }),
            "client_id means nothing without",
        ),
        (
            with(json!({ "browser": "yes" })),
            "browser must be true or false",
        ),
        (json!({ "browser": true }), "client_id is missing"),
        (
            with(json!({ "client_secret_file": "/nowhere" })),
            "client_secret_file is the file",
        ),
        (
            with(json!({ "client_secret_file": "hush" })),
            "client_secret_file is no whole path of a file",
        ),
        (with(json!({ "scopes": ["profile"] })), "scopes must have"),
        (with(json!({ "issuer": "stm" })), "issuer is no address"),
        (
            with(json!({ "issuer": "http://login.example.nl" })),
            "issuer must be an https",
        ),
    ] {
        let shown = to_view(changes.clone());
        assert!(shown[0].starts_with(beginning), "{changes}: {shown:?}");
        assert!(!shown[0].contains("hush"), "{shown:?}");
    }
}

//! What the service tells of itself: its pages, the examples on them, and its schema by
//! introspection.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    App, Client, ministry, municipality, partner, region, spawn_app, spawn_app_published_by, vng,
};
use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use domain::publication::publisher::Publisher;
use serde_json::{Value, json};

/// A period of which examples speak.
pub(crate) const OPEN_PERIOD: &str = r#"mutation { openReportingPeriod(input: {
    key: "2026-2", edition: "VOORSTEL-1", idempotencyKey: "examples",
    opensOn: "2026-11-01", deadlineOn: "2026-11-30", lastDay: "2026-12-15"
}) { errors { code } } }"#;

fn signed_in_as(app: &App, role: &str) -> Client {
    match role {
        "PUBLIC" => app.public(),
        "PARTNER" => app.with(&partner("comensha")),
        "MUNICIPALITY" => app.with(&municipality("GM0402")),
        "REGION" => app.with(&region("VR14")),
        "VNG" => app.with(&vng()),
        "MINISTRY" => app.with(&ministry()),
        other => panic!("{other} is no role"),
    }
}

/// The names of all lists of errors in an answer that are not empty.
pub(crate) fn mistakes(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "errors" && field.as_array().is_some_and(|list| !list.is_empty()) {
                    found.push(field.to_string());
                }
                mistakes(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| mistakes(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn every_example_runs_as_the_role_that_it_is_for() {
    let app = spawn_app();
    let opened = app.with(&vng()).ask(OPEN_PERIOD).await.data();
    assert_eq!(opened, json!({ "openReportingPeriod": { "errors": [] } }));
    let examples = app.public().get("/docs/examples.json").await;
    let examples: Vec<Value> = serde_json::from_str(&examples.body).expect("a list");
    let roles: BTreeSet<_> = examples
        .iter()
        .map(|example| example["role"].as_str())
        .collect();
    assert_eq!(roles.len(), 6, "an example for every role");
    let page = app.public().get("/docs/voorbeelden").await.body;
    for example in &examples {
        let query = example["query"].as_str().expect("a query");
        let role = example["role"].as_str().expect("a role");
        let client = signed_in_as(&app, role);
        let variables = example["variables"].clone();
        let data = if query.starts_with("subscription") {
            client.follow(query, variables).await.data().await
        } else {
            client.send(query, variables).await.data()
        };
        let mut found = Vec::new();
        mistakes(&data, &mut found);
        assert_eq!(found, [""; 0], "{}", example["name"]);
        let anchor = format!("id=\"{}\"", example["name"].as_str().expect("a name"));
        assert!(page.contains(&anchor), "{anchor}");
    }
}

/// Asks of each type what clients build on.
const INTROSPECTION: &str = "{ __schema { types { kind name description
    fields(includeDeprecated: true) { name description args { name description } isDeprecated }
    inputFields { name description } enumValues(includeDeprecated: true) { name
    description } } } }";

/// `Type`, `Type.field` and `Type.field(argument)` with their descriptions, as introspection tells
/// them.
fn introspected(types: &Value) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let text = |value: &Value| {
        let text = value["description"].as_str().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for definition in types.as_array().expect("types") {
        let of = definition["name"].as_str().expect("a name");
        if of.starts_with("__") || definition["kind"] == "SCALAR" {
            continue;
        }
        found.insert(of.to_owned(), text(definition));
        for list in ["fields", "inputFields", "enumValues"] {
            for field in definition[list].as_array().into_iter().flatten() {
                let name = format!("{of}.{}", field["name"].as_str().expect("a name"));
                for argument in field["args"].as_array().into_iter().flatten() {
                    let argument_name = argument["name"].as_str().expect("a name");
                    found.insert(format!("{name}({argument_name})"), text(argument));
                }
                found.insert(name, text(field));
            }
        }
    }
    found
}

/// The same as a schema document tells them.
fn written(sdl: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let text = |description: Option<&String>| {
        let text = description.map_or("", String::as_str);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for definition in parse_schema(sdl).expect("GraphQL").definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let definition = definition.node;
        let of = definition.name.node.to_string();
        let described = text(definition.description.as_ref().map(|text| &text.node));
        let fields = match definition.kind {
            TypeKind::Scalar => continue,
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            TypeKind::Union(_) => Vec::new(),
            TypeKind::Enum(kind) => {
                for value in kind.values {
                    let name = format!("{of}.{}", value.node.value.node);
                    let described = value.node.description.as_ref().map(|text| &text.node);
                    found.insert(name, text(described));
                }
                Vec::new()
            }
            TypeKind::InputObject(input) => {
                for field in input.fields {
                    let name = format!("{of}.{}", field.node.name.node);
                    let described = field.node.description.as_ref().map(|text| &text.node);
                    found.insert(name, text(described));
                }
                Vec::new()
            }
        };
        for field in fields {
            let name = format!("{of}.{}", field.node.name.node);
            for argument in &field.node.arguments {
                let described = argument.node.description.as_ref().map(|text| &text.node);
                found.insert(
                    format!("{name}({})", argument.node.name.node),
                    text(described),
                );
            }
            found.insert(
                name,
                text(field.node.description.as_ref().map(|text| &text.node)),
            );
        }
        found.insert(of, described);
    }
    found
}

#[tokio::test]
async fn introspection_tells_what_the_schema_file_tells() {
    let app = spawn_app();
    let served = app.public().get("/schema.graphql").await.body;
    assert_eq!(served, include_str!("../../schema.graphql"));
    let answer = app.public().ask(INTROSPECTION).await.data();
    let introspected = introspected(&answer["__schema"]["types"]);
    let written = written(&served);
    let differing: Vec<&String> = introspected
        .iter()
        .filter(|(name, text)| written.get(*name) != Some(*text))
        .map(|(name, _)| name)
        .chain(
            written
                .keys()
                .filter(|name| !introspected.contains_key(*name)),
        )
        .collect();
    assert_eq!(differing, [""; 0]);
}

/// The description names the address of the service and whom to ask, at both of its addresses.
#[tokio::test]
async fn the_description_of_the_addresses_is_that_of_this_service() {
    let publisher = Publisher {
        name: Some("Ministerie van Voorbeelden".to_owned()),
        email: Some("gegevens@example.nl".to_owned()),
        ..Publisher::default()
    };
    let app = spawn_app_published_by(publisher, "https://monitor.example.nl");
    let public = app.public();
    let [root, versioned] = ["/openapi.json", "/v1/openapi.json"];
    let document = public.get(root).await.json();
    assert_eq!(document, public.get(versioned).await.json());
    assert_eq!(
        document["servers"],
        json!([{ "url": "https://monitor.example.nl/v1" }])
    );
    assert_eq!(
        document["info"]["contact"],
        json!({
            "name": "Ministerie van Voorbeelden",
            "url": "https://monitor.example.nl/docs",
            "email": "gegevens@example.nl",
        })
    );
}

#[tokio::test]
async fn every_answer_tells_its_version_and_is_safe_to_show() {
    let app = spawn_app();
    for (path, status) in [
        ("/", 200),
        ("/docs/begin", 200),
        ("/docs/en/glossary", 200),
        ("/docs/nergens", 404),
        ("/nowhere", 404),
        ("/v1/graphql?query=mutation%7B__typename%7D", 405),
        ("/openapi.json", 200),
    ] {
        let response = reqwest::get(format!("{}{path}", app.address()))
            .await
            .unwrap();
        assert_eq!(response.status(), status, "{path}");
        let headers = response.headers();
        assert_eq!(headers["api-version"], env!("CARGO_PKG_VERSION"), "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(
            headers["strict-transport-security"], "max-age=31536000",
            "{path}"
        );
        let policy = headers["content-security-policy"].to_str().unwrap();
        // The pages that are made of answers need nothing but their stylesheet.
        let is_page = ["/", "/docs/begin", "/docs/en/glossary"].contains(&path);
        let least = if is_page { "'none'" } else { "'self'" };
        let least = format!("default-src {least};");
        assert!(policy.starts_with(&least), "{path}: {policy}");
    }
    let security = app.public().get("/.well-known/security.txt").await.body;
    assert!(security.starts_with("Contact: https://"), "{security}");
    // Half a year after the noon of the tests.
    assert!(security.contains("\nExpires: 20"), "{security}");
    assert!(
        security.contains("\nPreferred-Languages: nl, en\n"),
        "{security}"
    );
}

/// The first question of the README, and the answer that it prints: that of a service that was just
/// started, of the day on which somebody does so.
#[tokio::test]
async fn the_readme_prints_what_its_first_question_is_answered() {
    let readme = include_str!("../../README.md");
    let (_, question) = readme.split_once("-d '{\"query\":\n  \"").unwrap();
    let (question, rest) = question.split_once("\"}'").unwrap();
    let printed = rest.lines().find(|line| line.starts_with("{\"data\":"));
    let mut printed: Value = serde_json::from_str(printed.unwrap()).unwrap();
    let app = spawn_app();
    let answer = app.public().ask(question).await.json();
    assert!(printed["extensions"]["day"].is_string());
    printed["extensions"]["day"] = answer["extensions"]["day"].clone();
    assert_eq!(answer, printed);
}

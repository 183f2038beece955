//! What is written beside the schema tells of all of it: the changelog of every field that came or
//! broke since the last release, `openapi.json` of every address, and introspection of every type
//! of `schema.graphql`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    evolution::{elements, is_announced, names, new_values, unannounced},
    policy_matrix::addresses,
};

/// The schema of the last release. A release replaces it by `schema.graphql` and starts a new
/// section of the changelog.
const RELEASED: &str = include_str!("released.graphql");
const CHANGELOG: &str = include_str!("../../api/CHANGELOG.md");
const OPENAPI: &str = include_str!("../../api/assets/openapi.json");

/// The changelog from the heading of the changes since the last release to the next heading.
fn unreleased() -> &'static str {
    let from = CHANGELOG
        .find("## Unreleased")
        .expect("a section of what is not released");
    let rest = &CHANGELOG[from + 3..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

#[test]
fn a_new_field_of_the_root_stands_in_the_changelog() {
    let (old, new) = (elements(RELEASED), elements(&transport::schema::sdl()));
    let missing: Vec<&String> = new
        .keys()
        .filter(|name| !name.contains('(') && !old.contains_key(*name))
        .filter(|name| {
            let (of, field) = name.split_once('.').unwrap_or_default();
            matches!(of, "Query" | "Mutation" | "Subscription") && !names(unreleased(), field)
        })
        .collect();
    assert_eq!(missing, [""; 0], "say so to clients in api/CHANGELOG.md");
}

#[test]
fn what_breaks_a_client_stands_in_the_changelog() {
    assert_eq!(
        unannounced(RELEASED, &transport::schema::sdl(), unreleased()),
        [""; 0],
        "these break clients of the last release: keep them, deprecate them, or announce them in \
            api/CHANGELOG.md"
    );
}

#[test]
fn a_new_value_of_an_enum_is_announced_as_safe_or_not() {
    let missing: Vec<String> = new_values(RELEASED, &transport::schema::sdl())
        .into_iter()
        .filter(|line| !unreleased().contains(line))
        .collect();
    assert_eq!(missing, [""; 0], "announce them so in api/CHANGELOG.md");
}

#[test]
fn what_is_deprecated_says_why_and_until_when() {
    let sdl = transport::schema::sdl();
    let reasons = sdl
        .lines()
        .filter(|line| line.contains("@deprecated"))
        .map(|line| line.split("reason: ").nth(1).unwrap_or_default());
    let wrong: Vec<&str> = reasons.filter(|reason| !is_announced(reason)).collect();
    assert_eq!(
        wrong, [""; 0],
        "say why, since when, and until when: six months later or more"
    );
}

#[test]
fn every_form_of_a_feed_has_an_address() {
    let addresses = addresses();
    for form in feeds::form::Form::ALL {
        let address = format!("/v1/feeds/{{table}}.{}", form.extension());
        assert!(addresses.contains(address.as_str()), "{address}");
    }
}

#[test]
fn every_address_stands_in_openapi() {
    let openapi: Value = serde_json::from_str(OPENAPI).expect("JSON");
    let paths = openapi["paths"].as_object().expect("paths");
    let described: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
    assert_eq!(described, addresses());
    assert_eq!(openapi["info"]["version"], env!("CARGO_PKG_VERSION"));
    let mut ids = BTreeSet::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(ids.insert(id), "{id} is used twice");
            assert!(operation["summary"].is_string(), "{method} {path}");
            let parameters = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            for name in path
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
            {
                let shown = parameters
                    .iter()
                    .any(|parameter| parameter["name"] == name && parameter["in"] == "path");
                assert!(shown, "{method} {path} does not describe {name}");
            }
        }
    }
}
